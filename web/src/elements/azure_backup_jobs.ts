import { html, nothing, type TemplateResult } from 'lit-html';
import type { Engine } from '../engine/api.ts';
import { type Column, columns as allColumns, type JobRow, type JobsView, type ListEngine } from '../engine/list_engine.ts';
import { EngineElement } from './engine_element.ts';
import { refreshIcon } from './icons.ts';
import { notices, together } from './jobs/contacts.ts';
import type { JobsChangeDetail, JobsEndDetail, JobsErrorDetail, JobsFilterDetail, JobsSelectDetail } from './jobs/events.ts';
import { emptyPart, footerPart } from './jobs/extent.ts';
import { arrange, type Grid, type GridHandlers, gridPart } from './jobs/grid.ts';
import { gridStyles } from './jobs/grid.styles.ts';
import { LaterParts } from './jobs/later_parts.ts';
import { ListSource } from './jobs/list_source.ts';
import { formatFilter, isFiltered, type ListState, parseFilter } from './jobs/list_state.ts';
import { listStyles } from './jobs/list.styles.ts';
import { Pace } from './jobs/pace.ts';
import { onShortcut } from './jobs/shortcuts.ts';
import { observeWidth, Sight, span, walk } from './jobs/span.ts';
import { choicesPart, countersPart, menuPart } from './jobs/toolbar.ts';
import type { Changed } from './live_element.ts';
import { freshnessStyles } from './parts/freshness.styles.ts';
import { freshnessLine } from './parts/freshness.ts';
import { problemCard } from './parts/problem.ts';
import { theme } from './theme.ts';
import type { JobView, View } from './view.ts';

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
 *
 * @slot actions - controls of your own, beside the filters
 */
export class AzureBackupJobs extends EngineElement {
  static override readonly styles = [theme, freshnessStyles, listStyles, gridStyles];
  static override readonly watched = {
    ...EngineElement.watched,
    ...{ vault: true, filter: true, view: true, density: true, keys: true, columns: false },
    ...{ shown: false, width: false, active: false, firstOfPage: false },
  };

  /** The vaults' resource ids, with blanks or commas between them. */
  vault = '';
  /**
   * Filters, order and the job that is open, as a query string: `status` (failed, warnings, running, completed, other), `search`, `operation`, `item`, `error`, `type`, `vault`,
   * `days`, `sort` (`-start`), `group`, `job`. What a user chooses later is told by `backup-jobs-filter`.
   */
  filter = '';
  /** `grid`, or `table`: a plain table with pages. */
  view: 'grid' | 'table' = 'grid';
  /** `comfortable`, or `compact`. */
  density: 'comfortable' | 'compact' = 'comfortable';
  /** `off`: no keys of a single character (`/`, `?`). */
  keys = '';
  /** What is shown of each job, in this order: `status`, `item`, `operation`, `type`, `start`, `end`, `duration`, `vault`, `error`. */
  columns: readonly Column[] = [];

  private shown: ListState = parseFilter('');
  private width = 0;
  private active = -1;
  private firstOfPage = 0;

  #source: ListSource | null = null;
  readonly #later = new LaterParts(this);
  #isOver = false;
  #asking = '';
  #focusDrawer = false;
  #silence = () => {};
  readonly #pace = new Pace(() => this.requestUpdate());
  #unsaid: JobRow[] = [];
  readonly #sight = new Sight(() => this.#pace.soon(true));
  readonly #sizes = observeWidth((width) => (this.width = width));

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.#onShortcut(event));
  }

  /** Asks now, and starts again what stopped. */
  refresh(): void {
    this.#source?.refresh();
    if (this.problem) void this.start();
  }

  /** Puts the focus where one types what to search for; the key / does it, too, while the focus is in the element. */
  focusSearch(): void {
    this.renderRoot.querySelector<HTMLElement>('[part="search"]')?.focus();
  }

  /** Shows what every key does; the key ? does it, too. */
  async showKeys(): Promise<void> {
    await this.#later.want();
    this.#later.parts?.showKeys(this, this.#view);
  }

  /** The rows that the filter takes, as a file's text, in parts. */
  async *export(format: 'csv' | 'json'): ReturnType<JobsView['exported']> {
    if (this.#source) yield* this.#source.exported(this.shown, this.#serviceNow, format);
  }

  protected override readonly subject = ['vault'];

  protected override get hasSubject(): boolean {
    return this.#ids.length > 0;
  }

  get #ids(): string[] {
    return this.vault.split(/[\s,]+/).filter(Boolean);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    this.#sizes.disconnect();
    this.#sight.of(null);
    super.disconnectedCallback();
  }

  protected override begin(engine: Engine): void {
    if (!('watchVault' in engine)) throw new TypeError('<azure-backup-jobs> needs an engine of openListEngine()');
    this.#source = new ListSource(engine as ListEngine, this.#ids, () => this.#pace.soon(this.#source?.window.rows.length === 0));
    this.#source.ask(this.shown, this.#serviceNow);
    // The first request goes out before anything is drawn, and how wide that will be is soon told.
    if (this.width) this.#pace.soon(true);
  }

  protected override end(): void {
    this.#silence();
    this.#pace.stop();
    this.#unsaid = [];
    this.#later.drawer?.close();
    this.#later.menu?.close();
    this.#source?.close();
    this.#source = null;
    this.active = -1;
  }

  protected override failed(error: Error): void {
    this.tell<JobsErrorDetail>('backup-jobs-error', { error });
  }

  private get scroller(): HTMLElement | null {
    return this.renderRoot.querySelector('.scroller');
  }

  get #clockSkew(): number | null {
    return this.#source?.vaults[0]?.clockSkew ?? null;
  }

  /** Azure's time, as well as it is known here. */
  get #serviceNow(): number {
    return Date.now() - (this.#clockSkew ?? 0);
  }

  get #isNarrow(): boolean {
    return this.width > 0 && this.width < 640;
  }

  /** Room for a job beside the list. */
  get #isWide(): boolean {
    return this.width >= 1000;
  }

  get #rowHeight(): number {
    return this.#isNarrow ? 60 : this.density === 'compact' ? 32 : 40;
  }

  /** The user is at it: rows stay where they are. */
  get #isReading(): boolean {
    const { scroller } = this;
    if (this.view === 'table') return this.firstOfPage > 0;
    return !!scroller && (this.#isOver || this.#sight.top > 0 || scroller.contains(this.renderRoot.activeElement));
  }

  /** The user chose something. */
  #change = (change: Partial<ListState>, isStep = false): void => {
    const before = this.shown;
    this.shown = { ...before, ...change };
    if (this.shown.job !== before.job) this.tell<JobsSelectDetail>('backup-jobs-select', { job: this.shown.job });
    if (Object.keys(change).some((name) => name !== 'job')) {
      this.#toTop();
      this.#source?.ask(this.shown, this.#serviceNow);
    }
    this.tell<JobsFilterDetail>('backup-jobs-filter', { filter: formatFilter(this.shown), isStep });
  };

  #toTop(): void {
    this.active = -1;
    this.firstOfPage = 0;
    this.#sight.toTop();
  }

  /** The host wants another filter than is shown. */
  #takeFilter(): void {
    const wanted = parseFilter(this.filter);
    const isOther = formatFilter({ ...wanted, job: '' }) !== formatFilter({ ...this.shown, job: '' });
    if (!wanted.job) this.#later.drawer?.close();
    this.shown = wanted;
    if (isOther) this.#source?.ask(wanted, this.#serviceNow);
  }

  protected override willUpdate(changed: Changed): void {
    super.willUpdate(changed);
    if (changed.has('filter')) this.#takeFilter();
    const { shown } = this;
    // The last for what the service's codes mean.
    if (shown.job || this.view === 'table' || shown.group || isFiltered(shown) || this.#source?.vaults.some(({ contact }) => contact.error)) void this.#later.want();
    this.#read();
  }

  /** Reads the rows on screen, where they may have changed. */
  #read(): void {
    const source = this.#source;
    if (!source) return;
    const { top, height } = this.#sight;
    const { first, count } = this.view === 'table' ? { first: this.firstOfPage, count: pageSize } : span(top, height, this.#rowHeight);
    const read = source.read(first, this.#pace.begin(count), this.#isReading);
    const asking = source.vaults.map(({ contact }) => contact.state).join();
    if (read?.changed || asking !== this.#asking) {
      this.#asking = asking;
      const { vaults } = source;
      const { all, total } = source.window;
      // Hosts answer with other properties, as soon as this update is over.
      queueMicrotask(() => this.tell<JobsChangeDetail>('backup-jobs-change', { vaults, all, total }));
    }
    if (read) this.#tellEnds(read.ended);
    // Fewer than before: what was looked at is not there any more.
    if (this.firstOfPage > 0 && this.firstOfPage >= source.window.total) this.firstOfPage = 0;
  }

  #tellEnds(ended: readonly JobRow[]): void {
    if (ended.length === 0) return;
    queueMicrotask(() => this.tell<JobsEndDetail>('backup-jobs-end', { rows: ended }));
    this.#later.menu?.tell(ended, this.#view);
    this.#unsaid.push(...ended);
    // Where there is no network, the next end says them all.
    void import('./jobs/say_ends.ts').then(({ sayEnds }) => (this.#silence = sayEnds(this, this.#unsaid, this.#view))).catch(() => {});
  }

  protected override get moves(): boolean {
    return this.#source !== null;
  }

  protected override updated(): void {
    super.updated();
    const { scroller } = this;
    this.#sight.of(scroller);
    if (this.#source) {
      if (scroller) arrange(scroller, this.#gridOf(this.#source));
      this.#pace.end(this.#source.window.rows.length);
    }
    if (!this.#focusDrawer || !this.#later.drawer || !this.shown.job) return;
    this.#focusDrawer = false;
    this.renderRoot.querySelector<HTMLElement>('[part="close"]')?.focus();
  }

  #open(row: JobRow, byKey: boolean): void {
    this.#focusDrawer = byKey;
    if (!byKey && this.#source) this.active = this.#source.first + this.#source.window.rows.indexOf(row);
    if (row.job.id !== this.shown.job) this.#change({ job: row.job.id }, true);
  }

  #close = (): void => {
    this.#later.drawer?.close();
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
    scroll: () => {
      this.#sight.moved();
      this.requestUpdate();
    },
    over: (over) => (this.#isOver = over),
  };

  #onKey(event: KeyboardEvent): void {
    const { scroller } = this;
    const source = this.#source;
    if (!source || !scroller || event.target !== scroller || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      const row = source.window.rows[this.active - source.first];
      if (!row) return;
      this.#open(row, true);
    } else {
      const to = walk(event.key, scroller, this.active, source.window.total, this.#rowHeight);
      if (to === undefined) return;
      this.active = to;
      this.#sight.moved();
    }
    event.preventDefault();
  }

  #onShortcut(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.shown.job && !event.defaultPrevented) this.#close();
    else onShortcut(event, this);
  }

  /** What needs all words is loaded together with them. */
  get #view(): JobView {
    return this.viewAt(this.#clockSkew) as JobView;
  }

  get #columns(): readonly Column[] {
    const known = this.columns.filter((column) => allColumns.includes(column));
    if (known.length > 0) return known;
    const several = (this.#source?.vaults.length ?? 0) > 1;
    return ['status', 'item', 'operation', 'start', 'duration', ...(several ? (['vault'] as const) : []), 'error'];
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view;
    if (this.problem) return problemCard(this.problem, view);
    const source = this.#source;
    if (!source) return nothing;
    const { shown } = this;
    const { vaults } = source;
    const { list, action } = view.text;
    const { drawer, parts } = this.#later;
    const isOpen = shown.job !== '' && drawer !== null;
    const names = vaults.length === 1 ? vaults[0]?.vault.name : list.vaults(vaults.length);
    return html`
      <div class="card jobs" part="card" lang=${view.text.locale} data-narrow=${this.#isNarrow ? '' : nothing} data-wide=${this.#isWide ? '' : nothing} data-open=${isOpen ? '' : nothing}>
        <header class="top" part="header">
          <h2>${list.title}</h2>
          <p class="where"><bdi>${names}</bdi></p>
          ${freshnessLine(together(vaults), view)}
          <button type="button" class="icon" part="refresh" aria-label=${action.refresh} title=${action.refresh} @click=${() => this.refresh()}>${refreshIcon}</button>
        </header>
        ${notices(vaults, view)} ${countersPart(shown, source.byStatus, this.#change, view)}
        <div class="bar" role="search">${choicesPart(shown, source.byOperation, this.#change, view)}${menuPart(this.#later, view)}<slot name="actions"></slot></div>
        ${parts?.filtersPart(shown, this.#change, view)} ${parts?.groupsPart(shown, source.window.groups, this.#change, view)}
        <div class="body">
          <div class="rows">${this.#drawPill(source, view)}${this.#drawRows(source, view)}${footerPart(source.window, vaults, () => source.reachBack(14), view)}</div>
          ${isOpen ? drawer.draw({ job: shown.job, vaults, engine: source.engine, close: this.#close, change: this.#change }, view) : nothing}
        </div>
      </div>
    `;
  }

  #drawPill(source: ListSource, view: View): TemplateResult | typeof nothing {
    const { waiting } = source.window;
    if (waiting === 0) return nothing;
    const release = () => {
      source.release();
      this.#toTop();
      this.requestUpdate();
    };
    return html`<button type="button" class="pill" part="pill" @click=${release}>${view.text.list.pill(waiting)}</button>`;
  }

  #gridOf({ window, first }: ListSource): Grid {
    return { window, first, columns: this.#columns, rowHeight: this.#rowHeight, active: this.active, open: this.shown.job };
  }

  #drawRows(source: ListSource, view: JobView): TemplateResult | typeof nothing {
    const { shown } = this;
    const { window, vaults } = source;
    if (window.total === 0) return emptyPart(vaults, isFiltered(shown), view);
    const grid = this.#gridOf(source);
    if (this.view === 'table') return this.#later.parts?.tablePart(grid, shown, this.#handlers, (to) => (this.firstOfPage = to), pageSize, view) ?? nothing;
    return gridPart(grid, shown, this.#handlers, view);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'azure-backup-jobs': AzureBackupJobs;
  }
}
