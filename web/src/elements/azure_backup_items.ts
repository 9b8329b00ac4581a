import type { TemplateResult } from 'lit-html';
import { endOfDay, everyVault, type ItemRow, type ItemsAnswer, type PictureEngine } from '../engine/pictures.ts';
import { span, walk } from './jobs/grid.ts';
import { onShortcut } from './jobs/shortcuts.ts';
import { adopt, type Changed } from './live_element.ts';
import { PictureElement } from './picture_element.ts';
import { arrangeItems, itemRowHeight, type ItemsChoice, type ItemsHost, itemsPart } from './views/items.ts';
import type { PictureView } from './views/view.ts';

export interface ItemsFilterDetail {
  /** As the attribute takes it. */
  readonly filter: string;
}

export interface ItemsSelectDetail {
  readonly item: ItemRow;
}

const defaults: ItemsChoice = { limit: 26, search: '', onlyTrouble: false };

function parse(filter: string): ItemsChoice {
  const told = new URLSearchParams(filter);
  const limit = Number(told.get('limit'));
  return { limit: limit >= 1 && limit <= 8784 ? limit : defaults.limit, search: told.get('search') ?? '', onlyTrouble: told.get('trouble') === '1' };
}

function format({ limit, search, onlyTrouble }: ItemsChoice): string {
  return new URLSearchParams({ ...(limit === defaults.limit ? {} : { limit: String(limit) }), ...(search ? { search } : {}), ...(onlyTrouble ? { trouble: '1' } : {}) }).toString();
}

/**
 * What one vault or several protect: which items have no good backup, and what the last days of each came to.
 *
 * Give it `vault`, and `getToken` (and `endpoint`) or an `engine` of your own (openPictureEngine).
 *
 * @fires backup-items-select - An item was opened: show its jobs.
 * @fires backup-items-filter - The user chose another limit or search: put `detail.filter` where a link can carry it.
 * @fires backup-jobs-error - What was given cannot be watched.
 */
export class AzureBackupItems extends PictureElement {
  static override readonly watched = { ...PictureElement.watched, filter: true, days: true, keys: true, choice: false, active: false };

  /** `limit=26&search=…&trouble=1`: hours without a good backup, what to search for, and only what needs attention. */
  filter = '';
  /** How many days are drawn of each. */
  days = '14';
  /** `off`: no keys of a single character. */
  keys = '';

  private choice = defaults;
  private active = -1;
  #answer: ItemsAnswer | null = null;
  #first = 0;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => onShortcut(event, this));
  }

  /** Puts the focus where one types what to search for. */
  focusSearch(): void {
    this.renderRoot.querySelector<HTMLElement>('[part="search"]')?.focus();
  }

  /** Shows what every key does; the key ? does it, too. */
  async showKeys(): Promise<void> {
    const { keysStyles, showKeys } = await import('./jobs/keys.ts');
    adopt(this.renderRoot, [...AzureBackupItems.styles, keysStyles]);
    showKeys(this, this.view);
  }

  protected override heading({ text }: PictureView): string {
    return text.items.title;
  }

  private get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroller');
  }

  get #days(): number {
    return Math.min(Math.max(Math.round(Number(this.days)) || 14, 1), 92);
  }

  protected override end(): void {
    super.end();
    this.#answer = null;
    this.active = -1;
  }

  protected override willUpdate(changed: Changed): void {
    super.willUpdate(changed);
    if (changed.has('filter') && this.filter !== format(this.choice)) this.choice = parse(this.filter);
  }

  protected override body(engine: PictureEngine, view: PictureView): TemplateResult {
    const { scroller } = this;
    const { first, count } = span(scroller?.scrollTop ?? 0, scroller?.clientHeight || 600, itemRowHeight(this.isNarrow));
    this.#first = first;
    this.#answer = engine.items({ ...this.choice, days: this.#days, daysEnd: endOfDay(this.serviceNow), first, count });
    return itemsPart(this.#host(), view);
  }

  protected override updated(): void {
    super.updated();
    if (this.scroller) arrangeItems(this.scroller, this.#host());
  }

  #host(): ItemsHost {
    const { ids, isNarrow: narrow, choice, active } = this;
    // Until the vaults have told what they protect, or why not, what their jobs name is no answer.
    const known = this.#answer && (this.#answer.listed || (this.#answer.problem && (this.#answer.total > 0 || this.#answer.coveredFrom !== null)));
    const answer = known ? this.#answer : null;
    return {
      ...choice,
      ...{ answer, first: this.#first, active, narrow, days: this.#days, rowHeight: itemRowHeight(narrow), several: ids.length > 1 || this.vault.trim() === everyVault },
      change: (change) => this.#change(change),
      open: (item) => this.tell<ItemsSelectDetail>('backup-items-select', { item }),
      key: (event) => this.#onKey(event),
      scroll: () => this.requestUpdate(),
    };
  }

  #change(change: Partial<ItemsChoice>): void {
    this.choice = { ...this.choice, ...change };
    this.active = -1;
    this.scroller?.scrollTo(0, 0);
    this.tell<ItemsFilterDetail>('backup-items-filter', { filter: format(this.choice) });
  }

  #onKey(event: KeyboardEvent): void {
    const { scroller } = this;
    const answer = this.#answer;
    if (!scroller || !answer || event.target !== scroller || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      const item = answer.rows[this.active - this.#first];
      if (!item) return;
      this.tell<ItemsSelectDetail>('backup-items-select', { item });
    } else {
      const to = walk(event.key, scroller, this.active, answer.total, itemRowHeight(this.isNarrow));
      if (to === undefined) return;
      this.active = to;
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
