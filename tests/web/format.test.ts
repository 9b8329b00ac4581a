import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFor } from '../../web/src/messages/format.ts';

const format = formatFor('en');
const s = 1000;
const min = 60 * s;
const h = 60 * min;

test('durations show their two largest units', () => {
  const cases: [number, string][] = [
    [0, '0 sec'],
    [999, '0 sec'],
    [45 * s, '45 sec'],
    [59.999 * s, '59 sec'],
    [min, '1 min'],
    [20 * min + 23.0896697 * s, '20 min 23 sec'],
    [h, '1 hr'],
    [h + 2 * min + 3 * s, '1 hr 2 min'],
    [25 * h, '1 day 1 hr'],
    [48 * h + 5 * min, '2 days'],
    [-69.9 * s, '−1 min 9 sec'],
  ];
  for (const [ms, text] of cases) assert.equal(format.duration(ms), text);
});

test('relative times round towards now', () => {
  assert.equal(format.relative(-12 * s), '12 sec. ago');
  assert.equal(format.relative(-119 * s), '1 min. ago');
  assert.equal(format.relative(18.9 * s), 'in 18 sec.');
  assert.equal(format.relative(-3 * h), '3 hr. ago');
});
