/** Failed jobs by what made them fail: one cause put right is many failures less. */
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { Cause, CausesAnswer } from '../../engine/picture_boundary.ts';
import { statusIcons } from '../icons.ts';
import { explanationOf } from '../parts/explanation.ts';
import { agoPart, type PictureView, waitingPart } from './view.ts';

export interface FailuresHost {
  /** null before the first. */
  readonly answer: CausesAnswer | null;
  /** No answer comes by itself. */
  readonly stopped: boolean;
  /** Shows the jobs that failed so, by their error's code. */
  readonly showJobs: (code: string) => void;
  /** Shows the failed job of one item. */
  readonly openJob: (job: string) => void;
}

/** A symbolic code often comes as the title: no words to head anything with, where there are others. */
const isSymbol = (title: string) => /^\w+$/.test(title);

function share(jobs: number, all: number): TemplateResult {
  return html`<svg class="share" width="64" height="6" aria-hidden="true">${svg`<rect width="100%" height="6" rx="3" class="whole" /><rect width=${`${Math.max((jobs / Math.max(all, 1)) * 100, 6).toFixed(1)}%`} height="6" rx="3" />`}</svg>`;
}

function affected({ items, itemCount }: Cause, place: number, { openJob }: FailuresHost, view: PictureView): TemplateResult | typeof nothing {
  if (items.length === 0) return nothing;
  const { text } = view;
  const { failures } = text;
  return html`<div class="affected">
    <h4 id=${`affected-${place}`}>${failures.affected}</h4>
    <ul aria-labelledby=${`affected-${place}`}>
      ${items.map(({ name, vault, recovered, job }) => {
        const state = recovered ? 'completed' : 'failed';
        return html`<li>
          <button type="button" class="link" part="affected" data-state=${state} title=${vault.slice(vault.lastIndexOf('/') + 1) || nothing} @click=${() => openJob(job)}>
            <span class="mark">${statusIcons[state]}</span><bdi>${name}</bdi> <small class=${recovered ? '' : 'visually-hidden'}>${text.jobState[state]}</small>
          </button>
        </li>`;
      })}
      ${itemCount > items.length ? html`<li class="quiet">${failures.more(itemCount - items.length)}</li>` : nothing}
    </ul>
  </div>`;
}

function causePart(cause: Cause, place: number, host: FailuresHost, all: number, view: PictureView): TemplateResult {
  const { text } = view;
  const { failures } = text;
  const { errors, dynamicErrorMessage } = cause.sample.job;
  const error = errors.find(({ code, title }) => cause.code !== '' && (code === cause.code || title === cause.code)) ?? errors[0];
  const title = error && !isSymbol(error.title) ? error.title : '';
  const symbol = error && isSymbol(error.title) && error.title !== cause.code ? error.title : '';
  const explained = explanationOf([error?.title, cause.code, error?.code], view);
  const message = error?.message || dynamicErrorMessage;
  const state = cause.failing > 0 ? 'failed' : 'completed';
  const codes = [cause.code, symbol].filter(Boolean);
  return html`<article class="cause" part="cause" data-code=${cause.code} aria-labelledby=${`cause-${place}`}>
    <div class="what">
      <h3 id=${`cause-${place}`}>${title ? html`<bdi lang="">${title}</bdi>` : codes.length > 0 ? html`<bdi lang="">${codes.at(-1)}</bdi>` : failures.noCode}</h3>
      ${title && codes.length > 0 ? html`<p class="quiet">${codes.map((code, index) => html`${index > 0 ? ' · ' : ''}<bdi lang="">${code}</bdi>`)}</p>` : !title && codes.length > 1 ? html`<p class="quiet"><bdi lang="">${codes[0]}</bdi></p>` : nothing}
      <p class="counts">${share(cause.jobs, all)}<strong>${failures.jobs(cause.jobs)}</strong> · <span>${failures.itemCount(cause.itemCount)}</span></p>
      <p class="still" data-state=${state}><span class="mark">${statusIcons[state]}</span>${cause.failing > 0 ? failures.stillFailing(cause.failing) : failures.recovered}</p>
      <p class="quiet">${[
        ...(cause.last === null ? [] : [agoPart(cause.last, view, failures.last)]),
        ...(cause.first === null ? [] : [agoPart(cause.first, view, failures.first)]),
      ].map((time, index) => html`${index > 0 ? ' · ' : ''}${time}`)}</p>
      ${cause.code ? html`<button type="button" part="show-jobs" @click=${() => host.showJobs(cause.code)}>${failures.show}</button>` : nothing}
    </div>
    <div class="why">
      ${explained ? html`<p>${explained}</p>` : nothing}
      ${message && message !== title ? html`<p class=${explained ? 'said aside' : 'said'}><bdi lang="">${message}</bdi></p>` : nothing}
      ${error && error.recommendations.length > 0
        ? html`<h4 id=${`actions-${place}`}>${text.recommendations}</h4>
            <ul class="advice" aria-labelledby=${`actions-${place}`}>${error.recommendations.map((action) => html`<li><bdi lang="">${action}</bdi></li>`)}</ul>`
        : nothing}
      ${affected(cause, place, host, view)}
    </div>
  </article>`;
}

export function failuresSentence({ answer }: Pick<FailuresHost, 'answer'>, { text: { failures } }: PictureView): string {
  if (!answer) return '';
  return answer.jobs === 0 ? failures.none : failures.summary(answer.causes.length, answer.jobs);
}

export function failuresPart(host: FailuresHost, view: PictureView): TemplateResult {
  const { answer } = host;
  const { failures } = view.text;
  const none = answer !== null && answer.jobs === 0;
  return html`<section class="failure-view" part="failures" aria-label=${failures.title}>
    <header class="headline" part="headline">
      ${answer && !none ? html`<h3><span class="sentence">${failuresSentence(host, view)}</span></h3>` : html`<h3>${failures.title}</h3>`}
    </header>
    ${!answer
      ? waitingPart(host.stopped, view)
      : none
        ? html`<div class="empty" part="empty" data-state="completed"><span class="mark">${statusIcons.completed}</span><p><strong>${failuresSentence(host, view)}</strong></p></div>`
        : html`<div class="causes">${answer.causes.map((cause, place) => causePart(cause, place, host, answer.jobs, view))}</div>`}
  </section>`;
}
