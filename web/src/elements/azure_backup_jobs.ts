import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Engine } from '../engine/index.ts';
import { type Column, columns as allColumns, type JobGroup, type JobRow, type JobsView, type JobWindow, type ListEngine, openListEngine, type VaultState, type VaultWatch } from '../engine/lists.ts';
import { jobsStyles } from './azure_backup_jobs.styles.ts';
import { Clock } from './clock.ts';
import { EngineElement } from './engine_element.ts';
import { refreshIcon } from './icons.ts';
import { statusWord } from './jobs/cells.ts';
import { covered, notices, together } from './jobs/contacts.ts';
import type { Drawer } from './jobs/drawer.ts';
import type { Notifier } from './jobs/notify.ts';
import { destination, type Grid, type GridHandlers, gridPart, span, tablePart } from './jobs/grid.ts';
import { formatFilter, isFiltered, type ListState, parseFilter, queryOf } from './jobs/list_state.ts';
import { choicesPart, countersPart, filtersPart, groupsPart } from './jobs/toolbar.ts';
import { freshnessLine } from './parts/freshness.ts';
import { problemCard } from './parts/problem.ts';
import { openWith } from './shared_engine.ts';
import { theme } from './theme.ts';
import type { View } from './view.ts';

/** `detail` of `backup-jobs-change`: how many jobs there are, how many the filter takes, and how the asking goes. */
export interface JobsChangeDetail {
  readonly vaults: readonly VaultState[];
  readonly all: number;
  readonly total: number;
}
/** `detail` of `backup-jobs-end`: jobs that ran and have ended since the last one. */
export interface JobsEndDetail {
  readonly rows: readonly JobRow[];
}
/** `detail` of `backup-jobs-select`: the job that is open now, by its resource id; '' where none is. */
export interface JobsSelectDetail {
  readonly job: string;
}
/** `detail` of `backup-jobs-filter`: what a user chose, as `filter` takes it. */
export interface JobsFilterDetail {
  readonly filter: string;
  /** A job was opened or closed: what the back button should undo. */
  readonly isStep: boolean;
}
/** `detail` of `backup-jobs-error`: a vault cannot be watched as it was given, or the engine could not be loaded. */
export interface JobsErrorDetail {
  readonly error: Error;
}

openWith(openListEngine);

const nothingYet: JobWindow = { changed: false, total: 0, waiting: 0, place: -1, all: 0, groups: [], rows: [], ended: [] };
const pageSize = 50;

/**
 * All jobs of one vault or several, live.
 *
 * Give it `vault`, and `getToken` (and `endpoint`) or an `engine` of your own (openListEngine).
 *
 * @fires backup-jobs-change - Jobs, or what is known of them, or how the asking goes, have changed.
 * @fires backup-jobs-end - Jobs have ended.
 * @fires backup-jobs-select - A job was opened, or closed.
 * @fires backup-jobs-filter - The user chose other filters, order or job: put `detail.filter` where a link can carry it.
 * @fires backup-jobs-error - What was given cannot be watched.
 */
export class AzureBackupJobs extends EngineElement {
  static override styles = [theme, jobsStyles];

  /** The vaults' resource ids, with blanks or commas between them. */
  @property() vault = '';
  /** Filters, order and the job that is open, as a query string: `status=failed&days=1&sort=-start`. What a user chooses later is told by backup-jobs-filter. */
  @property() filter = '';
  /** `grid`, or `table`: a plain table with pages. */
  @property() view: 'grid' | 'table' = 'grid';
  /** `comfortable`, or `compact`. */
  @property() density: 'comfortable' | 'compact' = 'comfortable';
  /** What is shown of each job, in this order. */
  @property({ attribute: false }) columns: readonly Column[] = [];

  @state() private shown: ListState = parseFilter('');
  @state() private vaults: readonly VaultState[] = [];
  @state() private width = 0;
  @state() private active = -1;
  @state() private firstOfPage = 0;
  @state() private announced = '';
  /** The share of an export that is done; null while there is none. */
  @state() private exporting: number | null = null;
  @state() private said = '';
  @state() private isNotifying = false;
  @state() private explanation: Readonly<Record<string, string>> | null = null;
  @query('.scroller') private scroller!: HTMLElement | null;

  #window = nothingYet;
  #first = 0;
  #groups: readonly JobGroup[] = [];
  #operations: readonly JobGroup[] = [];
  #watches: VaultWatch[] = [];
  #views: { rows: JobsView; states: JobsView; operations: JobsView } | null = null;
  #drawer: Drawer | null = null;
  #hasNews = false;
  #isOver = false;
  #isReleased = false;
  #asking = '';
  #focusDrawer = false;
  #summary: ReturnType<typeof setTimeout> | undefined;
  #ended: JobRow[] = [];
  #notifier: Notifier | null = null;
  #sizes = new ResizeObserver(([entry]) => (this.width = Math.round(entry?.contentRect.width ?? 0)));

  constructor() {
    super();
    new Clock(this, () => this.isConnected && this.vaults.length > 0);
    this.addEventListener('keydown', (event) => this.#onShortcut(event));
  }

  /** Asks now, and starts again what stopped. */
  refresh(): void {
    for (const watch of this.#watches) watch.refresh();
    if (this.problem) void this.start();
  }

  /** Puts the focus where one types what to search for; the key / does it, too, while the focus is in the element. */
  focusSearch(): void {
    this.renderRoot.querySelector<HTMLElement>('[part="search"]')?.focus();
  }

  /** The rows that the filter takes, as a file's text, in parts; see JobsView.exported. */
  async *export(format: 'csv' | 'json'): ReturnType<JobsView['exported']> {
    const engine = this.#engine;
    if (!engine) return;
    const view = engine.jobs(queryOf(this.shown, this.#serviceNow));
    try {
      yield* view.exported(format);
    } finally {
      view.close();
    }
  }

  protected override readonly subject = ['vault'];
  #engine: ListEngine | null = null;

  protected override get hasSubject(): boolean {
    return this.vault.trim() !== '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    this.#sizes.disconnect();
    super.disconnectedCallback();
  }

  protected override begin(engine: Engine): void {
    if (!('watchVault' in engine)) throw new TypeError('<azure-backup-jobs> needs an engine of openListEngine()');
    const lists = engine as ListEngine;
    this.#engine = lists;
    for (const id of new Set(this.vault.split(/[\s,]+/).filter(Boolean))) this.#watches.push(lists.watchVault(id));
    const rows = lists.jobs(queryOf(this.shown, this.#serviceNow));
    this.#views = { rows, states: lists.jobs(), operations: lists.jobs() };
    this.#ask();
    rows.subscribe(() => this.#note());
    this.#note();
  }

  protected override end(): void {
    clearTimeout(this.#summary);
    this.#summary = undefined;
    this.#drawer?.close();
    this.#notifier?.close();
    this.#notifier = null;
    this.isNotifying = false;
    for (const watch of this.#watches) watch.close();
    for (const view of Object.values(this.#views ?? {})) view.close();
    this.#watches = [];
    this.#views = null;
    this.#engine = null;
    this.#ended = [];
    this.#window = nothingYet;
    this.#groups = this.#operations = [];
    this.vaults = [];
    this.active = -1;
  }

  protected override failed(error: Error): void {
    this.end();
    this.tell<JobsErrorDetail>('backup-jobs-error', { error });
  }

  /** Azure's time, as well as it is known here. */
  get #serviceNow(): number {
    return Date.now() - (this.vaults[0]?.clockSkew ?? 0);
  }

  get #rowHeight(): number {
    return this.#isNarrow ? 60 : this.density === 'compact' ? 32 : 40;
  }
  get #isNarrow(): boolean {
    return this.width > 0 && this.width < 640;
  }
  /** Room for a job beside the list. */
  get #isWide(): boolean {
    return this.width >= 1000;
  }

  /** The user is at it: rows stay where they are. */
  get #isReading(): boolean {
    const { scroller } = this;
    return this.view === 'table' ? this.firstOfPage > 0 : !!scroller && (this.#isOver || scroller.scrollTop > 0 || this.renderRoot instanceof ShadowRoot && scroller.contains(this.renderRoot.activeElement));
  }

  #note(): void {
    this.vaults = this.#watches.map((watch) => watch.state);
    this.#hasNews = true;
    this.requestUpdate();
  }

  /** Asks the questions of what is chosen now. */
  #ask(): void {
    if (!this.#views) return;
    const { shown } = this;
    const now = this.#serviceNow;
    const { rows, states, operations } = this.#views;
    rows.ask(queryOf(shown, now));
    states.ask({ ...queryOf({ ...shown, counters: [] }, now), group: 'status' });
    operations.ask({ ...queryOf({ ...shown, operation: '' }, now), group: 'operation' });
    this.#hasNews = this.#isReleased = true;
  }

  /** The user chose something. */
  #change = (change: Partial<ListState>, isStep = false): void => {
    const before = this.shown;
    this.shown = { ...before, ...change };
    if (this.shown.job !== before.job) {
      this.tell<JobsSelectDetail>('backup-jobs-select', { job: this.shown.job });
    }
    if (Object.keys(change).some((name) => name !== 'job')) {
      this.#toTop();
      this.#ask();
    }
    this.tell<JobsFilterDetail>('backup-jobs-filter', { filter: formatFilter(this.shown), isStep });
  };

  #toTop(): void {
    this.active = -1;
    this.firstOfPage = 0;
    this.scroller?.scrollTo(0, 0);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('filter')) {
      const wanted = parseFilter(this.filter);
      if (formatFilter(wanted) !== formatFilter(this.shown)) {
        const isOther = formatFilter({ ...wanted, job: '' }) !== formatFilter({ ...this.shown, job: '' });
        this.shown = wanted;
        if (isOther) this.#ask();
      }
    }
    if (this.shown.job && !this.#drawer) void this.#loadDrawer();
    if (!this.explanation && this.vaults.some(({ contact }) => contact.error)) void this.#loadExplanation();
    this.#read();
  }

  /** Reads the rows on screen, where they may have changed. */
  #read(): void {
    const views = this.#views;
    if (!views) return;
    const { scroller } = this;
    const { first, count } = this.view === 'table' ? { first: this.firstOfPage, count: pageSize } : span(scroller?.scrollTop ?? 0, scroller?.clientHeight || 600, this.#rowHeight);
    if (!this.#hasNews && first === this.#first && this.#window.rows.length >= Math.min(count, this.#window.total - first)) return;
    const hold = this.#isReading && !this.#isReleased;
    const window = views.rows.rows(first, count, { hold });
    if (this.#hasNews && (window.changed || this.#isReleased)) {
      this.#groups = views.states.rows(0, 0).groups;
      this.#operations = views.operations.rows(0, 0).groups;
    }
    const asking = this.vaults.map(({ contact }) => contact.state).join();
    if (this.#hasNews && (window.changed || window.all !== this.#window.all || asking !== this.#asking)) {
      this.#asking = asking;
      const { vaults } = this;
      const { all, total } = window;
      // Hosts answer with other properties, as soon as this update is over.
      queueMicrotask(() => this.tell<JobsChangeDetail>('backup-jobs-change', { vaults, all, total }));
    }
    this.#summarise(window.ended);
    this.#hasNews = this.#isReleased = false;
    this.#first = first;
    this.#window = window;
    // Fewer than before: what was looked at is not there any more.
    if (first > 0 && first >= window.total && this.view === 'table') this.firstOfPage = 0;
  }

  /** Says ends aloud, at most every five seconds. */
  #summarise(ended: readonly JobRow[]): void {
    if (ended.length > 0) this.tell<JobsEndDetail>('backup-jobs-end', { rows: ended });
    this.#notifier?.tell(ended, this.#view);
    this.#ended.push(...ended);
    if (this.#ended.length === 0 || this.#summary !== undefined) return;
    this.#summary = setTimeout(() => {
      this.#summary = undefined;
      const { list } = this.#view.text;
      const [row] = this.#ended;
      this.announced = this.#ended.length === 1 && row ? list.ended(row.job.item || row.job.name, statusWord(row, this.#view)) : list.endedMany(this.#ended.length);
      this.#ended = [];
    }, 5000);
  }

  async #loadDrawer(): Promise<void> {
    const { Drawer } = await import('./jobs/drawer.ts');
    this.#drawer ??= new Drawer(() => this.requestUpdate());
    this.requestUpdate();
  }

  /** Words for the service's codes, once there is one. */
  async #loadExplanation(): Promise<void> {
    this.explanation = (await import('../messages/en_job.ts')).en_job.explanation;
  }

  protected override updated(): void {
    if (this.#focusDrawer && this.#drawer && this.shown.job) {
      this.#focusDrawer = false;
      this.renderRoot.querySelector<HTMLElement>('[part="close"]')?.focus();
    }
  }

  #open(row: JobRow, byKey: boolean): void {
    this.#focusDrawer = byKey;
    if (!byKey) this.active = this.#first + this.#window.rows.indexOf(row);
    if (row.job.id !== this.shown.job) this.#change({ job: row.job.id }, true);
  }

  #close = (): void => {
    this.#drawer?.close();
    this.#change({ job: '' }, true);
    void this.updateComplete.then(() => this.scroller?.focus());
  };

  readonly #handlers: GridHandlers = {
    sort: (column) => {
      const { sort, ascending } = this.shown;
      // Times and durations are asked for from the other end first.
      this.#change({ sort: column, ascending: column === sort ? !ascending : !['start', 'end', 'duration'].includes(column) });
    },
    open: (row, byKey) => this.#open(row, byKey),
    key: (event) => this.#onKey(event),
    scroll: () => this.requestUpdate(),
    over: (over) => (this.#isOver = over),
  };

  #onKey(event: KeyboardEvent): void {
    const { scroller } = this;
    if (!scroller || event.target !== scroller || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = this.#window.rows[this.active - this.#first];
    if (event.key === 'Enter' || event.key === ' ') {
      if (!row) return;
      this.#open(row, true);
    } else {
      const page = Math.max(1, Math.floor(scroller.clientHeight / this.#rowHeight) - 2);
      const to = destination(event.key, this.active, this.#window.total, page);
      if (to === undefined) return;
      this.active = to;
      this.#reveal(to);
    }
    event.preventDefault();
  }

  #reveal(place: number): void {
    const { scroller } = this;
    if (!scroller) return;
    const head = scroller.querySelector<HTMLElement>('.heads')?.offsetHeight ?? 0;
    const top = place * this.#rowHeight;
    const room = scroller.clientHeight - head - this.#rowHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
  }

  #onShortcut(event: KeyboardEvent): void {
    const typing = event.composedPath()[0] instanceof HTMLInputElement || event.composedPath()[0] instanceof HTMLSelectElement;
    if (event.key === 'Escape' && this.shown.job && !event.defaultPrevented) this.#close();
    else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.focusSearch();
    }
  }

  get #view(): View {
    const view = this.viewAt(this.vaults.find(({ clockSkew }) => clockSkew !== null)?.clockSkew ?? null);
    return this.explanation ? { ...view, text: { ...view.text, explanation: this.explanation } } : view;
  }

  get #columns(): readonly Column[] {
    const known = this.columns.filter((column) => allColumns.includes(column));
    if (known.length > 0) return known;
    return ['status', 'item', 'operation', 'start', 'duration', ...(this.vaults.length > 1 ? (['vault'] as const) : []), 'error'];
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view;
    if (this.problem) return problemCard(this.problem, view);
    const { vaults, shown } = this;
    if (vaults.length === 0) return nothing;
    const { list, action } = view.text;
    const isOpen = shown.job !== '' && this.#drawer !== null;
    const names = vaults.length === 1 ? vaults[0]?.vault.name : list.vaults(vaults.length);
    return html`
      <div class="card jobs" part="card" data-narrow=${this.#isNarrow ? '' : nothing} data-wide=${this.#isWide ? '' : nothing} data-open=${isOpen ? '' : nothing}>
        <p class="visually-hidden" role="status">${this.announced}</p>
        <header class="top" part="header">
          <h2>${list.title}</h2>
          <p class="where"><bdi>${names}</bdi></p>
          ${freshnessLine(together(vaults), view)}
          <button type="button" class="icon" part="refresh" aria-label=${action.refresh} title=${action.refresh} @click=${() => this.refresh()}>${refreshIcon}</button>
        </header>
        ${notices(vaults, view)} ${countersPart(shown, this.#groups, this.#change, view)}
        <div class="bar" role="search">${choicesPart(shown, this.#operations, this.#change, view)}${this.#drawMenu(view)}<slot name="actions"></slot></div>
        ${filtersPart(shown, this.#change, view)} ${groupsPart(shown, this.#window.groups, this.#change, view)}
        <div class="body">
          <div class="rows">${this.#drawPill(view)}${this.#drawRows(view)}${this.#drawFooter(view)}</div>
          ${isOpen ? this.#drawer?.draw({ job: shown.job, vaults, engine: this.#engine as ListEngine, close: this.#close, change: this.#change }, view) : nothing}
        </div>
      </div>
    `;
  }

  #drawMenu(view: View): TemplateResult {
    const { list } = view.text;
    const item = (part: string, word: string, act: () => void) => html`<button type="button" part=${part} ?disabled=${this.exporting !== null} @click=${act}>${word}</button>`;
    return html`<details class="menu" part="menu">
      <summary>${this.exporting === null ? list.more : list.exporting(view.format.percent(Math.floor(this.exporting * 100)))}</summary>
      <div class="items">
        <p class="quiet">${list.export}</p>
        ${item('export-csv', list.exportCsv, () => void this.#save('csv'))} ${item('export-json', list.exportJson, () => void this.#save('json'))}
        <label><input type="checkbox" part="notify" .checked=${this.isNotifying} @change=${(event: Event) => void this.#notify((event.target as HTMLInputElement).checked)} /> ${list.notify}</label>
        ${this.said ? html`<p class="quiet" role="status">${this.said}</p>` : nothing}
      </div>
    </details>`;
  }

  async #save(format: 'csv' | 'json'): Promise<void> {
    this.said = '';
    this.exporting = 0;
    try {
      const { saveFile } = await import('./jobs/save_file.ts');
      const day = new Date().toISOString().slice(0, 10);
      await saveFile(`azure-backup-jobs-${day}.${format}`, format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json', this.export(format), (share) => (this.exporting = share));
    } catch {
      this.said = this.#view.text.list.exportFailed;
    }
    this.exporting = null;
  }

  async #notify(wanted: boolean): Promise<void> {
    this.said = '';
    this.isNotifying = wanted;
    this.#notifier?.close();
    this.#notifier = null;
    if (!wanted) return;
    const { Notifier } = await import('./jobs/notify.ts');
    if (!(await Notifier.allowed())) this.said = this.#view.text.list.notifyDenied;
    if (this.isNotifying && this.isConnected) this.#notifier ??= new Notifier();
  }

  #drawPill(view: View): TemplateResult | typeof nothing {
    const { waiting } = this.#window;
    if (waiting === 0) return nothing;
    return html`<button type="button" class="pill" part="pill" @click=${() => this.#release()}>${view.text.list.pill(waiting)}</button>`;
  }

  #release(): void {
    this.#hasNews = this.#isReleased = true;
    this.#toTop();
    this.requestUpdate();
  }

  #drawRows(view: View): TemplateResult {
    const { list } = view.text;
    const { vaults, shown } = this;
    const grid: Grid = { window: this.#window, first: this.#first, columns: this.#columns, rowHeight: this.#rowHeight, active: this.active, open: shown.job };
    if (this.#window.total === 0) {
      const isRead = vaults.every(({ listed, loading }) => listed && loading === 0) || vaults.every(({ contact }) => ['stopped', 'sign-in'].includes(contact.state));
      if (!isRead) return html`<div class="skeleton" role="status" aria-label=${list.loading}>${Array.from({ length: 8 }, () => html`<i></i>`)}</div>`;
      return html`<div class="empty" part="empty"><p><strong>${isFiltered(shown) ? list.noMatch : list.empty}</strong></p>${isFiltered(shown) ? nothing : html`<p class="quiet">${list.emptyHelp}</p>`}</div>`;
    }
    if (this.view === 'table') return tablePart(grid, shown, this.#handlers, (first) => (this.firstOfPage = first), pageSize, view);
    return gridPart(grid, shown, this.#handlers, view);
  }

  #drawFooter(view: View): TemplateResult {
    const { list } = view.text;
    const { format } = view;
    const { vaults } = this;
    const since = covered(vaults);
    const reading = vaults.filter(({ loading, wantedFrom }) => loading > 0 && wantedFrom !== null).map(({ wantedFrom }) => wantedFrom as number);
    const missing = vaults.find((vault) => vault.missing)?.missing;
    const parts = [
      list.rows(format.number(this.#window.total), format.number(this.#window.all)),
      since === null ? '' : list.covers(format.date(since)),
      reading.length > 0 ? list.reading(format.date(Math.min(...reading))) : '',
    ];
    return html`<footer part="footer">
      <p class="quiet">${parts.filter(Boolean).join(' · ')}${missing ? html` · <span class="warn">${list.missing}: ${view.text.error[missing.code]}</span>` : nothing}</p>
      <button type="button" class="link" part="older" ?disabled=${reading.length > 0} @click=${() => this.#watches.forEach((watch) => watch.reachBack(14))}>${list.older}</button>
    </footer>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'azure-backup-jobs': AzureBackupJobs;
  }
  interface HTMLElementEventMap {
    'backup-jobs-change': CustomEvent<JobsChangeDetail>;
    'backup-jobs-end': CustomEvent<JobsEndDetail>;
    'backup-jobs-select': CustomEvent<JobsSelectDetail>;
    'backup-jobs-filter': CustomEvent<JobsFilterDetail>;
    'backup-jobs-error': CustomEvent<JobsErrorDetail>;
  }
}
