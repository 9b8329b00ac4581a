/** Errors with what to do about them, facts, property bags, and whatever else the service sent. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Job, JobError, Property, WatchedJob } from '../../engine/api.ts';
import { type JobView, worded } from '../view.ts';
import { explanationOf } from './explanation.ts';
import { isRunning, kindOf } from './running.ts';

/** A symbolic code such as UserErrorVmNotFoundV2 often comes as the title. */
const isSymbol = (title: string) => /^\w+$/.test(title);

function errorCard(error: JobError, view: JobView): TemplateResult {
  const { text } = view;
  const codes = [error.code && text.errorCode(error.code), isSymbol(error.title) ? error.title : ''].filter(Boolean).join(' · ');
  const title = isSymbol(error.title) ? '' : error.title;
  const explained = explanationOf([error.title, error.code], view);
  return html`
    <div class="error" part="error" lang="">
      ${title ? html`<h4>${title}</h4>` : nothing}
      <p class="lines">${error.message}${codes ? html` <small lang=${text.locale}>${codes}</small>` : nothing}</p>
      ${explained ? html`<p class="quiet" part="explanation" lang=${text.locale}>${explained}</p>` : nothing}
      ${error.details ? html`<p class="lines">${error.details}</p>` : nothing}
      ${error.recommendations.length > 0
        ? html`<p class="label" lang=${text.locale}>${text.recommendations}</p>
            <ul>
              ${error.recommendations.map((action) => html`<li class="lines">${action}</li>`)}
            </ul>`
        : nothing}
    </div>
  `;
}

export function errorList(job: Job, view: JobView, id: string): TemplateResult | typeof nothing {
  const { errors } = job;
  if (errors.length === 0 && !job.dynamicErrorMessage) return nothing;
  const failed = job.status.state === 'failed';
  return html`
    <section class=${failed ? 'errors' : 'errors warnings'} part="errors" aria-labelledby=${`errors-${id}`}>
      <h3 id=${`errors-${id}`}>${failed ? view.text.section.errors : view.text.section.warnings}</h3>
      ${errors.map((error) => errorCard(error, view))}
      ${job.dynamicErrorMessage ? html`<p class="error lines" lang="">${job.dynamicErrorMessage}</p>` : nothing}
    </section>
  `;
}

export type Fact = readonly [label: string, value: string, help?: string];

export function factsOf({ id, job, vault }: WatchedJob, view: JobView): Fact[] {
  if (!job) return [];
  const { text, format } = view;
  const status = job.status.state === 'unknown' ? job.status.text : text.jobState[job.status.state];
  const facts: Fact[] = [
    [text.fact.started, job.start === null ? '' : format.instant(job.start)],
    [text.fact.ended, job.end === null ? '' : format.instant(job.end)],
    [text.fact.duration, job.duration === null ? '' : format.duration(job.duration)],
    [text.fact.status, status],
    [text.fact.operation, worded(text.operation, job.operation)],
    [text.fact.type, [kindOf(job, view), job.jobType].filter(Boolean).join(' · ')],
    [text.fact.workload, job.workloadType],
    [text.fact.container, [job.containerName, job.containerType].filter(Boolean).join(' · ')],
    [text.fact.machineVersion, job.machineVersion],
    [text.fact.userTriggered, job.userTriggered === null ? '' : job.userTriggered ? text.yes : text.no],
    // The service leaves them standing when the job has ended (AZURE.md §4.3.3); then they mean nothing.
    [text.fact.actions, isRunning(job.status.state) ? job.actions.map((action) => text.actionName[action] ?? action).join(', ') : ''],
    [text.fact.server, [job.serverName, job.serverType].filter(Boolean).join(' · ')],
    [text.fact.storageAccount, job.storageAccount],
    [text.fact.vault, vault.name],
    [text.fact.resourceGroup, vault.resourceGroup],
    [text.fact.jobId, job.name || id.slice(id.lastIndexOf('/') + 1)],
    [text.fact.activityId, job.activityId, text.fact.activityHelp],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** `id` is unique within the element. */
export function factList(facts: readonly Fact[], heading: string, id: string, help = ''): TemplateResult | typeof nothing {
  if (facts.length === 0) return nothing;
  return html`
    <section aria-labelledby=${id}>
      <h3 id=${id}>${heading}</h3>
      ${help ? html`<p class="quiet">${help}</p>` : nothing}
      <dl>
        ${facts.map(([label, value, note]) => html`<div><dt>${label}</dt><dd><bdi>${value}</bdi>${note ? html`<small>${note}</small>` : nothing}</dd></div>`)}
      </dl>
    </section>
  `;
}

/** What the service sent that has no place of its own, folded away. */
export function otherProperties(properties: readonly Property[], view: JobView, id: string): TemplateResult | typeof nothing {
  if (properties.length === 0) return nothing;
  const { section } = view.text;
  return html`<details>
    <summary>${section.other} (${view.format.number(properties.length)})</summary>
    ${factList(propertyFacts(properties, view), section.other, `other-${id}`, section.otherHelp)}
  </details>`;
}

export function propertyFacts(properties: readonly Property[], view: JobView): Fact[] {
  return properties.map(({ name, value, secret }) => [name.trim(), secret ? view.text.secret : (value ?? '—')]);
}
