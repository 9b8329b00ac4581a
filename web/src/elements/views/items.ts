/** The vaults' protected items: which have no good backup, and what the last days of each came to. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { ItemRow, ItemsAnswer } from '../../engine/picture_boundary.ts';
import { statusIcons } from '../icons.ts';
import { errorWords, worded } from '../view.ts';
import { itemCell, type ItemColumn, itemColumns, itemMark, kindWord } from './item_cells.ts';
import { legendPart, pitch } from './strip.ts';
import { dayLength, type PictureView, serviceNow, waitingPart } from './view.ts';

/** What the user chooses. */
export interface ItemsChoice {
  /** Hours. */
  readonly limit: number;
  /** Others, of kinds of items or sorts of backups. */
  readonly limits: Readonly<Record<string, number>>;
  readonly search: string;
  readonly onlyTrouble: boolean;
}

export interface ItemsHost extends ItemsChoice {
  /** null before the first. */
  readonly answer: ItemsAnswer | null;
  /** No answer comes by itself. */
  readonly stopped: boolean;
  /** What the limit in the bar is of; '': of all. */
  readonly limitOf: string;
  /** The place of the first of the answer's rows. */
  readonly first: number;
  /** The place of the row that keys act on; -1 before any did. */
  readonly active: number;
  /** How many days were asked for. */
  readonly days: number;
  readonly rowHeight: number;
  /** There is room for two lines a row only. */
  readonly narrow: boolean;
  /** Items of several vaults are shown: each row names its own. */
  readonly several: boolean;
  readonly change: (change: Partial<ItemsChoice>) => void;
  readonly chooseKind: (kind: string) => void;
  /** Shows the jobs of an item. */
  readonly open: (row: ItemRow, byKey: boolean) => void;
  /** Shows the history of an item. */
  readonly look: (row: ItemRow) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly scroll: () => void;
}

export const itemRowHeight = (narrow: boolean) => (narrow ? 68 : 48);

/** As arrange() of the jobs: of the scroller, by the CSSOM. */
export function arrangeItems({ style }: HTMLElement, { answer, first, days, rowHeight }: ItemsHost): void {
  const values = { row: `${rowHeight}px`, height: `${(answer?.total ?? 0) * rowHeight}px`, from: `${first * rowHeight}px`, strip: `${days * pitch}px` };
  for (const [name, value] of Object.entries(values)) if (style.getPropertyValue(`--_${name}`) !== value) style.setProperty(`--_${name}`, value);
}

function limitWords(hours: number, { text, format }: PictureView): string {
  return text.items.limits[String(hours)] ?? format.duration(hours * 3_600_000);
}

/** The sentence that the view is opened for. */
export function itemsSentence({ answer, limit, limits, days }: Pick<ItemsHost, 'answer' | 'limit' | 'limits' | 'days'>, view: PictureView): string {
  const { items } = view.text;
  if (!answer || answer.counted === 0) return '';
  const { overdue, counted, unknown, listed } = answer;
  // Nothing is said of those of which nothing is known.
  if (overdue === 0 && unknown > 0) return items.unknown(unknown);
  if (Object.keys(limits).length > 0) return items.lackingOwn(overdue, counted);
  const hours = limitWords(limit, view);
  return listed ? items.lacking(overdue, counted, hours) : items.seen(overdue, counted, hours, view.format.duration(days * dayLength));
}

export function itemsHeadline(host: ItemsHost, view: PictureView): TemplateResult {
  const { answer } = host;
  const { items } = view.text;
  const sentence = itemsSentence(host, view);
  const state = answer && answer.overdue > 0 ? 'failed' : answer && answer.unknown > 0 ? 'unknown' : 'completed';
  return html`<header class="headline" part="headline">
    ${sentence ? html`<h3 data-state=${state}><span class="mark">${statusIcons[state]}</span><span class="sentence">${sentence}</span></h3>` : html`<h3>${items.title}</h3>`}
    ${answer && answer.overdue > 0 && answer.unknown > 0 ? html`<p class="quiet">${items.unknown(answer.unknown)}</p>` : nothing}
    ${answer && !answer.listed ? html`<p class="quiet">${items.notListed}${answer.problem ? html` ${errorWords(answer.problem.code, view.text)}` : nothing}</p>` : nothing}
  </header>`;
}

/** A kind may have the name of anything. */
const ownLimit = (limits: ItemsChoice['limits'], kind: string): number | undefined => (Object.hasOwn(limits, kind) ? limits[kind] : undefined);

function limitChoice({ limit, limits, limitOf, change }: ItemsHost, view: PictureView): TemplateResult {
  const { items } = view.text;
  const chosen = limitOf === '' ? limit : ownLimit(limits, limitOf);
  const hours = [...new Set([...Object.keys(items.limits).map(Number), ...(chosen === undefined ? [] : [chosen])])].sort((a, b) => a - b);
  const choose = (value: string) => {
    if (limitOf === '') return change({ limit: Number(value) });
    const { [limitOf]: _, ...others } = limits;
    return change({ limits: value ? { ...others, [limitOf]: Number(value) } : others });
  };
  return html`<label class="choice"><span>${items.limit}</span>
    <select part="choice" name="limit" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${limitOf === '' ? nothing : html`<option value="" .selected=${chosen === undefined}>${items.noOwnLimit}</option>`}
      ${hours.map((one) => html`<option value=${one} .selected=${one === chosen}>${limitWords(one, view)}</option>`)}
    </select>
  </label>`;
}

/** What the limit is of, where there is more than one kind of items. */
function kindChoice({ answer, limits, limitOf, chooseKind }: ItemsHost, view: PictureView): TemplateResult | typeof nothing {
  const { items, operation } = view.text;
  const known = answer?.kinds ?? [];
  // A link may bring a limit of a kind that is not here.
  const others = Object.keys(limits).filter((kind) => !known.some((one) => one.kind === kind));
  if (known.length < 2 && others.length === 0) return nothing;
  const option = (kind: string, word: string) => html`<option value=${kind} .selected=${kind === limitOf}>${ownLimit(limits, kind) ? items.ownLimit(word, limitWords(ownLimit(limits, kind) as number, view)) : word}</option>`;
  return html`<label class="choice"><span>${items.limitOf}</span>
    <select part="choice" name="limit-of" @change=${(event: Event) => chooseKind((event.target as HTMLSelectElement).value)}>
      <option value="" .selected=${limitOf === ''}>${items.allItems}</option>
      ${known.map(({ kind, isOperation }) => option(kind, isOperation ? worded(operation, kind) : kindWord(kind, view)))}
      ${others.map((kind) => option(kind, kindWord(kind, view)))}
    </select>
  </label>`;
}

export function itemsBar(host: ItemsHost, view: PictureView): TemplateResult {
  const { search, onlyTrouble, change } = host;
  const { items } = view.text;
  return html`<div class="bar" role="search">
    <label class="search">
      <span class="visually-hidden">${items.search}</span>
      <input type="search" part="search" name="item-search" placeholder=${items.search} spellcheck="false" autocomplete="off" .value=${search} @input=${(event: Event) => change({ search: (event.target as HTMLInputElement).value })} />
      <kbd aria-hidden="true">/</kbd>
    </label>
    ${kindChoice(host, view)} ${limitChoice(host, view)}
    <label class="check">
      <input type="checkbox" part="only-trouble" name="only-trouble" .checked=${onlyTrouble} @change=${(event: Event) => change({ onlyTrouble: (event.target as HTMLInputElement).checked })} />
      <span>${items.onlyTrouble}</span>
    </label>
  </div>`;
}

const todays = new Map<string, string>();

/** "today", or the date of the last of the days. */
function lastDay(from: number, days: number, view: PictureView): string {
  const end = from + days * dayLength;
  const locale = view.text.locale;
  if (Math.abs(serviceNow(view) - end + dayLength / 2) > dayLength) return view.format.date(end - dayLength / 2);
  const today = todays.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'day');
  todays.set(locale, today);
  return today;
}

function head(column: ItemColumn, { daysFrom }: ItemsAnswer, days: number, view: PictureView): TemplateResult {
  const word = view.text.items.column[column];
  if (column !== 'days') return html`<div role="columnheader" class=${column}>${word}</div>`;
  return html`<div role="columnheader" class="days"><span title=${view.format.date(daysFrom + dayLength / 2)}>${word}</span> <span>${lastDay(daysFrom, days, view)}</span></div>`;
}

export function itemsGrid(host: ItemsHost, answer: ItemsAnswer, view: PictureView): TemplateResult {
  const { first, active, days } = host;
  const { rows, total } = answer;
  const isDrawn = active >= first && active < first + rows.length;
  const frame = { daysFrom: answer.daysFrom, several: host.several, mostDays: host.narrow ? 14 : Infinity, look: host.look };
  return html`<div
    class="scroller"
    part="grid"
    role="grid"
    tabindex="0"
    aria-label=${view.text.items.title}
    aria-rowcount=${total + 1}
    aria-colcount=${itemColumns.length}
    aria-activedescendant=${isDrawn ? `item-${active}` : nothing}
    @keydown=${host.key}
    @scroll=${host.scroll}
  >
    <div class="heads" role="rowgroup"><div class="item-row head" role="row" aria-rowindex="1">${itemColumns.map((column) => head(column, answer, days, view))}</div></div>
    <div class="space"><div class="drawn" role="rowgroup">
      ${rows.map((row, index) => {
        const place = first + index;
        return html`<div
          class=${place === active ? 'item-row active' : 'item-row'}
          part="item"
          role="row"
          id=${`item-${place}`}
          aria-rowindex=${place + 2}
          data-item=${itemMark(row)}
          @click=${() => host.open(row, false)}
        >
          ${itemColumns.map((column) => html`<div role="gridcell" class=${column}>${itemCell(column, row, frame, view)}</div>`)}
        </div>`;
      })}
    </div></div>
  </div>`;
}

function emptyItems({ search, onlyTrouble, change }: ItemsHost, { counted, listed }: ItemsAnswer, view: PictureView): TemplateResult {
  const { items, list } = view.text;
  const isFiltered = search !== '' || onlyTrouble;
  return html`<div class="empty" part="empty">
    <p><strong>${isFiltered && counted > 0 ? items.noMatch : listed ? items.empty : list.empty}</strong></p>
    ${isFiltered ? html`<button type="button" class="link" part="clear" @click=${() => change({ search: '', onlyTrouble: false })}>${items.all}</button>` : nothing}
  </div>`;
}

export function itemsPart(host: ItemsHost, view: PictureView): TemplateResult {
  const { answer } = host;
  return html`<section class="item-view" part="items" aria-label=${view.text.items.title} ?data-tight=${host.narrow}>
    ${itemsHeadline(host, view)} ${itemsBar(host, view)}
    ${!answer ? waitingPart(host.stopped, view) : answer.total === 0 ? emptyItems(host, answer, view) : html`${itemsGrid(host, answer, view)}${legendPart(view)}`}
  </section>`;
}
