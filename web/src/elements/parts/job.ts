/** One job, whole: how it stands, what is being asked, what went wrong, its tasks and everything else. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Job, JobState, WatchedJob } from '../../engine/index.ts';
import { statusIcons } from '../icons.ts';
import { type View, worded } from '../view.ts';
import { errorList, type Fact, factList, factsOf, propertyFacts } from './facts.ts';
import { freshnessLine, isTroubled, troubleNotice } from './freshness.ts';
import { kindOf, progressLine, taskList } from './tasks.ts';

export function isRunning(state: JobState): boolean {
  return state === 'in-progress' || state === 'cancelling';
}

/** How long the job has run by now: the service's word, moved on by our own clock only while that is fresh. */
export function elapsed({ job, contact }: WatchedJob, now: number): number | null {
  if (!job || job.duration === null) return null;
  if (!isRunning(job.status.state) || isTroubled(contact.state) || contact.answeredAt === null) return job.duration;
  return job.duration + Math.max(0, now - contact.answeredAt);
}

/** The one sentence about the job: "Completed in 20 min, 23 sec", "Running for …". */
export function headline(watched: WatchedJob & { job: Job }, view: View): string {
  const { text, format } = view;
  const { state, text: word } = watched.job.status;
  const ms = elapsed(watched, view.now);
  const duration = ms === null ? '' : format.duration(ms);
  switch (state) {
    case 'completed':
    case 'completed-with-warnings':
    case 'failed':
    case 'cancelled':
      return text.ended[state](duration);
    case 'in-progress':
      return duration ? text.runningFor(duration) : text.jobState[state];
    case 'cancelling':
      return duration ? text.cancellingFor(duration) : text.jobState[state];
    case 'not-started':
      return text.jobState[state];
    case 'unknown':
      return text.unknownStatus(word);
  }
}

export function jobTitle({ job, name }: WatchedJob): string {
  return job?.item || job?.name || name;
}

function skeleton(watched: WatchedJob, view: View): TemplateResult {
  return html`
    <header part="header" data-state="unread">
      <p class="status quiet" part="status">${isTroubled(watched.contact.state) ? view.text.step.jobUnread : view.text.step.jobAsking}</p>
      <h2><bdi>${watched.name}</bdi></h2>
      <p class="quiet">${view.text.vault} <bdi>${watched.vault.name}</bdi></p>
    </header>
    ${freshnessLine(watched.contact, view)} ${troubleNotice(watched.contact, view)}
    ${isTroubled(watched.contact.state) ? nothing : html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`}
  `;
}

export function jobArticle(watched: WatchedJob, view: View): TemplateResult {
  const { job } = watched;
  if (!job) return html`<article part="job" aria-busy="true">${skeleton(watched, view)}</article>`;
  const { text } = view;
  const { state } = job.status;
  const known: readonly Fact[] = propertyFacts([...job.properties, ...job.internalProperties], view);
  return html`
    <article part="job" data-state=${state} aria-label=${jobTitle(watched)}>
      <header part="header" data-state=${state}>
        <p class="status" part="status"><span class="mark">${statusIcons[state]}</span>${headline(watched as WatchedJob & { job: Job }, view)}</p>
        <h2><bdi>${jobTitle(watched)}</bdi></h2>
        <p class="quiet">
          ${text.operationOf(worded(text.operation, job.operation), kindOf(job, view))} · ${text.vault} <bdi>${watched.vault.name}</bdi>
        </p>
      </header>
      ${freshnessLine(watched.contact, view)} ${troubleNotice(watched.contact, view)} ${progressLine(job, view)} ${errorList(job, view)} ${taskList(job, view)}
      ${factList(factsOf(watched, view), text.section.facts, 'facts')} ${factList(known, text.section.properties, 'properties')}
      ${job.other.length > 0
        ? html`<details>
            <summary>${text.section.other} (${view.format.number(job.other.length)})</summary>
            ${factList(propertyFacts(job.other, view), text.section.other, 'other', text.section.otherHelp)}
          </details>`
        : nothing}
    </article>
  `;
}

/** Everything shown of a job as plain text, for a ticket or a chat. Secrets stay hidden. */
export function jobAsText(watched: WatchedJob, view: View): string {
  const { job } = watched;
  if (!job) return watched.id;
  const { text } = view;
  const lines = [`${jobTitle(watched)}: ${headline(watched as WatchedJob & { job: Job }, view)}`, ''];
  for (const error of job.errors) {
    lines.push([error.code && text.errorCode(error.code), error.title, error.message].filter(Boolean).join(' · '));
    lines.push(...error.recommendations.map((action) => `  - ${action}`));
  }
  for (const task of job.tasks) {
    const duration = task.duration === null ? '' : view.format.duration(task.duration);
    lines.push([`${text.section.tasks}: ${task.id}`, task.status.text, duration, task.executionDetails].filter(Boolean).join(' · '));
  }
  const facts = [...factsOf(watched, view), ...propertyFacts([...job.properties, ...job.internalProperties, ...job.other], view)];
  lines.push(...facts.map(([label, value]) => `${label}: ${value}`), watched.id);
  return lines.join('\n');
}
