/** The operation, until it names its job, and where it ends without one. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { JobState, Operation, OperationState, WatchState } from '../../engine/api.ts';
import { statusIcons } from '../icons.ts';
import { errorWords, type JobView } from '../view.ts';
import { factList, otherProperties } from './facts.ts';
import { explanation } from './explanation.ts';
import { operationInfoPart } from './operation_info.ts';
import { freshnessLine, isTroubled, troubleNotice } from './freshness.ts';

const marks: Record<OperationState, JobState> = { unknown: 'unknown', 'in-progress': 'in-progress', succeeded: 'completed', failed: 'failed', canceled: 'cancelled' };

export function operationSentence(state: WatchState, view: JobView): string {
  const { step } = view.text;
  const { operation } = state;
  if (state.stage === 'ended-without-job') return step.operationNoJob;
  if (!operation) return isTroubled(state.contact.state) ? step.operationUnread : step.operationAsking;
  switch (operation.status.state) {
    case 'failed':
      return step.operationFailed;
    case 'canceled':
      return step.operationCanceled;
    case 'unknown':
      return step.operationUnknown(operation.status.text);
    case 'succeeded':
      return state.jobs.length > 1 ? step.operationNamedJobs(state.jobs.length) : step.operationSucceeded;
    case 'in-progress':
      return step.operationWaiting;
  }
}

/** The operation as the whole story: no job yet, or none at all. */
export function operationArticle(state: WatchState, view: JobView): TemplateResult {
  const { text } = view;
  const { operation, stage, contact } = state;
  const mark = operation ? marks[operation.status.state] : 'in-progress';
  const { error } = operation ?? { error: null };
  const said = [error?.message, error?.code && `(${error.code})`].filter(Boolean).join(' ');
  return html`
    <article part="operation" data-state=${mark} aria-busy=${stage === 'operation'}>
      <header part="header" data-state=${mark}>
        <p class="status" part="status"><span class="mark">${statusIcons[mark]}</span>${operationSentence(state, view)}</p>
        ${stage === 'ended-without-job' ? html`<p class="quiet">${text.step.operationNoJobHelp}</p>` : nothing}
      </header>
      ${said ? html`<div class="errors"><p class="error lines" part="error" lang="">${said}</p>${explanation([error?.code], view)}</div>` : nothing}
      ${stage === 'ended-operation' ? html`<p class="quiet">${text.step.operationEnded}</p>` : nothing}
      ${freshnessLine(contact, view)} ${troubleNotice(contact, view)}
      ${operation ? [failedJobs(operation, view), operationInfoPart(operation.other, view), factList(operationFacts(operation, view), text.section.facts, 'operation-facts'), otherProperties(operation.other, view, 'operation')] : nothing}
    </article>
  `;
}

function operationFacts(operation: Operation, view: JobView): [string, string][] {
  const { text, format } = view;
  const name = operation.name || operation.id;
  const facts: [string, string][] = [
    [text.fact.started, operation.start === null ? '' : format.instant(operation.start)],
    [text.fact.ended, operation.end === null ? '' : format.instant(operation.end)],
    [text.fact.operationId, name],
    [text.progress, operation.percentComplete ? format.percent(operation.percentComplete) : ''],
    [text.fact.type, operation.objectType],
    [text.fact.target, operation.error.target],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** The operation as the step before its job: one line. */
export function operationStep(state: WatchState, view: JobView): TemplateResult | typeof nothing {
  const { operation } = state;
  if (!operation) return nothing;
  return html`
    <p class="step" part="operation-step">
      <span class="mark" data-state=${marks[operation.status.state]}>${statusIcons[marks[operation.status.state]]}</span>${operationSentence(state, view)}
    </p>
    ${failedJobs(operation, view)}
    ${state.naming ? html`<p class="step failed-job">${errorWords(state.naming.code, view.text)}</p>` : nothing}
  `;
}

function failedJobs(operation: Operation, view: JobView): TemplateResult[] {
  return operation.failedJobs.map(({ job, errorCode }) => html`<p class="step failed-job">${view.text.step.failedJob(job, errorCode)}</p>`);
}
