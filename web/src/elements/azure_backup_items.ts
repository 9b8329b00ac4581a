import { html, nothing, type TemplateResult } from 'lit-html';
import { endOfDay, everyVault, type ItemHistory, type ItemRow, type ItemsAnswer, type PictureEngine } from '../engine/pictures.ts';
import { openModal } from './announcer.ts';
import { Sight, span, walk } from './jobs/span.ts';
import type { Changed } from './live_element.ts';
import type { KeyMessages } from '../messages/en_keys.ts';
import type { KeyRows } from './jobs/keys.ts';
import { PictureElement } from './picture_element.ts';
import { historyPart } from './views/history.ts';
import { arrangeItems, itemRowHeight, type ItemsChoice, type ItemsHost, itemsPart, itemsSentence } from './views/items.ts';
import type { PictureView } from './views/view.ts';

export interface ItemsFilterDetail {
  /** As the attribute takes it. */
  readonly filter: string;
}

export interface ItemsSelectDetail {
  readonly item: ItemRow;
  /** The resource id of one of its jobs; '': all of them. */
  readonly job: string;
}

const defaults: ItemsChoice = { limit: 26, limits: {}, search: '', onlyTrouble: false };
const ofKind = 'limit.';

/** Hours; NaN where it is none. */
function hoursIn(text: string | null): number {
  const hours = Number(text);
  return hours >= 1 && hours <= 8784 ? Math.round(hours) : NaN;
}

function parse(filter: string): ItemsChoice {
  const told = new URLSearchParams(filter);
  const limits = [...told].flatMap(([name, value]) => (name.startsWith(ofKind) && name.length > ofKind.length && hoursIn(value) ? [[name.slice(ofKind.length), hoursIn(value)] as const] : []));
  return { limit: hoursIn(told.get('limit')) || defaults.limit, limits: Object.fromEntries(limits), search: told.get('search') ?? '', onlyTrouble: told.get('trouble') === '1' };
}

function format({ limit, limits, search, onlyTrouble }: ItemsChoice): string {
  const others = Object.entries(limits).map(([kind, hours]) => [ofKind + kind, String(hours)]);
  return new URLSearchParams({ ...(limit === defaults.limit ? {} : { limit: String(limit) }), ...Object.fromEntries(others), ...(search ? { search } : {}), ...(onlyTrouble ? { trouble: '1' } : {}) }).toString();
}

/**
 * What one vault or several protect: which items have no good backup, and what the last days of each came to.
 *
 * Give it `vault`, and `getToken` (and `endpoint`) or an `engine` of your own (openPictureEngine).
 *
 * @fires backup-items-select - An item was opened: show its jobs, or the one that was chosen.
 * @fires backup-items-filter - The user chose another limit or search: put `detail.filter` where a link can carry it.
 * @fires backup-jobs-error - What was given cannot be watched.
 */
export class AzureBackupItems extends PictureElement {
  static override readonly watched = { ...PictureElement.watched, filter: true, days: true, choice: false, limitOf: false, active: false, looked: false };

  /**
   * `limit=26&limit.AzureStorage=168&search=…&trouble=1`: hours without a good backup, others for kinds of items or sorts of backups (ItemsQuery.limits), what to search
   * for, and only what needs attention.
   */
  filter = '';
  /** How many days are drawn of each. */
  days = '14';

  private choice = defaults;
  /** What the limit that is shown is of; '': of all. */
  private limitOf = '';
  private active = -1;
  /** The item whose history is shown. */
  private looked: ItemRow | null = null;
  #answer: ItemsAnswer | null = null;
  #first = 0;
  #history: ItemHistory | null = null;
  #historyOf = '';
  readonly #sight = new Sight(() => setTimeout(() => this.requestUpdate()));

  /** Puts the focus where one types what to search for; the key / does it, too, while the focus is in the element. */
  focusSearch(): void {
    this.renderRoot.querySelector<HTMLElement>('[part="search"]')?.focus();
  }

  protected override keyRows({ text: { items } }: PictureView, { move, ends, page, search }: KeyMessages['keys']): KeyRows {
    const { open, history, back } = items.keys;
    return [['↑ ↓', move], ['Home End', ends], ['Page ↑ Page ↓', page], ['Enter', open], ['Space', history], ['Esc', back], ['/', search]];
  }

  protected override heading({ text }: PictureView): string {
    return text.items.title;
  }

  protected override sentence(view: PictureView): string {
    return itemsSentence(this.#host(), view);
  }

  private get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroller');
  }

  get #days(): number {
    return Math.min(Math.max(Math.round(Number(this.days)) || 14, 1), 92);
  }

  override disconnectedCallback(): void {
    this.#sight.of(null);
    super.disconnectedCallback();
  }

  protected override end(): void {
    super.end();
    this.#answer = null;
    this.looked = null;
    this.active = -1;
  }

  protected override willUpdate(changed: Changed): void {
    super.willUpdate(changed);
    if (changed.has('filter') && this.filter !== format(this.choice)) this.choice = parse(this.filter);
  }

  protected override body(engine: PictureEngine, view: PictureView): TemplateResult {
    const { top, height } = this.#sight;
    const { first, count } = span(top, height, itemRowHeight(this.isNarrow));
    this.#first = first;
    this.#answer = engine.items({ ...this.choice, days: this.#days, daysEnd: endOfDay(this.serviceNow), first, count });
    return html`${itemsPart(this.#host(), view)}${this.#drawHistory(engine, view)}`;
  }

  #drawHistory(engine: PictureEngine, view: PictureView): TemplateResult | typeof nothing {
    const { looked } = this;
    if (!looked) return nothing;
    // As what is known of it now; all items are gone through for it, so not for each second that passes.
    const item = this.#answer?.rows.find(({ key }) => key === looked.key) ?? looked;
    if (this.hasNews || this.#historyOf !== item.key) {
      this.#history = engine.history(item);
      this.#historyOf = item.key;
      this.hasNews = false;
    }
    return historyPart({ item, history: this.#history, close: () => this.#closeHistory(), open: (job) => this.#select(item, job) }, view);
  }

  #closeHistory(): void {
    this.looked = null;
    this.#historyOf = '';
  }

  #select(item: ItemRow, job = ''): void {
    this.#closeHistory();
    this.tell<ItemsSelectDetail>('backup-items-select', { item, job });
  }

  protected override updated(): void {
    super.updated();
    const dialog = this.renderRoot.querySelector<HTMLDialogElement>('dialog.history');
    if (dialog?.isConnected && !dialog.open) openModal(dialog);
    const { scroller } = this;
    this.#sight.of(scroller);
    if (scroller) arrangeItems(scroller, this.#host());
  }

  #host(): ItemsHost {
    const { ids, isNarrow: narrow, choice, limitOf, active, stopped } = this;
    // Until the vaults have told what they protect, or why not, what their jobs name is no answer.
    const known = this.#answer && (this.#answer.listed || (this.#answer.problem && (this.#answer.total > 0 || this.#answer.coveredFrom !== null)));
    const answer = known ? this.#answer : null;
    return {
      ...choice,
      ...{ limitOf, answer, stopped, first: this.#first, active, narrow, days: this.#days, rowHeight: itemRowHeight(narrow), several: ids.length > 1 || this.vault.trim() === everyVault },
      change: (change) => this.#change(change),
      chooseKind: (kind) => (this.limitOf = kind),
      open: (item) => this.#select(item),
      look: (item) => (this.looked = item),
      key: (event) => this.#onKey(event),
      scroll: () => {
        this.#sight.moved();
        this.requestUpdate();
      },
    };
  }

  #change(change: Partial<ItemsChoice>): void {
    this.choice = { ...this.choice, ...change };
    this.active = -1;
    this.#sight.toTop();
    this.tell<ItemsFilterDetail>('backup-items-filter', { filter: format(this.choice) });
  }

  #onKey(event: KeyboardEvent): void {
    const { scroller } = this;
    const answer = this.#answer;
    if (!scroller || !answer || event.target !== scroller || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      const item = answer.rows[this.active - this.#first];
      if (!item) return;
      if (event.key === ' ') this.looked = item;
      else this.#select(item);
    } else {
      const to = walk(event.key, scroller, this.active, answer.total, itemRowHeight(this.isNarrow));
      if (to === undefined) return;
      this.active = to;
      this.#sight.moved();
    }
    event.preventDefault();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'azure-backup-items': AzureBackupItems;
  }
  interface HTMLElementEventMap {
    'backup-items-select': CustomEvent<ItemsSelectDetail>;
    'backup-items-filter': CustomEvent<ItemsFilterDetail>;
  }
}
