/** Cancelling a job: asked for twice, and believed only when the service and then the job itself say so. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { WatchedJob } from '../../engine/api.ts';
import { errorWords, type JobView } from '../view.ts';
import { jobTitle } from './job.ts';
import { serviceWords } from './freshness.ts';
import { isRunning } from './running.ts';

export interface CancelHandlers {
  /** The user wants to be asked for confirmation, or not any more. */
  readonly confirm: (wanted: boolean) => void;
  readonly cancel: () => void;
}

const isBackupVault = ({ vault }: WatchedJob) => /\/providers\/microsoft\.dataprotection\//i.test(vault.id);

/** What there is to say of a cancel, for the eye and for screen readers; empty where there is nothing. */
export function cancelSentence(watched: WatchedJob, view: JobView): string {
  const { text } = view;
  const { cancel, job } = watched;
  if (!job || !isRunning(job.status.state)) return '';
  switch (cancel?.state) {
    case 'asking':
      return text.cancel.asking;
    case 'accepted':
      return text.cancel.accepted;
    case 'refused':
      return text.cancel.refused;
  }
  return watched.region ? text.cancel.crossRegion : isBackupVault(watched) ? text.cancel.backupVault : '';
}

export function cancelPart(watched: WatchedJob, confirming: boolean, handlers: CancelHandlers, view: JobView): TemplateResult | typeof nothing {
  const { text } = view;
  const { cancel, canCancel } = watched;
  const sentence = cancelSentence(watched, view);
  if (!sentence && !canCancel) return nothing;
  const { error } = cancel ?? { error: null };
  // AZURE.md §5: what the action list does not tell.
  const copying = error?.httpStatus === 400 && watched.job?.managementType === 'AzureIaasVM' && watched.job.operation === 'Backup';
  return html`
    <div class="cancel" part="cancel" data-state=${cancel?.state ?? nothing}>
      ${sentence ? html`<p class=${error ? 'strong' : 'quiet'}>${sentence}</p>` : nothing}
      ${error ? html`<p>${errorWords(error.code, text)}</p>${serviceWords(error, view)}` : nothing}
      ${copying ? html`<p class="quiet">${text.cancel.copying}</p>` : nothing}
      ${canCancel && confirming
        ? html`<div class="confirm" role="group" aria-label=${text.cancel.action}>
            <p>${text.cancel.question(jobTitle(watched))}</p>
            <button type="button" part="cancel-confirm" @click=${handlers.cancel}>${text.cancel.confirm}</button>
            <button type="button" part="cancel-keep" @click=${() => handlers.confirm(false)}>${text.cancel.keep}</button>
          </div>`
        : nothing}
      ${canCancel && !confirming ? html`<button type="button" part="cancel-job" @click=${() => handlers.confirm(true)}>${text.cancel.action}</button>` : nothing}
    </div>
  `;
}
