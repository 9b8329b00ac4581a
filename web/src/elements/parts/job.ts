/** One job, whole: how it stands, what is being asked, what went wrong, its tasks and everything else. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Job, WatchedJob } from '../../engine/api.ts';
import { statusIcons } from '../icons.ts';
import { type JobView, worded } from '../view.ts';
import { explanationOf } from './explanation.ts';
import { errorList, type Fact, factList, factsOf, otherProperties, propertyFacts } from './facts.ts';
import { freshnessLine, isTroubled, troubleNotice } from './freshness.ts';
import { kindOf } from './running.ts';
import { elapsed, progressLine, taskList } from './tasks.ts';

/** The one sentence about the job: "Completed in 20 min, 23 sec", "Running for …". */
export function headline(watched: WatchedJob & { job: Job }, view: JobView): string {
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

function skeleton(watched: WatchedJob, view: JobView): TemplateResult {
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

/** How much longer such jobs take, as a range; nothing where too little is known. */
function forecastLine({ forecast, contact }: WatchedJob, view: JobView): TemplateResult | typeof nothing {
  if (!forecast || contact.answeredAt === null) return nothing;
  const since = view.now - contact.answeredAt;
  if (forecast.high <= since) return nothing;
  const { duration } = view.format;
  return html`<p class="quiet" part="forecast">${view.text.forecast(duration(Math.max(forecast.low - since, 0)), duration(forecast.high - since))}</p>`;
}

/** `id` tells the articles of one element apart. */
export function jobArticle(watched: WatchedJob, view: JobView, id: string): TemplateResult {
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
      ${freshnessLine(watched.contact, view)} ${troubleNotice(watched.contact, view)} ${progressLine(job, view)} ${forecastLine(watched, view)} ${errorList(job, view, id)}
      ${taskList(watched as WatchedJob & { job: Job }, view, id)} ${id === '0' ? html`<slot name="earlier"></slot>` : nothing} ${factList(factsOf(watched, view), text.section.facts, `facts-${id}`)}
      ${factList(known, text.section.properties, `properties-${id}`)} ${otherProperties(job.other, view, id)}
    </article>
  `;
}

/** Everything shown of a job as plain text, for a ticket or a chat. Secrets stay hidden. */
export function jobAsText(watched: WatchedJob, view: JobView): string {
  const { job } = watched;
  if (!job) return watched.id;
  const { text } = view;
  const lines = [`${jobTitle(watched)}: ${headline(watched as WatchedJob & { job: Job }, view)}`, ''];
  for (const error of job.errors) {
    lines.push([error.code && text.errorCode(error.code), error.title, error.message, error.details].filter(Boolean).join(' · '));
    const explained = explanationOf([error.title, error.code], view);
    if (explained) lines.push(explained);
    lines.push(...error.recommendations.map((action) => `  - ${action}`));
  }
  if (job.dynamicErrorMessage) lines.push(job.dynamicErrorMessage);
  for (const task of job.tasks) {
    const duration = task.duration === null ? '' : view.format.duration(task.duration);
    lines.push([`${text.section.tasks}: ${task.id}`, task.status.text, duration, task.executionDetails].filter(Boolean).join(' · '));
  }
  const facts = [...factsOf(watched, view), ...propertyFacts([...job.properties, ...job.internalProperties, ...job.other], view)];
  lines.push(...facts.map(([label, value]) => `${label}: ${value}`), watched.id);
  return lines.join('\n');
}
