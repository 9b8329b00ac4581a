/** The history of one item, in a dialog: how long its backups took, what they came to, and how large they were where that is known anyway. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { JobState } from '../../engine/boundary.ts';
import type { ItemHistory, ItemRow, ItemRun } from '../../engine/picture_boundary.ts';
import { statusIcons } from '../icons.ts';
import { runsPart } from '../jobs/runs.ts';
import { style } from '../style.ts';
import { worded } from '../view.ts';
import { kindOf } from './item_cells.ts';
import type { PictureView } from './view.ts';

export interface HistoryHost {
  readonly item: ItemRow;
  /** null where the item is no more. */
  readonly history: ItemHistory | null;
  readonly close: () => void;
  /** Shows one of its jobs, or all of them: ''. */
  readonly open: (job: string) => void;
}

const sizes = new Map<string, Intl.NumberFormat>();

/** "11,390 MB", "21.3 GB". */
function sizeWords(bytes: number, { text: { locale } }: PictureView): string {
  const [unit, length] = bytes < 10_000 * 2 ** 20 ? (['megabyte', 2 ** 20] as const) : (['gigabyte', 2 ** 30] as const);
  const format = sizes.get(locale + unit) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 });
  sizes.set(locale + unit, format);
  return format.format(bytes / length);
}

/** What the service tells of no more may have ended. */
const markOf = ({ outcome, state }: ItemRun): JobState => (outcome === 'untold' ? 'unknown' : state);

const startOf = ({ start }: ItemRun, { format }: PictureView) => (start === null ? '' : format.instant(start));

/** Bars, and behind them the range that is usual. */
function plot({ runs, usual }: ItemHistory, open: (job: string) => void, view: PictureView): TemplateResult | typeof nothing {
  const { items } = view.text;
  const drawn = runs.flatMap((run) => {
    const { job, duration } = run;
    if (duration === null) return [];
    const size = run.size === null ? '' : sizeWords(run.size, view);
    return [{ job, state: markOf(run), duration, start: run.start, said: [startOf(run, view), items.outcome[run.outcome], view.format.duration(duration), size].filter(Boolean).join(', ') }];
  });
  const [newest] = drawn;
  const oldest = drawn.at(-1);
  if (!newest || !oldest) return nothing;
  const longest = Math.max(...drawn.map(({ duration }) => duration), 1);
  const share = (ms: number) => `${Math.min((ms / longest) * 100, 100).toFixed(1)}%`;
  const [from, to] = [oldest, newest].map(({ start }) => (start === null ? '' : view.format.date(start)));
  return html`<section class="runs" part="runs" aria-labelledby="durations">
    <h3 id="durations">${items.durations}${usual ? html` <small>${items.usually(view.format.range(usual.low, usual.high))}</small>` : nothing}</h3>
    <div class="fit">
      <div class="plot">${usual ? html`<span class="usual" aria-hidden="true" ${style({ bottom: share(usual.low), height: share(usual.high - usual.low) })}></span>` : nothing}${runsPart(drawn, newest.job, open)}</div>
      <p class="quiet"><span>${from}</span><span>${to}</span></p>
    </div>
  </section>`;
}

function table({ runs }: ItemHistory, open: (job: string) => void, view: PictureView): TemplateResult {
  const { items, list, operation } = view.text;
  const hasSizes = runs.some(({ size }) => size !== null);
  const operations = new Set(runs.map((run) => run.operation)).size > 1;
  return html`<div class="past" tabindex="0" role="region" aria-labelledby="history-title"><table>
    <thead><tr><th scope="col">${list.column.start}</th><th scope="col">${list.column.status}</th><th scope="col" class="number">${items.column.duration}</th>${hasSizes ? html`<th scope="col" class="number">${items.size}</th>` : nothing}</tr></thead>
    <tbody>${runs.map(
      (run) => html`<tr>
        <td><button type="button" class="link" @click=${() => open(run.job)}>${startOf(run, view) || '–'}</button></td>
        <td title=${run.error || nothing}><span class="outcome"><span class="mark" data-state=${markOf(run)}>${statusIcons[markOf(run)]}</span>${items.outcome[run.outcome]}${operations ? html` <small>${worded(operation, run.operation)}</small>` : nothing}</span></td>
        <td class="number">${run.duration === null ? '' : view.format.duration(run.duration)}</td>
        ${hasSizes ? html`<td class="number">${run.size === null ? '' : sizeWords(run.size, view)}</td>` : nothing}
      </tr>`,
    )}</tbody>
  </table></div>`;
}

export function historyPart({ item, history, close, open }: HistoryHost, view: PictureView): TemplateResult {
  const { items, drawer, list } = view.text;
  const candidates = history?.candidates ?? item.candidates;
  const since = history?.coveredFrom ?? null;
  // What is typed in it is not for the list.
  return html`<dialog class="history" part="history" aria-labelledby="history-title" @close=${close} @keydown=${(event: Event) => event.stopPropagation()}>
    <header>
      <h2 id="history-title">${items.showHistory(item.name)}</h2>
      <button type="button" class="icon" part="history-close" aria-label=${drawer.close} title=${drawer.close} @click=${close}><span aria-hidden="true">✕</span></button>
    </header>
    <p class="quiet">${kindOf(item, view)}${[item.place, item.vault.name].filter(Boolean).map((word) => html` · <bdi>${word}</bdi>`)}${since === null ? nothing : html` · ${list.covers(view.format.date(since))}`}</p>
    ${candidates > 1 ? html`<p>${items.ambiguous(candidates)}</p>` : !history || history.runs.length === 0 ? html`<p>${items.never}</p>` : html`${plot(history, open, view)}${table(history, open, view)}`}
    <button type="button" part="history-jobs" @click=${() => open('')}>${items.showJobs(item.name)}</button>
  </dialog>`;
}
