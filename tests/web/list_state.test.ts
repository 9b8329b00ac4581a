import assert from 'node:assert/strict';
import { test } from 'node:test';
import { destination, span } from '../../web/src/elements/jobs/span.ts';
import { formatFilter, isFiltered, noFilter, parseFilter, queryOf } from '../../web/src/elements/jobs/list_state.ts';
import { formatFor } from '../../web/src/messages/format.ts';

test('what a link says is what it was made of', () => {
  for (const state of [
    noFilter,
    { ...noFilter, counters: ['failed', 'other'] as const, search: 'a&b=c #1', days: '7', sort: 'duration' as const, ascending: false, group: 'error' as const, job: '/subscriptions/s/x', operation: 'Backup (Full)', item: 'vm "1"', vault: '/v' },
    { ...noFilter, sort: 'status' as const, ascending: false },
  ]) {
    assert.deepEqual(parseFilter(formatFilter(state)), state);
  }
  assert.equal(formatFilter(noFilter), '');
});

test('anything may stand in a link', () => {
  for (const text of ['status=nonsense,failed&sort=-nothing&group=__proto__&days=1e9', 'days=-1&sort=--start&job', '%', '=&=&', 'sort=constructor']) {
    const state = parseFilter(text);
    assert.ok(['status', 'start'].includes(state.sort), text);
    assert.equal(state.days, '', text);
    assert.equal(state.group, '', text);
    assert.deepEqual(parseFilter(formatFilter(state)), state, text);
  }
  assert.deepEqual(parseFilter('status=nonsense,failed').counters, ['failed']);
});

test('a filter becomes a question', () => {
  const query = queryOf({ ...noFilter, counters: ['running', 'failed'], days: '2' }, 10 * 86_400_000);
  assert.deepEqual(query.states, ['in-progress', 'cancelling', 'not-started', 'failed']);
  assert.equal(query.from, 8 * 86_400_000);
  assert.equal('group' in query, false);
  assert.equal(isFiltered(noFilter), false);
  assert.equal(isFiltered({ ...noFilter, job: 'x', group: 'item' }), false);
  assert.equal(isFiltered({ ...noFilter, error: '1' }), true);
});

test('the rows on screen are arithmetic, and keys stay within them', () => {
  assert.deepEqual(span(0, 400, 40), { first: 0, count: 22 });
  assert.deepEqual(span(40_000, 400, 40), { first: 994, count: 22 });
  assert.equal(destination('ArrowDown', -1, 10, 5), 0);
  assert.equal(destination('ArrowDown', 9, 10, 5), 9);
  assert.equal(destination('PageUp', 3, 10, 5), 0);
  assert.equal(destination('End', 0, 10, 5), 9);
  assert.equal(destination('End', 0, 0, 5), undefined);
  assert.equal(destination('x', 0, 10, 5), undefined);
});

test('a range is coarse, and never narrower than it is', () => {
  const { range } = formatFor('en');
  assert.match(range(30_000, 119_000), /^30\D+119 sec/);
  assert.match(range(610_000, 1_441_000), /^10\D+25 min/);
  assert.match(range(3_700_000, 20_000_000), /^1\D+6 hr/);
});
