// Bars: each contender's median with its quartiles, in groups that have a scale each.
import { short } from './table.mjs';

export const escaped = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const colours = { ours: '--ours', ours_alone: '--ours', sdk: '--sdk', by_hand: '--by-hand' };
const bar = 18, gap = 14, left = 76, width = 440, right = 184;

/** `plots`: [{ title, values: [{ id, name, median, low, high, count }] }] → SVG as text. What each is of the first one, ours, is said beside it. */
export function plot({ title, plots, unit }) {
  let y = 0;
  const groups = plots.map(({ title: group, values }) => {
    const most = Math.max(...values.map(({ median, high }) => Math.max(median, high))) || 1;
    const x = (value) => left + (value / most) * width;
    const [ours] = values;
    const head = `<text x="0" y="${(y += 14)}" font-weight="600">${escaped(group)}</text>`;
    y += 8;
    const bars = values.map(({ id, name, median, low, high }) => {
      const middle = y + bar / 2;
      const times = ours.median > 0 && id !== ours.id ? `, ${short(median / ours.median)} × ours` : '';
      const whisker = low < high ? `<path d="M${x(low)} ${middle}H${x(high)}M${x(low)} ${middle - 4}v8M${x(high)} ${middle - 4}v8" style="stroke:var(--ink);fill:none"/>` : '';
      const row = `<text x="${left - 8}" y="${middle + 4}" text-anchor="end">${escaped(name)}</text><rect x="${left}" y="${y + 2}" width="${Math.max(1, x(median) - left)}" height="${bar - 4}" style="fill:var(${colours[id]})"/>${whisker}<text x="${x(Math.max(median, high)) + 8}" y="${middle + 4}">${short(median)} ${unit}${times}</text>`;
      y += bar;
      return row;
    });
    y += gap;
    return head + bars.join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(title)}" viewBox="0 0 ${left + width + right} ${y}" width="${left + width + right}" height="${y}" font-family="system-ui, sans-serif" font-size="12" style="fill:var(--ink)">${groups.join('')}</svg>`;
}
