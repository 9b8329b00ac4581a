/** The vaults that a list watches, the questions it asks about their jobs, and the rows it last read. */
import { nothingYet } from '../../engine/list_boundary.ts';
import type { JobGroup, JobRow, JobsView, ListEngine, VaultState, VaultWatch } from '../../engine/list_engine.ts';
import { type ListState, queryOf } from './list_state.ts';

interface Questions {
  readonly rows: JobsView;
  /** Counted by status and by operation, by all filters but that one. */
  readonly states: JobsView;
  readonly operations: JobsView;
}

export interface Read {
  /** Jobs, what the filter takes of them, or what is known of them. */
  readonly changed: boolean;
  readonly ended: readonly JobRow[];
}

export class ListSource {
  window = nothingYet;
  /** The place of the first row of the window. */
  first = 0;
  /** Of all jobs that the filter takes but for their status, and but for their operation. */
  byStatus: readonly JobGroup[] = [];
  byOperation: readonly JobGroup[] = [];

  readonly engine: ListEngine;
  readonly #watches: VaultWatch[] = [];
  readonly #questions: Questions;
  #hasNews = true;
  /** The next rows are read in their order, whoever reads them. */
  #isReleased = true;

  /** @throws BackupJobsError where a vault's id is none; nothing is watched then. `news`: something may have changed. */
  constructor(engine: ListEngine, vaults: Iterable<string>, news: () => void) {
    this.engine = engine;
    this.#questions = { rows: engine.jobs(), states: engine.jobs(), operations: engine.jobs() };
    this.#questions.rows.subscribe(() => {
      this.#hasNews = true;
      news();
    });
    try {
      for (const id of new Set(vaults)) this.#watches.push(engine.watchVault(id));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get vaults(): VaultState[] {
    return this.#watches.map((watch) => watch.state);
  }

  refresh(): void {
    for (const watch of this.#watches) watch.refresh();
  }

  reachBack(days: number): void {
    for (const watch of this.#watches) watch.reachBack(days);
  }

  /** `now`: the service's. */
  ask(state: ListState, now: number): void {
    const { rows, states, operations } = this.#questions;
    rows.ask(queryOf(state, now));
    states.ask({ ...queryOf({ ...state, counters: [] }, now), group: 'status', countsOnly: true });
    operations.ask({ ...queryOf({ ...state, operation: '' }, now), group: 'operation', countsOnly: true });
    this.release();
  }

  /** What waits is let in with the next read(). */
  release(): void {
    this.#hasNews = this.#isReleased = true;
  }

  /** Reads the rows from `first` on, where they may be others than those it has; null where they are the same. */
  read(first: number, count: number, isReading: boolean): Read | null {
    const before = this.window;
    if (!this.#hasNews && first === this.first && before.rows.length >= Math.min(count, before.total - first)) return null;
    const { rows, states, operations } = this.#questions;
    const isReleased = this.#isReleased;
    this.window = rows.rows(first, count, { hold: isReading && !isReleased });
    this.first = first;
    this.#hasNews = this.#isReleased = false;
    const changed = this.window.changed || isReleased || this.window.all !== before.all;
    if (changed) {
      this.byStatus = states.rows(0, 0).groups;
      this.byOperation = operations.rows(0, 0).groups;
    }
    return { changed, ended: this.window.ended };
  }

  /** All rows of `state` as a file's text, in parts. */
  async *exported(state: ListState, now: number, format: 'csv' | 'json'): ReturnType<JobsView['exported']> {
    const view = this.engine.jobs(queryOf(state, now));
    try {
      yield* view.exported(format);
    } finally {
      view.close();
    }
  }

  close(): void {
    for (const watch of this.#watches) watch.close();
    for (const view of Object.values(this.#questions)) view.close();
  }
}
