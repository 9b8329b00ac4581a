/** What the views beside the list have in common: vaults that are watched, and a card that says how asking for them goes. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Engine } from '../engine/api.ts';
import type { VaultWatch } from '../engine/list_engine.ts';
import { PictureEngine } from '../engine/pictures.ts';
import type { KeyMessages } from '../messages/en_keys.ts';
import { type Words, wordsIn } from '../messages/index.ts';
import { viewWordsIn } from '../messages/views.ts';
import { announce, fallSilent } from './announcer.ts';
import { EngineElement } from './engine_element.ts';
import { refreshIcon } from './icons.ts';
import { notices, together } from './jobs/contacts.ts';
import type { JobsErrorDetail } from './jobs/events.ts';
import { gridStyles } from './jobs/grid.styles.ts';
import type { KeyRows } from './jobs/keys.ts';
import { listStyles } from './jobs/list.styles.ts';
import { Pace } from './jobs/pace.ts';
import { onShortcut, type ShortcutHost } from './jobs/shortcuts.ts';
import { observeWidth } from './jobs/span.ts';
import { adopt } from './live_element.ts';
import { freshnessStyles } from './parts/freshness.styles.ts';
import { freshnessLine } from './parts/freshness.ts';
import { problemCard } from './parts/problem.ts';
import { theme } from './theme.ts';
import type { PictureView } from './views/view.ts';
import { viewStyles } from './views/views.styles.ts';

export abstract class PictureElement extends EngineElement implements ShortcutHost {
  static override readonly styles: readonly string[] = [theme, freshnessStyles, listStyles, gridStyles, viewStyles];
  static override readonly watched: Readonly<Record<string, boolean>> = { ...EngineElement.watched, vault: true, keys: true, width: false };

  /** The vaults' resource ids, with blanks or commas between them. */
  vault = '';
  /** `off`: no keys of a single character. */
  keys = '';
  protected width = 0;

  protected pictures: PictureEngine | null = null;
  /** Something may be another than when it was last asked for. */
  protected hasNews = true;
  #watches: VaultWatch[] = [];
  #forget = () => {};
  readonly #pace = new Pace(() => this.requestUpdate());
  readonly #sizes = observeWidth((width) => (this.width = width));

  protected override readonly subject = ['vault'];

  /** What is drawn below the head of the card. */
  protected abstract body(engine: PictureEngine, view: PictureView): TemplateResult | typeof nothing;
  protected abstract heading(view: PictureView): string;
  /** What is said aloud when it is another than before; '' while there is nothing to say. */
  protected abstract sentence(view: PictureView): string;
  /** The view's own keys, besides `?`. */
  protected keyRows(_view: PictureView, _keys: KeyMessages['keys']): KeyRows {
    return [];
  }

  constructor() {
    super();
    this.addEventListener('keydown', (event) => onShortcut(event, this));
  }

  /** Shows what every key does; the key ? does it, too. */
  async showKeys(): Promise<void> {
    const { keysStyles, showKeys } = await import('./jobs/keys.ts');
    adopt(this.renderRoot, [...(this.constructor as typeof PictureElement).styles, keysStyles]);
    const { view } = this;
    showKeys(this, view, (keys) => this.keyRows(view, keys));
  }

  protected override get hasSubject(): boolean {
    return this.ids.length > 0;
  }

  protected get ids(): string[] {
    return [...new Set(this.vault.split(/[\s,]+/).filter(Boolean))];
  }

  protected get isNarrow(): boolean {
    return this.width > 0 && this.width < 640;
  }

  protected get moves(): boolean {
    return this.pictures !== null;
  }

  /** Nothing more comes by itself, of any of them. */
  protected get stopped(): boolean {
    return this.#watches.length > 0 && this.#watches.every(({ state: { contact } }) => contact.state === 'stopped' || contact.state === 'sign-in');
  }

  /** Azure's time, as well as it is known here. */
  protected get serviceNow(): number {
    return Date.now() - (this.#clockSkew ?? 0);
  }

  get #clockSkew(): number | null {
    return this.#watches[0]?.state.clockSkew ?? null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    void this.speak(true).catch(() => {});
  }

  override disconnectedCallback(): void {
    this.#sizes.disconnect();
    super.disconnectedCallback();
  }

  /** Asks now, and starts again what stopped. */
  refresh(): void {
    for (const watch of this.#watches) watch.refresh();
    if (this.problem) void this.start();
  }

  protected override begin(engine: Engine): void {
    if (!(engine instanceof PictureEngine)) throw new TypeError(`<${this.localName}> needs an engine of openPictureEngine()`);
    try {
      for (const id of this.ids) this.#watches.push(engine.watchVault(id));
    } catch (error) {
      this.end();
      throw error;
    }
    this.pictures = engine;
    this.hasNews = true;
    this.#forget = engine.onNews(() => {
      this.hasNews = true;
      this.#pace.soon();
    });
    if (this.width) this.requestUpdate();
  }

  protected override end(): void {
    this.#pace.stop();
    this.#forget();
    for (const watch of this.#watches.splice(0)) watch.close();
    this.pictures = null;
    fallSilent(this);
  }

  protected override updated(): void {
    super.updated();
    const { view } = this;
    if (this.isConnected && this.pictures && view.text.chips) announce(this, view.text.locale, this.sentence(view));
  }

  protected override failed(error: Error): void {
    this.tell<JobsErrorDetail>('backup-jobs-error', { error });
  }

  protected override words = async (language: string, whole: boolean): Promise<Words> => {
    const [words, views] = await Promise.all([wordsIn(language, whole), viewWordsIn(language)]);
    return { ...words, ...views };
  };

  /** Before all words are there, of those that every element has. */
  protected get view(): PictureView {
    return this.viewAt(this.#clockSkew) as PictureView;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view, problem } = this;
    if (problem) return problemCard(problem, view);
    const { pictures } = this;
    if (!pictures || !view.text.chips) return nothing;
    const states = this.#watches.map(({ state }) => state);
    const names = states.length === 1 ? states[0]?.vault.name || view.text.view.all : view.text.list.vaults(states.length);
    const { action } = view.text;
    return html`<div class="card jobs" part="card" lang=${view.text.locale} data-narrow=${this.isNarrow ? '' : nothing}>
      <header class="top" part="header">
        <h2>${this.heading(view)}</h2>
        <p class="where"><bdi>${names}</bdi></p>
        ${freshnessLine(together(states), view)}
        <button type="button" class="icon" part="refresh" aria-label=${action.refresh} title=${action.refresh} @click=${() => this.refresh()}>${refreshIcon}</button>
      </header>
      ${notices(states, view)} ${this.body(pictures, view)}
    </div>`;
  }
}
