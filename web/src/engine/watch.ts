import { actions, type Job, type Operation, type WatchState } from './boundary.ts';
import { BackupJobsError, ClosedError } from './errors.ts';
import { FollowedThing } from './followed.ts';

/** How a watch ended. A failed job is an outcome, not an error: see {@link WatchEnd.outcome}. */
export interface WatchEnd {
  /** With several jobs, the worst of them; a job that the operation could not start counts as failed. */
  readonly outcome: 'completed' | 'completed-with-warnings' | 'cancelled' | 'failed' | 'operation-failed' | 'operation-canceled' | 'no-job';
  readonly jobs: readonly Job[];
  readonly operation: Operation | null;
}

/** The end of a watch whose outcome was not what {@link expectCompleted} wants: the message is the outcome, `end` has the reasons. */
export class JobNotCompletedError extends Error {
  override readonly name = 'JobNotCompletedError';
  readonly end: WatchEnd;
  constructor(end: WatchEnd) {
    super(end.outcome);
    this.end = end;
  }
}

/** The wait was longer than asked for. The watch goes on. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';
}

/** Hands the end on where every job completed (with warnings too); else throws JobNotCompletedError: `expectCompleted(await watch.result())`. */
export function expectCompleted(end: WatchEnd): WatchEnd {
  if (end.outcome.startsWith('completed')) return end;
  throw new JobNotCompletedError(end);
}

/** The ends of several watches, in their order, once all have ended. Rejects as soon as one of them cannot be followed to its end. */
export function resultOfAll(watches: Iterable<Watch>, options?: WaitOptions): Promise<WatchEnd[]> {
  return Promise.all([...watches].map((watch) => watch.result(options)));
}

export interface WaitOptions {
  /** The longest wait, in ms; any length. Then result() rejects with WaitTimeoutError. */
  readonly timeout?: number;
}

/** Timers longer than 2^31 ms ring at once. */
const longestTimer = 2 ** 30;

const worstFirst = ['failed', 'cancelled', 'completed-with-warnings', 'completed'] as const;

/** How `state` ended, or null while it has not. */
export function endOf(state: WatchState): WatchEnd | null {
  const jobs = state.jobs.flatMap(({ job }) => (job ? [job] : []));
  const { operation } = state;
  const notStarted = (operation?.failedJobs.length ?? 0) > 0;
  switch (state.stage) {
    case 'ended-jobs':
      return { outcome: notStarted ? 'failed' : (worstFirst.find((outcome) => jobs.some((job) => job.status.state === outcome)) ?? 'completed'), jobs, operation };
    case 'ended-operation':
      return { outcome: operation?.status.state === 'canceled' ? 'operation-canceled' : 'operation-failed', jobs, operation };
    case 'ended-without-job':
      return { outcome: notStarted ? 'failed' : 'no-job', jobs, operation };
    default:
      return null;
  }
}

/** Why nothing more will come by itself, or null. */
function haltOf(state: WatchState): BackupJobsError | null {
  return state.halted ? new BackupJobsError(state.contact.error ?? state.naming ?? { code: 'service-failed' }) : null;
}

/**
 * One operation or job that is being followed. Polling goes on until it ends, is closed or aborted, whether or not anyone awaits it.
 */
export class Watch extends FollowedThing<WatchState> {
  /**
   * The states from now on, the present one first; states that come faster than they are taken are skipped.
   * Ends after the state that is the end, or when the watch is closed. Trouble is in `contact`: the iteration goes on through it.
   */
  async *states(): AsyncGenerator<WatchState, void, void> {
    let wake = () => {};
    const unsubscribe = this.subscribe(() => wake());
    try {
      for (;;) {
        const changed = new Promise<void>((resolve) => (wake = resolve));
        const state = this.state;
        yield state;
        if (endOf(state)) return;
        // A change may have come while the state was looked at.
        if (state === this.state && !this.closed) await changed;
        if (this.closed) return;
      }
    } finally {
      unsubscribe();
    }
  }

  /**
   * Resolves with the end. Rejects with BackupJobsError where nothing more will come by itself (no permission, not found, sign in again…):
   * refresh() starts again, and a new result() then waits anew. Rejects with WaitTimeoutError after `timeout`, and with ClosedError, or the signal's reason, when the watch is closed.
   */
  result({ timeout = Infinity }: WaitOptions = {}): Promise<WatchEnd> {
    return new Promise((resolve, reject) => {
      const deadline = performance.now() + timeout;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const settle = (): boolean => {
        const end = endOf(this.state);
        const halt = end ? null : haltOf(this.state);
        if (end) resolve(end);
        else if (halt) reject(halt);
        else if (this.closed) reject(this.closeReason ?? new ClosedError());
        else return false;
        return true;
      };
      if (settle()) return;
      const unsubscribe = this.subscribe(() => {
        if (settle()) stop();
      });
      let over = false;
      const stop = () => {
        if (over) return;
        over = true;
        unsubscribe();
        clearTimeout(timer);
        --this.#waiting;
        this.tellAttention();
      };
      ++this.#waiting;
      this.tellAttention();
      const sleep = () => {
        const left = deadline - performance.now();
        if (left > 0) {
          timer = setTimeout(sleep, Math.min(left, longestTimer));
          return;
        }
        stop();
        reject(new WaitTimeoutError());
      };
      if (deadline < Infinity && !over) sleep();
    });
  }

  /**
   * Asks the service to cancel a job of this watch, by its place in `state.jobs`; following goes on to the job's real end, which may still be
   * another. What becomes of it is in that job's `cancel`.
   * @throws BackupJobsError where nothing was sent: 'cancel-impossible' for Backup vaults and cross-region jobs, 'cancel-refused' where the
   * job has ended or the service does not offer it.
   */
  cancel(job = 0): void {
    if (this.closed) throw new ClosedError();
    const problem = this.act(actions.cancel, job);
    if (problem) throw new BackupJobsError(problem);
    this.update();
  }

  /** How many await the end: they want to know what the job did, whoever looks. */
  #waiting = 0;

  protected override wanted(): number {
    return this.#waiting > 0 && this.attention === 'background' ? actions.watched : super.wanted();
  }
}
