import { nothing, type TemplateResult } from 'lit-html';
import { type Engine, endOf, type Watch, type WatchEnd, type WatchState } from '../engine/api.ts';
import { EngineElement } from './engine_element.ts';
import type { JobCard } from './job_card.ts';
import { adopt } from './live_element.ts';
import { theme } from './theme.ts';
import type { JobView } from './view.ts';

/** `detail` of `backup-job-change`. */
export interface JobChangeDetail {
  readonly state: WatchState;
}
/** `detail` of `backup-job-end`. */
export interface JobEndDetail {
  readonly end: WatchEnd;
}
/** `detail` of `backup-job-error`: what was given cannot be followed, or the engine could not be loaded. */
export interface JobErrorDetail {
  readonly error: Error;
}

/**
 * Shows one operation or job, live, until it ends.
 *
 * Give it `getToken` (and `endpoint`), or an `engine` of your own; and what to follow.
 *
 * @fires backup-job-change - Something new is known.
 * @fires backup-job-end - It has ended; how, `detail.end.outcome` says.
 * @fires backup-job-error - What was given cannot be followed.
 *
 * @slot earlier - below the job
 */
export class AzureBackupJob extends EngineElement {
  static override readonly styles = [theme];
  static override readonly watched = { ...EngineElement.watched, follow: false, job: true, vault: true, state: false };

  /** What a user holds after a trigger: operation URL, its JSON answer, a job's resource id, or a job id with `vault`. */
  follow = '';
  /** A job's resource id, or its own id with `vault`: `follow` as an attribute, for ids that may stand in a page. */
  job = '';
  /** The vault's resource id, where needed. */
  vault = '';

  private state: WatchState | null = null;

  #watch: Watch | null = null;
  #card: JobCard | null = null;
  #endTold = false;
  #revisionTold = -1;

  /** The watch behind the element, while there is one: for hosts that want to await its end. */
  get watch(): Watch | null {
    return this.#watch;
  }

  /** Asks now, and starts again what stopped. */
  refresh(): void {
    if (this.#watch) this.#watch.refresh();
    else if (this.problem) void this.start();
  }

  protected override readonly subject = ['follow', 'job', 'vault'];

  protected override get hasSubject(): boolean {
    return !!(this.follow || this.job);
  }

  protected override async start(): Promise<void> {
    void this.#loadCard();
    await super.start();
  }

  protected override begin(engine: Engine): void {
    const watch = engine.follow(this.follow || this.job, { vault: this.vault });
    this.#watch = watch;
    watch.subscribe(() => this.#update(watch));
    this.#update(watch);
  }

  protected override end(): void {
    this.#card?.reset();
    this.state = null;
    this.#endTold = false;
    this.#revisionTold = -1;
    const watch = this.#watch;
    this.#watch = null;
    watch?.close();
  }

  protected override failed(error: Error): void {
    this.tell<JobErrorDetail>('backup-job-error', { error });
  }

  /** How it is drawn comes while the engine loads, and only where a job is shown. */
  async #loadCard(): Promise<void> {
    if (this.#card) return;
    const [{ JobCard, freshnessStyles, jobStyles }] = await Promise.all([import('./job_card.ts'), this.speak(true)]);
    if (this.#card) return;
    this.#card = new JobCard(this);
    adopt(this.renderRoot, [theme, freshnessStyles, jobStyles]);
    this.requestUpdate();
  }

  #update(watch: Watch): void {
    if (watch !== this.#watch) return;
    this.state = watch.state;
    if (watch.state.revision !== this.#revisionTold) {
      this.#revisionTold = watch.state.revision;
      this.tell<JobChangeDetail>('backup-job-change', { state: watch.state });
    }
    const end = endOf(watch.state);
    if (end && !this.#endTold) {
      this.#endTold = true;
      this.tell<JobEndDetail>('backup-job-end', { end });
    }
  }

  protected override get moves(): boolean {
    if (!this.state) return false;
    const contacts = [this.state.contact, ...this.state.jobs.map(({ contact }) => contact)];
    return contacts.some(({ state }) => state !== 'ended');
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.#card?.draw(this.state, this.problem, this.viewAt(this.state?.clockSkew ?? null) as JobView) ?? nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'azure-backup-job': AzureBackupJob;
  }
  interface HTMLElementEventMap {
    'backup-job-change': CustomEvent<JobChangeDetail>;
    'backup-job-end': CustomEvent<JobEndDetail>;
    'backup-job-error': CustomEvent<JobErrorDetail>;
  }
}
