import { html, type TemplateResult } from 'lit-html';
import { BackupJobsError } from '../../engine/api.ts';
import { errorWords, type View } from '../view.ts';

/** What was given cannot be shown at all, and why. */
export function problemCard(problem: Error, view: View): TemplateResult {
  const { text } = view;
  const known = problem instanceof BackupJobsError;
  return html`
    <div class="card" part="card" lang=${text.locale}>
      <article part="problem" role="alert">
        <div class="notice" data-error=${known ? problem.code : 'load'}>
          <p><strong>${known ? errorWords(problem.code, text) : text.couldNotLoad}</strong></p>
          <p class="quiet">${text.detail(problem.message)}</p>
        </div>
      </article>
    </div>
  `;
}
