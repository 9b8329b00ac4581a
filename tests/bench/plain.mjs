// The same work in plain JavaScript, as a page written by hand does it; runs in Node and in browsers.

import { spread } from './statistics.mjs';

const times = (count, run) => spread(Array.from({ length: count }, () => {
  const begin = performance.now();
  run();
  return performance.now() - begin;
}));

const rows_of = (page) => page.value.map(({ id, name, properties: p }) => ({
  id, name, item: p.entityFriendlyName, operation: p.operation, status: p.status, start: new Date(p.startTime), duration: p.duration, error: p.errorDetails?.[0]?.errorString,
}));

/** Spreads of milliseconds, by what was done with the list; `bytes`: a page of 10,000 jobs. */
export async function measure_plain(bytes) {
  const taken = [];
  for (let i = 0; i < 15; ++i) {
    const response = new Response(bytes);
    const begin = performance.now();
    rows_of(await response.json());
    taken.push(performance.now() - begin);
  }
  const source = new TextDecoder().decode(bytes);
  const page = rows_of(JSON.parse(source));
  const plain = Array.from({ length: 100_000 }, (_, i) => ({ ...page[i % page.length], name: `${i}` }));
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const by = (key) => (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
  const found = (needle) => ({ item, id, error }) => `${item} ${id} ${error ?? ''}`.toLowerCase().includes(needle);
  return {
    'list of 10,000 again, 1 % changed': spread(taken),
    'text + JSON.parse + map': times(15, () => rows_of(JSON.parse(source))),
    'sort by item': times(3, () => [...plain].sort((a, b) => collator.compare(a.item, b.item))),
    'sort by duration': times(3, () => [...plain].sort(by(({ duration }) => duration))),
    'sort by status': times(3, () => [...plain].sort(by(({ status }) => status))),
    'failed': times(5, () => plain.filter(({ status }) => status === 'Failed')),
    'search v': times(5, () => plain.filter(found('v'))),
    'search e': times(5, () => plain.filter(found('e'))),
    'search absent': times(5, () => plain.filter(found('no such thing'))),
    'group by item': times(5, () => {
      const groups = new Map();
      for (const { item } of plain) groups.set(item, (groups.get(item) ?? 0) + 1);
      return [...groups].sort((a, b) => b[1] - a[1] || collator.compare(a[0], b[0]));
    }),
  };
}
