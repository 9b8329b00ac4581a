/** What stands in the columns of a list. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Column, JobRow } from '../../engine/list_engine.ts';
import { statusIcons } from '../icons.ts';
import { isRunning, kindOf } from '../parts/running.ts';
import { type View, worded } from '../view.ts';

/** A column's place in the grid: its track. */
export const tracks: Readonly<Record<Column, string>> = {
  status: 'minmax(7.5rem, max-content)',
  item: 'minmax(10rem, 2fr)',
  operation: 'minmax(6rem, 1fr)',
  type: 'minmax(6rem, 1fr)',
  start: '7.5rem',
  end: '7.5rem',
  duration: 'minmax(6.5rem, 1.4fr)',
  vault: 'minmax(7rem, 1fr)',
  error: 'minmax(9rem, 3fr)',
};

export function statusWord({ job }: JobRow, { text }: View): string {
  const { state, text: word } = job.status;
  if (state === 'unknown' && word) return word;
  return text.list.state[state] ?? text.jobState[state];
}

/** How long the job has run by now; where it runs on, our own clock goes on from the service's word. */
export function elapsedOf({ job, saidAt, told }: JobRow, now: number): number | null {
  if (job.duration === null) return null;
  return isRunning(job.status.state) && told ? job.duration + Math.max(0, now - saidAt) : job.duration;
}

/** `ago`: as well as it is known without a clock. */
function time(at: number | null, view: View, ago: number | null = null): TemplateResult | string {
  if (at === null) return '';
  const since = ago ?? Date.now() - (view.clockSkew ?? 0) - at;
  return html`<time datetime=${new Date(at).toISOString()} title=${view.format.instant(at)}>${view.format.relative(-Math.max(since, 1000))}</time>`;
}

/** The share done, lighter up to where the range of its end begins, and the range in words; nothing where too little is known. */
function forecast(row: JobRow, elapsed: number, { text, format, now }: View): TemplateResult | typeof nothing {
  if (!row.forecast || !isRunning(row.job.status.state) || !row.told) return nothing;
  const since = now - row.saidAt;
  const [low, high] = [Math.max(row.forecast.low - since, 0), row.forecast.high - since];
  if (high <= 0) return nothing;
  const share = (rest: number) => `${((elapsed / (elapsed + rest)) * 100).toFixed(0)}%`;
  const words = text.list.left(format.range(low, high));
  return html`<svg class="forecast" width="48" height="6" aria-hidden="true"><rect width="100%" height="6" rx="3" fill="var(--_sunken)"></rect><rect width=${share(low)} height="6" rx="3" opacity=".4"></rect><rect width=${share(high)} height="6" rx="3"></rect></svg
    ><small title=${words}>${words}</small>`;
}

/** Why it ended so, in the service's words, on one line. */
export function happened({ job }: JobRow): string {
  const [error] = job.errors;
  return (error?.message || error?.title || error?.code || job.dynamicErrorMessage).replace(/\s+/g, ' ');
}

export function cell(column: Column, row: JobRow, view: View): TemplateResult | string {
  const { job, vault } = row;
  const { text, format } = view;
  switch (column) {
    case 'status':
      return html`<span class="mark">${statusIcons[job.status.state]}</span><span class="word">${statusWord(row, view)}</span>`;
    case 'item':
      return html`<bdi class="name">${job.item || job.name}</bdi> <small>${kindOf(job, view)}</small>`;
    case 'operation':
      return worded(text.operation, job.operation);
    case 'type':
      return kindOf(job, view);
    case 'start':
      // A client's clock may be wrong; how long the job runs, the service has said.
      return time(job.start, view, isRunning(job.status.state) ? elapsedOf(row, view.now) : null);
    case 'end':
      return time(isRunning(job.status.state) ? null : job.end, view);
    case 'duration': {
      const ms = elapsedOf(row, view.now);
      return ms === null ? '' : html`${format.duration(ms)}${forecast(row, ms, view)}`;
    }
    case 'vault':
      return vault.name;
    case 'error':
      return row.told ? html`<span lang="">${happened(row)}</span>` : text.list.notTold;
  }
}
