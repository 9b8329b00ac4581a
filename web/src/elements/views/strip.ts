/** What the last days of an item came to, as one picture: a shape for every outcome, and a path for every shape. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit-html';
import type { Outcome } from '../../engine/picture_boundary.ts';
import { dayLength, type PictureView } from './view.ts';

/** A day's room in the picture's own units; the sheet may make it narrower. Strokes keep their width. */
export const pitch = 20;
const height = 22;
const [top, bottom, width, round] = [1.5, 20.5, 16, 3];

/** As they are told: what is wrong first. */
export const outcomes: readonly Outcome[] = ['failed', 'warned', 'cancelled', 'untold', 'running', 'good', 'absent', 'unread'];

const box = (x: number) =>
  `M${x + round} ${top}h${width - 2 * round}q${round} 0 ${round} ${round}V${bottom - round}q0 ${round}-${round} ${round}h-${width - 2 * round}q-${round} 0-${round}-${round}V${top + round}q0-${round} ${round}-${round}z`;

/** By as much larger as its outline, in the colour of what is behind, takes away. */
const block = (x: number) => `M${x - 0.75} ${top - 0.75}h${width + 1.5}V${bottom + 0.75}h-${width + 1.5}z`;

/** Leave the colours out, and these still differ. */
const shapes: Readonly<Record<Outcome, (x: number) => string>> = {
  good: box,
  // A cross.
  failed: (x) => `${block(x)}M${x + 5} 7.5l6 7M${x + 11} 7.5l-6 7`,
  // Hatched.
  warned: (x) => `${box(x)}M${x} 10L${x + 8} 1.5M${x} 18.5L${x + 16} 1.5M${x + 7} 20.5L${x + 16} 11`,
  // Outlined.
  running: box,
  // Slashed.
  cancelled: (x) => `${box(x)}M${x + 3.5} 16.5l9-11`,
  // Outlined, and struck out.
  untold: (x) => `${box(x)}M${x + 4.5} 11h7`,
  // Dashed.
  absent: box,
  // A dot, where nothing is known.
  unread: (x) => `M${x + width / 2} 11h.01`,
};

function paths(days: readonly Outcome[]): readonly SVGTemplateResult[] {
  return outcomes.flatMap((outcome) => {
    const path = days.map((day, index) => (day === outcome ? shapes[outcome](index * pitch + 2) : '')).join('');
    return path ? [svg`<path class=${outcome} d=${path} />`] : [];
  });
}

/** A day's middle: whatever an hour more or less makes of its ends, it is in that day. */
const dayOf = (from: number, index: number, { format }: PictureView) => format.date(from + (index + 0.5) * dayLength);

const mostDates = 4;
/** So many days that their cells are narrow: strokes are finer. */
const dense = 21;

/** Of which some few are worth their dates. */
const dated: readonly Outcome[] = ['failed', 'warned', 'cancelled', 'untold', 'running'];

/** "14 days: 1 failed (20 Nov 2026), 12 good backup, 1 no backup". */
export function stripWords(days: readonly Outcome[], from: number, view: PictureView): string {
  const { text, format } = view;
  const said = outcomes.flatMap((outcome) => {
    const places = days.flatMap((day, index) => (day === outcome ? [index] : []));
    if (places.length === 0) return [];
    const dates = dated.includes(outcome) && places.length <= mostDates ? ` (${places.map((index) => dayOf(from, index, view)).join('; ')})` : '';
    return [`${format.number(places.length)} ${text.items.outcome[outcome]}${dates}`];
  });
  return `${format.duration(days.length * dayLength)}: ${said.join(', ')}`;
}

/** `from`: when the oldest of the days begins. */
export function stripPart(days: readonly Outcome[], from: number, view: PictureView): TemplateResult | typeof nothing {
  if (days.length === 0) return nothing;
  const { items } = view.text;
  // The picture's title is that of the day under the pointer, so that no day needs a node of its own.
  const point = (event: PointerEvent) => {
    const strip = event.currentTarget as SVGElement;
    const { left, width: wide } = strip.getBoundingClientRect();
    const along = (event.clientX - left) / wide;
    const index = Math.floor((getComputedStyle(strip).direction === 'rtl' ? 1 - along : along) * days.length);
    const day = days[index];
    const title = strip.querySelector('title');
    const words = day ? items.day(dayOf(from, index, view), items.outcome[day]) : '';
    if (title && title.textContent !== words) title.textContent = words;
  };
  return html`<svg class=${days.length > dense ? 'strip dense' : 'strip'} viewBox=${`0 0 ${days.length * pitch} ${height}`} preserveAspectRatio="none" role="img" aria-label=${stripWords(days, from, view)} @pointermove=${point}>${svg`<title></title>`}${paths(days)}</svg>`;
}

/** What the shapes mean. */
export function legendPart({ text: { items } }: PictureView): TemplateResult {
  return html`<ul class="legend" part="legend">
    ${[...outcomes].sort((a, b) => Number(b === 'good') - Number(a === 'good')).map(
      (outcome) => html`<li><svg class="strip" viewBox=${`0 0 ${pitch} ${height}`} aria-hidden="true">${svg`<path class=${outcome} d=${shapes[outcome](2)} />`}</svg>${items.outcome[outcome]}</li>`,
    )}
  </ul>`;
}
