import type { TemplateResult } from 'lit-html';
import type { CausesAnswer, PictureEngine } from '../engine/pictures.ts';
import type { Changed } from './live_element.ts';
import { PictureElement } from './picture_element.ts';
import { failuresPart, failuresSentence } from './views/failures.ts';
import type { PictureView } from './views/view.ts';

export interface FailuresSelectDetail {
  /** Show the jobs that failed with this code, or the job; the other is ''. */
  readonly error: string;
  readonly job: string;
}

const minute = 60_000;
const day = 86_400_000;

/**
 * Failed jobs of one vault or several, by what made them fail.
 *
 * Give it `vault`, and `getToken` (and `endpoint`) or an `engine` of your own (openPictureEngine).
 *
 * @fires backup-failures-select - The jobs of a cause, or one of them, are to be shown.
 * @fires backup-jobs-error - What was given cannot be watched.
 */
export class AzureBackupFailures extends PictureElement {
  static override readonly watched = { ...PictureElement.watched, days: true };

  /** Only of so many last days; '': of all that was read. */
  days = '';

  #answer: CausesAnswer | null = null;
  /** null until enough was read to say anything. */
  #shown: CausesAnswer | null = null;
  #askedAt = 0;

  protected override end(): void {
    super.end();
    this.#answer = this.#shown = null;
  }

  protected override sentence(view: PictureView): string {
    return failuresSentence({ answer: this.#shown }, view);
  }

  protected override willUpdate(changed: Changed): void {
    super.willUpdate(changed);
    if (changed.has('days')) this.#answer = null;
  }

  protected override heading({ text }: PictureView): string {
    return text.failures.title;
  }

  protected override body(engine: PictureEngine, view: PictureView): TemplateResult {
    const days = Number(this.days);
    // All failures are gone through: not for each second that passes.
    if (!this.#answer || this.hasNews || view.now > this.#askedAt + minute) {
      this.hasNews = false;
      this.#askedAt = view.now;
      this.#answer = engine.causes(days > 0 ? { from: this.serviceNow - days * day } : {});
    }
    const isRead = this.#answer.jobs > 0 || engine.vaults.some(({ state }) => state.listed && state.loading === 0);
    const select = (detail: FailuresSelectDetail) => this.tell<FailuresSelectDetail>('backup-failures-select', detail);
    this.#shown = isRead ? this.#answer : null;
    return failuresPart({ answer: this.#shown, stopped: this.stopped, showJobs: (error) => select({ error, job: '' }), openJob: (job) => select({ error: '', job }) }, view);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'azure-backup-failures': AzureBackupFailures;
  }
  interface HTMLElementEventMap {
    'backup-failures-select': CustomEvent<FailuresSelectDetail>;
  }
}
