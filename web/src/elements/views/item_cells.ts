/** What stands in the columns of an item's row. */
import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { JobState } from '../../engine/boundary.ts';
import type { ItemRow, ItemState } from '../../engine/picture_boundary.ts';
import { statusIcons } from '../icons.ts';
import { cell } from '../jobs/cells.ts';
import { worded } from '../view.ts';
import { stripPart } from './strip.ts';
import { agoPart, dayLength, type PictureView } from './view.ts';

/** Of the whole answer, what a row needs. */
export interface ItemsFrame {
  readonly daysFrom: number;
  /** Items of several vaults are shown. */
  readonly several: boolean;
  /** The most days that there is room for; of more, the last. */
  readonly mostDays: number;
  /** Shows the item's history. */
  readonly look: (row: ItemRow) => void;
}

export const itemColumns = ['item', 'days', 'success', 'duration', 'state'] as const;
export type ItemColumn = (typeof itemColumns)[number];

export function kindWord(kind: string, { text }: PictureView): string {
  return worded(Object.hasOwn(text.workloadType, kind) ? text.workloadType : text.managementType, kind);
}

export function kindOf({ workloadType, managementType }: ItemRow, view: PictureView): string {
  return kindWord(Object.hasOwn(view.text.workloadType, workloadType) || !managementType ? workloadType : managementType, view);
}

function name(row: ItemRow, { several }: ItemsFrame, view: PictureView): TemplateResult {
  const { items } = view.text;
  const rest = [row.place, several ? row.vault.name : ''].filter(Boolean);
  return html`<bdi class="name" title=${items.showJobs(row.name)}>${row.name}</bdi>
    <small title=${row.policy ? items.policy(row.policy) : nothing}>${kindOf(row, view)}${rest.map((word) => html` · <bdi>${word}</bdi>`)}</small>`;
}

/** For pointers; keys act on the row. */
function days(row: ItemRow, { daysFrom, mostDays, look }: ItemsFrame, view: PictureView): TemplateResult {
  const open = (event: Event) => {
    event.stopPropagation();
    look(row);
  };
  return html`<button type="button" class="look" part="look" tabindex="-1" @click=${open}>
    <span class="visually-hidden">${view.text.items.showHistory(row.name)}</span>${stripPart(row.days.slice(-mostDays), daysFrom + Math.max(row.days.length - mostDays, 0) * dayLength, view)}
  </button>`;
}

function success({ lastGood, state }: ItemRow, view: PictureView): TemplateResult | string {
  const { items } = view.text;
  if (lastGood !== null) return html`<span class="age" data-overdue=${state === 'overdue' ? '' : nothing}>${agoPart(lastGood, view)}</span>`;
  if (state === 'overdue') return html`<span class="age" data-overdue>${items.never}</span>`;
  return state === 'unread' ? html`<small class="unread">${items.unknownAge}</small>` : state === 'unjudged' ? '' : html`<small>${items.never}</small>`;
}

/** The last run beside the range of most; a bare line where there is nothing to compare, so that words stay below words. */
function spread(duration: number, usual: ItemRow['usual'], isStrayed: boolean): TemplateResult {
  const longest = Math.max(duration, usual?.high ?? 0) * 1.08 || 1;
  const at = (ms: number) => `${((ms / longest) * 100).toFixed(1)}%`;
  const marks = usual && svg`<rect x=${at(usual.low)} y="2" width=${at(Math.max(usual.high - usual.low, longest / 24))} height="6" rx="2" class="usual" /><rect x=${at(duration)} width="2.5" height="10" rx="1" class="last" />`;
  return html`<svg class="spread" data-strayed=${isStrayed ? '' : nothing} width="48" height="10" aria-hidden="true">${svg`<rect y="4" width="100%" height="2" rx="1" class="whole" />`}${marks}</svg>`;
}

/** How far from usual is worth a word. */
const [far, little] = [1.5, 0.5];

function took(row: ItemRow, view: PictureView): TemplateResult | string {
  const { running, last, usual, strayed } = row;
  const { text, format } = view;
  const usually = usual ? text.items.usually(format.range(usual.low, usual.high)) : '';
  if (running) {
    const known = running.forecast && running.told && running.forecast.high > view.now - running.saidAt;
    return html`${cell('duration', running, view)}${known ? nothing : html`${spread(0, null, false)}${usually ? html`<small class="usually">${usually}</small>` : nothing}`}`;
  }
  if (!last || last.duration === null) return usual ? html`<small>${usually}</small>` : '';
  const isStrayed = strayed !== null && (strayed >= far || strayed <= little);
  const times = isStrayed ? format.number(Math.round(strayed * 10) / 10 || Math.round(strayed * 1000) / 1000) : '';
  const stray = !isStrayed ? '' : strayed > 1 ? text.items.longer(times) : text.items.shorter(times);
  return html`${spread(last.duration, usual, isStrayed)}<span title=${usually || nothing}>${format.duration(last.duration)}</span
    >${stray ? html`<span class="stray" title=${stray}><span class="visually-hidden">${stray}</span><span aria-hidden="true">×${times}</span></span>` : nothing}${usual ? html`<small class="usually">${usually}</small>` : nothing}`;
}

const icons: Readonly<Record<ItemState, JobState>> = { overdue: 'failed', fine: 'completed', unread: 'not-started', unjudged: 'unknown', deleted: 'cancelled', gone: 'cancelled' };
const plainProtection: readonly string[] = ['', 'Protected', 'ProtectionConfigured'];

interface Standing {
  readonly icon: JobState;
  readonly word: string;
  /** What else is worth a line, and the service's code of it. */
  readonly more: string;
  readonly code?: string;
}

function standingOf(row: ItemRow, view: PictureView): Standing {
  const { state, last } = row;
  const { text, format } = view;
  const { items, list } = text;
  // What the service tells of no more is not said to run.
  const running = row.running?.told ? row.running : null;
  const lost = row.running && !running ? list.notTold : '';
  const lacks = row.lacking ? items.lacksSort(worded(text.operation, row.lacking)) : '';
  const protection = plainProtection.includes(row.protection) ? '' : worded(items.protectionState, row.protection);
  const ended = last && (last.outcome === 'failed' || last.outcome === 'warned' || last.outcome === 'cancelled') ? last : null;
  const more = row.candidates > 1 ? { more: items.ambiguous(row.candidates) } : lost ? { more: lost } : ended ? { more: items.outcome[ended.outcome], code: ended.error } : { more: protection };
  switch (state) {
    case 'deleted':
      return { icon: icons.deleted, word: items.softDeleted(row.deletedUntil === null ? '' : format.date(row.deletedUntil)), more: '' };
    case 'gone':
      return { icon: icons.gone, word: items.gone, more: '' };
    case 'unjudged':
      return { icon: icons.unjudged, word: row.candidates > 1 ? items.ambiguous(row.candidates) : items.noPlan, more: '' };
    case 'overdue':
      return { icon: icons.overdue, word: items.overdue, ...(running ? { more: items.running } : lacks ? { more: lacks } : more) };
    case 'unread':
      return { icon: running ? 'in-progress' : icons.unread, word: running ? items.running : items.outcome.unread, ...more };
    case 'fine':
      if (running) return { icon: 'in-progress', word: items.running, ...more };
      if (protection && row.candidates === 1) return { icon: row.protection === 'IRPending' ? 'not-started' : 'completed-with-warnings', word: protection, ...(ended ? more : { more: '' }) };
      return { icon: icons.fine, word: items.fine, ...more };
  }
}

function standing(row: ItemRow, view: PictureView): TemplateResult {
  const { icon, word, more, code } = standingOf(row, view);
  const second = html`<small title=${[more, code].filter(Boolean).join(' · ')}>${more}${code ? html`<span class="code" lang=""> · <bdi>${code}</bdi></span>` : nothing}</small>`;
  return html`<span class="mark" data-state=${icon}>${statusIcons[icon]}</span
    ><span class=${more ? 'words' : 'words alone'}><span class="word" title=${word}>${word}</span>${more ? second : nothing}</span>`;
}

export function itemCell(column: ItemColumn, row: ItemRow, frame: ItemsFrame, view: PictureView): TemplateResult | string | typeof nothing {
  switch (column) {
    case 'item':
      return name(row, frame, view);
    case 'days':
      return days(row, frame, view);
    case 'success':
      return success(row, view);
    case 'duration':
      return took(row, view);
    case 'state':
      return standing(row, view);
  }
}

/** For the row's own look. */
export const itemMark = (row: ItemRow): JobState => icons[row.state];
