/** What all elements have in common: an engine, the host's or one they share; a beginning, an end, and a new beginning when what they show is another. */
import type { Engine, GetToken } from '../engine/api.ts';
import { en, formatFor, type Words, wordsIn } from '../messages/index.ts';
import { setTicking } from './clock.ts';
import { followLanguage, languageOf } from './language.ts';
import { type Changed, LiveElement } from './live_element.ts';
import { borrowEngine, type Lease } from './shared_engine.ts';
import type { View } from './view.ts';

export abstract class EngineElement extends LiveElement {
  static override readonly watched: Readonly<Record<string, boolean>> = { endpoint: true, language: true, getToken: false, engine: false, problem: false };

  /** Azure Resource Manager's origin; '': that of the public cloud. */
  endpoint = '';
  /**
   * `({ claims?, forceRefresh? }) => string | Promise<string>`, asked for each request. Another function takes the place of the last one without starting anew. Elements share an
   * engine where they start with the same function; hosts that make a new one for each element hand them an `engine` instead.
   */
  getToken: GetToken | null = null;
  /** An engine of the host's own, instead of `getToken` and `endpoint`; it stays the host's to close. */
  engine: Engine | null = null;

  /** `en`, `de`, `ja`, `ko`, `ru` or `zh-TW`; any other is English. '': that of the text the element stands in (`lang`), also when that changes. */
  language = '';

  /** Why there is nothing to show. */
  protected problem: Error | null = null;

  #words: Words = en;
  #spoken = 'en';
  #isWhole = false;
  #speaking: Promise<Words> | undefined;
  #lease: Lease | null = null;
  #run = 0;
  #restart = false;

  /** Properties that say what is shown: another value begins anew. */
  protected abstract readonly subject: readonly string[];
  /** Whether they say anything at all. */
  protected abstract get hasSubject(): boolean;
  /** The engine is there: begin. What this throws becomes the problem. */
  protected abstract begin(engine: Engine): void;
  /** Give back all that begin() took, and forget what was shown. */
  protected abstract end(): void;
  /** Something on it changes by itself as time passes. */
  protected abstract get moves(): boolean;
  /** Tell the host. */
  protected abstract failed(error: Error): void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#restart = true;
    followLanguage(this, true);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    setTicking(this, false);
    followLanguage(this, false);
  }

  protected override willUpdate(changed: Changed): void {
    if (languageOf(this, this.language) !== this.#spoken) void this.speak().catch(() => {});
    const gained = changed.has('getToken') && !changed.get('getToken') !== !this.getToken;
    const restart = this.#restart || gained || ['endpoint', 'engine', ...this.subject].some((name) => changed.has(name));
    // What was removed is drawn, too, where it changes; nothing is followed there.
    if (!restart || !this.isConnected) return;
    this.#restart = false;
    void this.start();
  }

  protected override updated(): void {
    setTicking(this, this.isConnected && this.moves);
  }

  protected async start(): Promise<void> {
    this.#stop();
    const run = this.#run;
    const { getToken } = this;
    this.problem = null;
    if (!this.hasSubject || !(this.engine || getToken)) return;
    try {
      let engine: Engine | null = this.engine;
      if (!engine) {
        const current: GetToken = (request) => (this.getToken ?? (getToken as GetToken))(request);
        this.#lease = borrowEngine(getToken as GetToken, { getToken: current, ...(this.endpoint ? { endpoint: this.endpoint } : {}) });
        engine = await this.#lease.engine;
      }
      // Nobody sees another language first.
      await this.speak().catch(() => {});
      // Removed, or told to show something else, while the engine was loading.
      if (run !== this.#run) return;
      this.begin(engine);
    } catch (error) {
      if (run !== this.#run) return;
      this.problem = error instanceof Error ? error : new Error(String(error));
      this.failed(this.problem);
    }
  }

  #stop(): void {
    ++this.#run;
    this.end();
    this.#lease?.release();
    this.#lease = null;
  }

  protected tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent<Detail>(name, { detail, bubbles: true, composed: true }));
  }

  /** Loads the words of the element's language; `whole`: see wordsIn. Where they cannot be had, English; where that cannot, either, it rejects, and what is there stays. */
  async speak(whole = this.#isWhole): Promise<void> {
    this.#spoken = languageOf(this, this.language);
    this.#isWhole = whole;
    const mine = (this.#speaking = this.wordsIn(this.#spoken, whole).catch(() => this.wordsIn('en', whole)));
    const words = await mine;
    // Meanwhile another may be wanted, or more of it: then that counts.
    if (mine !== this.#speaking) return void (await this.#speaking);
    this.#words = words;
    this.requestUpdate();
  }

  protected wordsIn(language: string, whole: boolean): Promise<Words> {
    return wordsIn(language, whole);
  }

  protected viewAt(clockSkew: number | null): View {
    return { text: this.#words, format: formatFor(this.#words.locale), now: performance.now(), clockSkew };
  }
}
