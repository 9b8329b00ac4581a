import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { BackupJobsError, type Engine, endOf, type GetToken, type Watch, type WatchedJob, type WatchEnd, type WatchState } from '../engine/index.ts';
import { en, formatFor } from '../messages/index.ts';
import { jobStyles } from './azure_backup_job.styles.ts';
import { Clock } from './clock.ts';
import { refreshIcon } from './icons.ts';
import { cancelPart, cancelSentence } from './parts/cancel.ts';
import { isTroubled } from './parts/freshness.ts';
import { headline, jobArticle, jobAsText, jobTitle } from './parts/job.ts';
import { operationArticle, operationSentence, operationStep } from './parts/operation.ts';
import { isRunning } from './parts/tasks.ts';
import { borrowEngine, type Lease } from './shared_engine.ts';
import { theme } from './theme.ts';
import type { View } from './view.ts';

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
 */
export class AzureBackupJob extends LitElement {
  static override styles = [theme, jobStyles];

  /** What a user holds after a trigger: operation URL, its JSON answer, a job's resource id, or a job id with `vault`. */
  @property({ attribute: false }) follow = '';
  /** A job's resource id, or its own id with `vault`: `follow` as an attribute, for ids that may stand in a page. */
  @property() job = '';
  /** The vault's resource id, where needed. */
  @property() vault = '';
  /** Azure Resource Manager's origin. */
  @property() endpoint = '';
  /**
   * Another function takes the place of the last one without starting anew. Elements share an engine where they start with the same function;
   * hosts that make a new one for each element hand them an `engine` instead.
   */
  @property({ attribute: false }) getToken: GetToken | null = null;
  /** An engine of the host's own; it stays the host's to close. */
  @property({ attribute: false }) engine: Engine | null = null;

  @state() private watched: WatchState | null = null;
  @state() private problem: Error | null = null;
  /** The place of the job whose cancelling awaits a confirmation. */
  @state() private confirming: number | null = null;
  @state() private copied: 'no' | 'yes' | 'failed' = 'no';

  #watch: Watch | null = null;
  #lease: Lease | null = null;
  #run = 0;
  #endTold = false;
  #revisionTold = -1;
  #restart = false;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Clock(this, () => this.#moves());
  }

  /** The watch behind the element, while there is one: for hosts that want to await its end. */
  get watch(): Watch | null {
    return this.#watch;
  }

  /** Asks now, and starts again what stopped. */
  refresh(): void {
    if (this.#watch) this.#watch.refresh();
    else if (this.problem) void this.#start();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#restart = true;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#copiedTimer);
    this.copied = 'no';
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const restarts = ['follow', 'job', 'vault', 'endpoint', 'engine'] as const;
    const gained = changed.has('getToken') && !changed.get('getToken') !== !this.getToken;
    const restart = this.#restart || gained || restarts.some((name) => changed.has(name));
    // Lit goes on updating what was removed; nothing is followed there.
    if (!restart || !this.isConnected) return;
    this.#restart = false;
    void this.#start();
  }

  async #start(): Promise<void> {
    this.#stop();
    const run = this.#run;
    const text = this.follow || this.job;
    const { getToken } = this;
    this.problem = null;
    this.watched = null;
    this.confirming = null;
    if (!text || !(this.engine || getToken)) return;
    try {
      let engine = this.engine;
      if (!engine) {
        const current: GetToken = (request) => (this.getToken ?? (getToken as GetToken))(request);
        this.#lease = borrowEngine(getToken as GetToken, { getToken: current, ...(this.endpoint ? { endpoint: this.endpoint } : {}) });
        engine = await this.#lease.engine;
      }
      // Removed, or told to follow something else, while the engine was loading.
      if (run !== this.#run) return;
      const watch = engine.follow(text, { vault: this.vault });
      this.#watch = watch;
      watch.subscribe(() => this.#update(watch));
      this.#update(watch);
    } catch (error) {
      if (run !== this.#run) return;
      this.problem = error instanceof Error ? error : new Error(String(error));
      this.#tell<JobErrorDetail>('backup-job-error', { error: this.problem });
    }
  }

  #stop(): void {
    ++this.#run;
    this.#endTold = false;
    this.#revisionTold = -1;
    const watch = this.#watch;
    this.#watch = null;
    watch?.close();
    this.#lease?.release();
    this.#lease = null;
  }

  #update(watch: Watch): void {
    if (watch !== this.#watch) return;
    this.watched = watch.state;
    if (watch.state.revision !== this.#revisionTold) {
      this.#revisionTold = watch.state.revision;
      this.#tell<JobChangeDetail>('backup-job-change', { state: watch.state });
    }
    const end = endOf(watch.state);
    if (end && !this.#endTold) {
      this.#endTold = true;
      this.#tell<JobEndDetail>('backup-job-end', { end });
    }
  }

  #tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent<Detail>(name, { detail, bubbles: true, composed: true }));
  }

  /** Something on the element changes by itself as time passes. */
  #moves(): boolean {
    if (!this.isConnected || !this.watched) return false;
    const contacts = [this.watched.contact, ...this.watched.jobs.map(({ contact }) => contact)];
    return contacts.some(({ state }) => state !== 'ended');
  }

  get #view(): View {
    return { text: en, format: formatFor(en.locale), now: performance.now(), clockSkew: this.watched?.clockSkew ?? null };
  }

  /** What a screen reader is told: only what has really changed, never the passing of time. */
  #announcement(view: View): string {
    const state = this.watched;
    if (!state) return '';
    const contact = isTroubled(state.contact.state) ? view.text.contact[state.contact.state] : '';
    if (state.jobs.length === 0) return [operationSentence(state, view), contact].filter(Boolean).join('. ');
    const jobs = state.jobs.flatMap((watched) => {
      const { job } = watched;
      if (!job) return [];
      const status = isRunning(job.status.state) ? view.text.jobState[job.status.state] : headline({ ...watched, job }, view);
      return [view.text.announce(jobTitle(watched), status), ...[cancelSentence(watched, view)].filter(Boolean)];
    });
    return [...jobs, contact].filter(Boolean).join('. ');
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#view;
    if (this.problem) return this.#renderProblem(this.problem, view);
    const state = this.watched;
    if (!state) return nothing;
    return html`
      <div class="card" part="card">
        <p class="visually-hidden" role="status">${this.#announcement(view)}</p>
        ${state.jobs.length > 0
          ? [operationStep(state, view), state.jobs.map((watched, index) => [jobArticle(watched, view, String(index)), this.#renderCancel(watched, index, view)])]
          : operationArticle(state, view)}
        <div class="actions" part="actions">${this.#renderActions(state, view)}</div>
      </div>
    `;
  }

  #renderCancel(watched: WatchedJob, index: number, view: View): TemplateResult | typeof nothing {
    return cancelPart(
      watched,
      this.confirming === index,
      {
        confirm: (wanted) => void this.#confirm(wanted ? index : null),
        cancel: () => {
          void this.#confirm(null);
          try {
            this.#watch?.cancel(index);
          } catch (error) {
            // The job has ended between the last look and the click; what is shown says so by now.
            if (!(error instanceof BackupJobsError)) throw error;
          }
        },
      },
      view,
    );
  }

  /** Focus goes where the question is, and back. */
  async #confirm(index: number | null): Promise<void> {
    const was = this.confirming;
    this.confirming = index;
    await this.updateComplete;
    const parts = this.renderRoot.querySelectorAll<HTMLElement>('[part="cancel"]');
    const target = index === null ? parts[was ?? 0]?.querySelector<HTMLElement>('[part="cancel-job"]') : this.renderRoot.querySelector<HTMLElement>('[part="cancel-keep"]');
    (target ?? this.renderRoot.querySelector<HTMLElement>('[part="refresh"]'))?.focus();
  }

  #renderActions(state: WatchState, view: View): TemplateResult {
    const { action } = view.text;
    const retry = state.halted || ['stopped', 'sign-in', 'waiting-for-token'].includes(state.contact.state);
    const copied = this.copied === 'yes' ? action.copied : this.copied === 'failed' ? action.copyFailed : action.copyDetails;
    return html`
      ${state.jobs.some(({ job }) => job) ? html`<button type="button" part="copy" @click=${this.#copy}>${copied}</button>` : nothing}
      <button type="button" part="refresh" @click=${() => this.refresh()}>${refreshIcon}${retry ? action.retry : action.refresh}</button>
    `;
  }

  #renderProblem(problem: Error, view: View): TemplateResult {
    const { text } = view;
    const known = problem instanceof BackupJobsError;
    return html`
      <div class="card" part="card">
        <article part="problem" role="alert">
          <div class="notice" data-error=${known ? problem.code : 'load'}>
            <p><strong>${known ? text.error[problem.code] : text.couldNotLoad}</strong></p>
            <p class="quiet">${text.detail(problem.message)}</p>
          </div>
        </article>
      </div>
    `;
  }

  #copy = async (): Promise<void> => {
    const view = this.#view;
    const details = this.watched?.jobs.map((watched) => jobAsText(watched, view)).join('\n\n') ?? '';
    try {
      await navigator.clipboard.writeText(details);
      this.copied = 'yes';
    } catch {
      this.copied = 'failed';
    }
    clearTimeout(this.#copiedTimer);
    if (!this.isConnected) return;
    this.#copiedTimer = setTimeout(() => (this.copied = 'no'), 2000);
  };
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
