/** Days of the reader's calendar, where the clocks change. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayStarts, endOfDay } from '../../web/src/engine/days.ts';

process.env['TZ'] = 'Europe/Berlin';
const hour = 3_600_000;
const lengths = (end: number, days: number) => dayStarts(end, days).map((start, index, all) => ((all[index + 1] ?? end) - start) / hour);

test('a day in which the clocks change has 23 or 25 hours, and begins at midnight', () => {
  assert.deepEqual(lengths(endOfDay(new Date(2026, 2, 30, 12).getTime()), 4), [24, 24, 23, 24]);
  assert.deepEqual(lengths(endOfDay(new Date(2026, 9, 26, 12).getTime()), 4), [24, 24, 25, 24]);
  for (const start of dayStarts(endOfDay(new Date(2026, 9, 30, 12).getTime()), 14)) assert.equal(new Date(start).getHours(), 0);
});

test('across months and years they follow one another', () => {
  const starts = dayStarts(endOfDay(new Date(2027, 0, 2, 1).getTime()), 92);
  assert.equal(starts.length, 92);
  assert.equal(new Date(starts.at(-1) as number).getDate(), 2);
  assert.equal(new Date(starts[0] as number).getMonth(), 9);
  assert.ok(starts.every((start, index) => index === 0 || start > (starts[index - 1] as number)));
});
