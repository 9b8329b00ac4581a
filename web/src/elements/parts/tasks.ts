/** Tasks as a timeline: at their real times where the service gives them, else in order, and said so. */
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { Job, JobState, Task, WatchedJob } from '../../engine/api.ts';
import { statusIcons } from '../icons.ts';
import { type JobView, worded } from '../view.ts';
import { isTroubled } from './freshness.ts';
import { isRunning } from './running.ts';

interface Bar {
  /** Shares of the whole, 0 … 1. */
  readonly start: number;
  readonly length: number;
}

export interface Timeline {
  readonly kind: 'times' | 'order' | 'none';
  readonly bars: readonly (Bar | null)[];
}

/** How long the job has run by now: the service's word, moved on by our own clock only while that is fresh. */
export function elapsed({ job, contact }: WatchedJob, now: number): number | null {
  if (!job || job.duration === null) return null;
  if (!isRunning(job.status.state) || isTroubled(contact.state) || contact.answeredAt === null) return job.duration;
  return job.duration + Math.max(0, now - contact.answeredAt);
}

/** Where each task's bar lies; one that still runs reaches to `until`. Durations of zero, which the service often sends, draw no bar. */
export function timelineOf(tasks: readonly Task[], until = 0): Timeline {
  const none: Timeline = { kind: 'none', bars: tasks.map(() => null) };
  const timed = tasks.filter((task) => task.start !== null);
  if (timed.length === tasks.length && timed.length > 0) {
    const starts = timed.map((task) => task.start as number);
    const ends = timed.map((task) => task.end ?? Math.max((task.start as number) + (task.duration ?? 0), isRunning(task.status.state) ? until : 0));
    const first = Math.min(...starts);
    const whole = Math.max(...ends) - first;
    if (!(whole > 0)) return none;
    return { kind: 'times', bars: timed.map((_, i) => ({ start: (starts[i]! - first) / whole, length: Math.max(0, ends[i]! - starts[i]!) / whole })) };
  }
  const lengths = tasks.map((task) => Math.max(0, task.duration ?? 0));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  if (!(whole > 0)) return none;
  let at = 0;
  const bars = lengths.map((length) => {
    const bar = { start: at / whole, length: length / whole };
    at += length;
    return length > 0 ? bar : null;
  });
  return { kind: 'order', bars };
}

const isTerminal = (state: JobState) => !['not-started', 'in-progress', 'cancelling', 'unknown'].includes(state);

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

function bar(shape: Bar | null): TemplateResult {
  // A sliver stays visible.
  const width = shape ? Math.max(shape.length, 0.01) : 0;
  const x = shape ? Math.min(shape.start, 1 - width) : 0;
  return html`<svg class="bar" width="100%" height="8" aria-hidden="true" focusable="false">
    <rect width="100%" height="8" rx="3" fill="var(--_sunken)"></rect>
    ${shape ? svg`<rect x=${percent(x)} width=${percent(width)} height="8" rx="3" fill="currentColor"></rect>` : nothing}
  </svg>`;
}

/** In the reader's words where they are known, else in the service's own. */
function taskName({ id }: Task, { text }: JobView): string | TemplateResult {
  const known = id.toLowerCase();
  return Object.hasOwn(text.task, known) ? worded(text.task, known) : html`<bdi lang="">${id}</bdi>`;
}

function taskRow(task: Task, shape: Bar | null, drawn: boolean, view: JobView): TemplateResult {
  const { text, format } = view;
  const { state } = task.status;
  const status = state === 'unknown' && task.status.text ? text.unknownStatus(task.status.text) : text.jobState[state];
  const [start, end] = [task.start, task.end].map((time) => (time === null ? '' : format.time(time)));
  const times = start && end ? `${start} – ${end}` : start ? text.since(start) : '';
  const extra = [task.progress === null ? '' : format.percent(task.progress), task.executionDetails, times].filter(Boolean).join(' · ');
  // The service sends zero for what it has not measured; on a task that has ended it is at least its word.
  const measured = task.duration !== null && (task.duration !== 0 || isTerminal(state));
  const duration = measured ? format.duration(task.duration) : '';
  return html`
    <li class="task" part="task" data-state=${state}>
      <span class="mark">${statusIcons[state]}</span>
      <span class="task-name">${taskName(task, view)}${extra ? html` <small>${extra}</small>` : nothing}</span>
      <span class="task-status">${status}</span>
      ${drawn ? bar(shape) : nothing}
      <span class="task-duration">${duration}</span>
    </li>
  `;
}

export function taskList(watched: WatchedJob & { job: Job }, view: JobView, id: string): TemplateResult | typeof nothing {
  const { job } = watched;
  // Some jobs never have tasks: once they have ended there is nothing to wait for.
  if (!job.detailed || (job.tasks.length === 0 && isTerminal(job.status.state))) return nothing;
  const { text } = view;
  const { kind, bars } = timelineOf(job.tasks, (job.start ?? 0) + (elapsed(watched, view.now) ?? 0));
  return html`
    <section part="tasks" aria-labelledby=${`tasks-${id}`}>
      <h3 id=${`tasks-${id}`}>${text.section.tasks}${kind === 'order' ? html` <small>${text.section.order}</small>` : nothing}</h3>
      ${job.tasks.length === 0
        ? html`<p class="quiet">${text.section.noTasks}</p>`
        : html`<ol class="tasks" data-timeline=${kind}>
            ${job.tasks.map((task, index) => taskRow(task, bars[index] ?? null, kind !== 'none', view))}
          </ol>`}
    </section>
  `;
}

/** How far the job is, where the service says. */
export function progressLine(job: Job, view: JobView): TemplateResult | typeof nothing {
  // 1.0 without an estimate is a placeholder (AZURE.md §4.5).
  const placeholder = job.progress === 1 && job.estimatedRemaining === null;
  if (!isRunning(job.status.state) || job.progress === null || placeholder) return nothing;
  const { text, format } = view;
  const estimate = job.estimatedRemaining !== null && job.estimatedRemaining > 0 ? text.serviceEstimate(format.duration(job.estimatedRemaining)) : '';
  return html`
    <p class="progress" part="progress">
      <progress max="100" value=${job.progress} aria-label=${text.progress}></progress>
      <span>${text.progressPercent(format.percent(job.progress))}</span>
      ${estimate ? html`<small>${estimate}</small>` : nothing}
    </p>
  `;
}
