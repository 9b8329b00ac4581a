/** Earlier runs of an item as bars, the oldest first: how long each took, and by shape and colour what it came to. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { JobState } from '../../engine/boundary.ts';
import { style } from '../style.ts';

export interface Run {
  readonly job: string;
  readonly state: JobState;
  readonly duration: number;
  /** All of it, in words. */
  readonly said: string;
}

/** Where colours cannot be told apart. */
const marks: Readonly<Partial<Record<JobState, string>>> = { failed: '×', 'completed-with-warnings': '!', cancelled: '–', unknown: '?' };

/** `runs`: the newest first; `current`: the job that is marked. */
export function runsPart(runs: readonly Run[], current: string, open: (job: string) => void): TemplateResult {
  const longest = Math.max(...runs.map(({ duration }) => duration), 1);
  return html`<ol>
    ${[...runs].reverse().map(
      ({ job, state, duration, said }) => html`<li>
        <button type="button" part="run" data-state=${state} aria-current=${job === current ? 'true' : nothing} aria-label=${said} title=${said} @click=${() => open(job)}>
          <span class="mark" aria-hidden="true">${marks[state] ?? ''}</span><i ${style({ height: `${Math.max(4, (duration / longest) * 100)}%` })}></i>
        </button>
      </li>`,
    )}
  </ol>`;
}
