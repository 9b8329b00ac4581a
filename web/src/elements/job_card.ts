/** How `<azure-backup-job>` looks. Loaded when the first job is shown: a list without an open job does without it. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { BackupJobsError, type Watch, type WatchedJob, type WatchState } from '../engine/api.ts';
import { announce, fallSilent } from './announcer.ts';
import { refreshIcon } from './icons.ts';
import { cancelPart, cancelSentence } from './parts/cancel.ts';
import { isTroubled } from './parts/freshness.ts';
import { headline, jobArticle, jobAsText, jobTitle } from './parts/job.ts';
import { operationArticle, operationSentence, operationStep } from './parts/operation.ts';
import { problemCard } from './parts/problem.ts';
import { isRunning } from './parts/running.ts';
import type { JobView } from './view.ts';

export { jobStyles } from './azure_backup_job.styles.ts';
export { freshnessStyles } from './parts/freshness.styles.ts';

/** What the card needs of its element. */
export interface CardHost {
  readonly watch: Watch | null;
  readonly isConnected: boolean;
  readonly renderRoot: ParentNode;
  readonly updateComplete: Promise<boolean>;
  refresh(): void;
  requestUpdate(): void;
}

export class JobCard {
  readonly #host: CardHost;
  /** The place of the job whose cancelling awaits a confirmation. */
  #confirming: number | null = null;
  #copied: 'no' | 'yes' | 'failed' = 'no';
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CardHost) {
    this.#host = host;
  }

  reset(): void {
    clearTimeout(this.#copiedTimer);
    this.#copied = 'no';
    this.#confirming = null;
    fallSilent(this.#host);
  }

  draw(state: WatchState | null, problem: Error | null, view: JobView): TemplateResult | typeof nothing {
    if (problem) return problemCard(problem, view);
    if (!state) return nothing;
    if (this.#host.isConnected) announce(this.#host, view.text.locale, announcement(state, view));
    return html`
      <div class="card" part="card" lang=${view.text.locale}>
        ${state.jobs.length > 0
          ? [operationStep(state, view), state.jobs.map((watched, index) => [jobArticle(watched, view, String(index)), this.#drawCancel(watched, index, view)])]
          : operationArticle(state, view)}
        <div class="actions" part="actions">${this.#drawActions(state, view)}</div>
      </div>
    `;
  }

  #drawCancel(watched: WatchedJob, index: number, view: JobView): TemplateResult | typeof nothing {
    return cancelPart(
      watched,
      this.#confirming === index,
      {
        confirm: (wanted) => void this.#confirm(wanted ? index : null),
        cancel: () => {
          void this.#confirm(null);
          try {
            this.#host.watch?.cancel(index);
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
    const was = this.#confirming;
    this.#confirming = index;
    const host = this.#host;
    host.requestUpdate();
    await host.updateComplete;
    const parts = host.renderRoot.querySelectorAll<HTMLElement>('[part="cancel"]');
    const target = index === null ? parts[was ?? 0]?.querySelector<HTMLElement>('[part="cancel-job"]') : host.renderRoot.querySelector<HTMLElement>('[part="cancel-keep"]');
    (target ?? host.renderRoot.querySelector<HTMLElement>('[part="refresh"]'))?.focus();
  }

  #drawActions(state: WatchState, view: JobView): TemplateResult {
    const { action, copy } = view.text;
    const retry = state.halted || ['stopped', 'sign-in', 'waiting-for-token'].includes(state.contact.state);
    const copied = this.#copied === 'yes' ? copy.done : this.#copied === 'failed' ? copy.failed : copy.details;
    return html`
      ${state.jobs.some(({ job }) => job) ? html`<button type="button" part="copy" @click=${() => this.#copy(state, view)}>${copied}</button>` : nothing}
      <button type="button" part="refresh" @click=${() => this.#host.refresh()}>${refreshIcon}${retry ? action.retry : action.refresh}</button>
    `;
  }

  async #copy(state: WatchState, view: JobView): Promise<void> {
    const details = state.jobs.map((watched) => jobAsText(watched, view)).join('\n\n');
    try {
      await navigator.clipboard.writeText(details);
      this.#copied = 'yes';
    } catch {
      this.#copied = 'failed';
    }
    this.#host.requestUpdate();
    clearTimeout(this.#copiedTimer);
    if (!this.#host.isConnected) return;
    this.#copiedTimer = setTimeout(() => {
      this.#copied = 'no';
      this.#host.requestUpdate();
    }, 2000);
  }
}

/** What a screen reader is told: only what has really changed, never the passing of time. */
function announcement(state: WatchState, view: JobView): string {
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
