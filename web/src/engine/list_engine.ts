/** All jobs of whole vaults, beside what an engine follows. */
import { actions, type JobState, type SavedWatch, type WatchState } from './boundary.ts';
import { Engine, type FollowOptions } from './engine.ts';
import { BackupJobsError } from './errors.ts';
import { FollowedThing } from './followed.ts';
import type { FilePart } from './job_file.ts';
import { type JobRow, type JobWindow, type ListBoundaryEngine, nothingYet, type VaultState } from './list_boundary.ts';
import { columns, type JobQuery } from './query.ts';
import { Watch } from './watch.ts';

export * from './api.ts';
export type { FilePart } from './job_file.ts';
export { type Column, columns, type JobQuery } from './query.ts';
export type { JobGroup, JobRow, JobWindow, VaultState } from './list_boundary.ts';

const states: readonly JobState[] = ['unknown', 'not-started', 'in-progress', 'cancelling', 'completed', 'completed-with-warnings', 'failed', 'cancelled'];

/** A vault that is watched as a whole: its newest jobs first, then two weeks of its past; kept up to date until closed. */
export class VaultWatch extends FollowedThing<VaultState> {
  /** Reads so many more days of the past. */
  reachBack(days: number): void {
    if (!this.closed) this.act(actions.reachBack, Math.max(0, Math.ceil(days)));
    this.update();
  }
}

/** A question that stays asked; its rows are in order at any time. */
export class JobsView {
  readonly #boundary: ListBoundaryEngine;
  readonly #forget: (view: JobsView) => void;
  #id = 0;
  #listeners = new Set<() => void>();
  /** Of the last window, by their numbers. */
  #rows: ReadonlyMap<number, JobRow> = new Map();

  /** @internal Made by ListEngine.jobs. */
  constructor(boundary: ListBoundaryEngine, query: JobQuery, forget: (view: JobsView) => void) {
    this.#boundary = boundary;
    this.#forget = forget;
    this.ask(query);
  }

  /** It answers nothing any more. */
  get closed(): boolean {
    return this.#id < 0;
  }

  /** Asks something else. */
  ask(query: JobQuery): void {
    if (this.#id < 0) return;
    const words = [query.operation, query.type, query.item, query.vault?.toLowerCase(), query.error, query.search].map((word) => (word ?? '').replaceAll('\n', ' '));
    const bits = (query.states ?? []).reduce((mask, state) => mask | (1 << states.indexOf(state)), 0);
    const order = columns.indexOf(query.sort ?? 'start') * 2 + (query.ascending ? 0 : 1) + (query.countsOnly ? 32 : 0);
    this.#id = this.#boundary.query(this.#id, bits, words.join('\n'), query.from ?? NaN, query.to ?? NaN, order, query.group ? columns.indexOf(query.group) : columns.length);
  }

  /** So many rows from `first` on. `hold`: while someone reads, the rows and their order stay as they are, what they say is new, and `waiting` counts what is held back. */
  rows(first: number, count: number, { hold = false }: { readonly hold?: boolean } = {}): JobWindow {
    const window = this.#id > 0 && this.#boundary.rows(this.#id, first, count, hold);
    if (!window) return nothingYet;
    const rows = window.rows.map((row) => (typeof row === 'number' ? (this.#rows.get(row) as JobRow) : row));
    this.#rows = new Map(rows.map((row) => [row.row, row]));
    return { ...window, rows };
  }

  /**
   * All rows as a file's text, in parts between which the page can breathe; secrets are left out or masked. CSV cells cannot be taken for formulas.
   * The rows are those of the last rows(). @throws ClosedError where a vault was left meanwhile, or the view was closed.
   */
  async *exported(format: 'csv' | 'json', partSize = 250): AsyncGenerator<FilePart> {
    const { fileOf } = await import('./job_file.ts');
    yield* fileOf(this, format, partSize);
  }

  /** Calls `listener` when jobs, or how the asking goes, may not be the same any more, until the function it returns is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @internal */
  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  close(): void {
    if (this.#id > 0) this.#boundary.close(this.#id);
    this.#id = -1;
    this.#listeners.clear();
    this.#forget(this);
  }
}

export class ListEngine extends Engine {
  readonly #views = new Set<JobsView>();
  #vaults: VaultWatch[] = [];

  /** The vaults that are watched. */
  get vaults(): readonly VaultWatch[] {
    return (this.#vaults = this.#vaults.filter(({ closed }) => !closed));
  }

  /** As Engine.follow; a vault is not followed, but watched. */
  override follow(text: string, options?: FollowOptions): Watch {
    const followed = this.#any(text, options);
    if (followed instanceof Watch) return followed;
    followed.close();
    throw new BackupJobsError({ code: 'input-unrecognised' });
  }

  /** Whatever the text names: the engine reads it, and its first state says what it is. */
  #any(text: string, options: FollowOptions = {}): Watch | VaultWatch {
    return this.begin<Watch | VaultWatch>(text, options, (owner, id) => ((owner.view(id) as VaultState | WatchState).stage === 'vault' ? new VaultWatch(owner, id) : new Watch(owner, id)));
  }

  /** As Engine.restore; vaults are watched again, too, and then in `vaults`. */
  override restore(saved: Iterable<SavedWatch>): Watch[] {
    const restored = Array.from(saved, ({ text, vault }) => this.#any(text, { vault }));
    this.#vaults.push(...restored.filter((one) => one instanceof VaultWatch));
    return restored.filter((one) => one instanceof Watch);
  }

  /** Watches a whole vault by its resource id. @throws BackupJobsError where the text is none. */
  watchVault(id: string, options: Pick<FollowOptions, 'signal'> = {}): VaultWatch {
    let watch: Watch | VaultWatch | undefined;
    try {
      watch = this.#any(id, options);
    } catch (error) {
      if (!(error instanceof BackupJobsError)) throw error;
    }
    if (watch instanceof VaultWatch) {
      this.#vaults.push(watch);
      return watch;
    }
    // Other things can be followed, too, but not as a vault.
    watch?.close();
    throw new BackupJobsError({ code: 'resource-id-malformed' });
  }

  /** All jobs of the vaults that are watched. Close it when done. */
  jobs(query: JobQuery = {}): JobsView {
    const view = new JobsView(this.boundary as ListBoundaryEngine, query, (closed) => this.#views.delete(closed));
    this.#views.add(view);
    return view;
  }

  override close(): void {
    for (const view of [...this.#views]) view.close();
    super.close();
  }

  protected override changed(): void {
    for (const view of [...this.#views]) view.tell();
  }
}
