// The lists of the browser bench: first rows, cold lists, refreshes, and everything through Resource Graph; the contenders take turns within each repetition.
import { contenders } from './contenders.mjs';
import { first_rows, measure } from './page.mjs';
import { of, ratio } from './statistics.mjs';
import { said, short } from './table.mjs';
import { vault_of_many } from './vault_of_many.mjs';

/** Records by contender: A B C A B C …, so that what else the machine does meets all alike. `among`: who takes part. */
async function in_turns(times, run, among = contenders) {
  const records = Object.fromEntries(among.map(({ id }) => [id, []]));
  for (let i = 0; i < times; ++i) for (const { id } of among) records[id].push(await run(id));
  return records;
}

const times_ours = (records, field, id) => `${short(ratio(of(records.ours, field), of(records[id], field)))} × ${contenders.find((one) => one.id === id).name}`;

/** What a table says of one contender's records, and a plot's bars. */
const cells = (records, fields) => fields.map(([field, scale = 1]) => said(of(records, field), scale));
/** A table's rows, one a contender; the last cell: ours of `main` against it. Who does not take part cannot. */
const table_rows = (what, records, fields, main, among = contenders) => among.map(({ id, name }) => (records[id]
  ? [what, name, ...cells(records[id], fields), id.startsWith('ours') ? '' : `${short(ratio(of(records.ours, main), of(records[id], main)))} ×`]
  : [what, name, 'cannot', ...fields.map(() => '')]));
const bars = (title, records, field, among = contenders) => ({ title, values: among.filter(({ id }) => records[id]).map(({ id, name }) => ({ id, name, ...of(records[id], field) })) });

/** Row 2b. */
export async function first_screen(browser, files, { quick }) {
  const arm = await vault_of_many({ count: 200, days: 0.9, running: 8 });
  const rows = [], verdicts = [], plots = [], loaded = {};
  for (const slowed of [1, 4]) {
    const records = await in_turns(quick ? 3 : 11, (id) => first_rows(browser, { arm, files, id, slowed }));
    rows.push(...table_rows(`CPU ${slowed} ×`, records, [['row'], ['rows'], ['main'], ['asked'], ['preflights']], 'rows'));
    for (const { id } of contenders) loaded[id] = records[id].at(-1).loaded;
    const ours = of(records.ours, 'rows');
    for (const [id, most] of [['sdk', 1], ['by_hand', 1.25]]) {
      const times = ratio(ours, of(records[id], 'rows'));
      verdicts.push({ row: '2b', figure: `fifty rows in the DOM, CPU ${slowed} ×, against ${id === 'sdk' ? "the SDK's page" : 'a page by hand'}`, measured: `${short(ours.median)} ms, ${short(times)} ×`, target: `≤ ${most} ×`, met: times <= most });
    }
    plots.push(bars(`first row, CPU ${slowed} ×`, records, 'row'), bars(`fifty rows, CPU ${slowed} ×`, records, 'rows'));
  }
  await arm.close();
  const section = {
    title: 'First rows, cold: a list of 200 jobs, no latency', head: ['', 'who', 'first row ms', 'fifty rows ms', 'main thread ms', 'requests', 'preflights', 'ours: fifty rows'], rows, plots, unit: 'ms',
    note: 'From the beginning of the navigation, scripts and WebAssembly included; the browser has none of them, and nothing is compressed on the way. The SDK and the page by hand fill a plain table. The main thread, requests and preflights are those until the fiftieth row was seen to be there: our element reads on.',
  };
  return { section, verdicts, loaded };
}

const list_fields = [['first'], ['all'], ['main'], ['longest'], ['many'], ['heap', 1e-6], ['wasm', 1e-6], ['asked'], ['preflights'], ['bytes', 1e-6]];
const list_head = ['first rows ms', 'all ms', 'main thread ms', 'longest task ms', 'tasks of 50 ms', 'heap MB', 'WASM MB', 'requests', 'preflights', 'MB answered', 'ours: all'];

const ours_alone = { id: 'ours_alone', name: 'ours, lists' };

/** Row 4, and lists of other lengths and latencies. */
export async function cold_lists(browser, files, { quick }) {
  const rows = [], plots = [], verdicts = [];
  const among = [contenders[0], ours_alone, ...contenders.slice(1)];
  for (const count of [1_000, 10_000]) {
    for (const latency of [0, 100, 300]) {
      // Fifty pages one after another, each with a preflight of 300 ms.
      if (quick && count === 10_000 && latency === 300) continue;
      const arm = await vault_of_many({ count, latency }), without_graph = await vault_of_many({ count, latency, graph: false });
      const times = quick ? 1 : latency === 300 ? 3 : 5;
      const records = await in_turns(times, (id) => measure(browser, id === ours_alone.id ? { arm: without_graph, files, id: 'ours', count } : { arm, files, id, count }), among);
      await arm.close();
      await without_graph.close();
      check(records, ({ total }) => total === count, `${count} jobs`);
      const what = `${count.toLocaleString('en')} jobs, ${latency} ms`;
      rows.push(...table_rows(what, records, list_fields, 'all', among));
      plots.push(bars(what, records, 'all', among));
      if (count === 10_000 && latency === 100) verdicts.push(...row_4(records));
    }
  }
  const section = {
    title: 'Cold list of a vault', head: ['', 'who', ...list_head], rows, plots, unit: 'ms',
    note: `Scripts are loaded before; nobody is refused anything, but ours keeps below Resource Graph's quota of itself. The first page of ours comes from the vault's list, the rest from Resource Graph, a thousand a page, which the peers do not do for a vault; "ours, lists" is ours where Resource Graph may not be asked. Memory after collection, above an empty page's, scripts included; WebAssembly's memory is beside it, and only grows.${quick ? ' Not measured with --quick: 10,000 jobs at 300 ms.' : ''}`,
  };
  return { section, verdicts };
}

function row_4(records) {
  const ours = of(records.ours, 'all'), times = ratio(ours, of(records.sdk, 'all'));
  const wire = (id) => Math.max(...records[id].map(({ asked, preflights }) => asked + preflights));
  const answers = Math.max(...records.ours.map(({ answers_until_first }) => answers_until_first));
  const first = of(records.ours, 'first').median, by_hand = of(records.by_hand, 'first').median;
  return [
    { row: '4', figure: 'a cold list of 10,000 at 100 ms', measured: `${short(ours.median)} ms, ${times_ours(records, 'all', 'sdk')}, ${times_ours(records, 'all', 'by_hand')}`, target: '≤ 0.25 × SDK', met: times <= 0.25 },
    { row: '4', figure: 'requests with preflights', measured: `${wire('ours')}, the SDK's ${wire('sdk')}`, target: "≤ the SDK's", met: wire('ours') <= wire('sdk') },
    { row: '4', figure: `first rows, after ${short(first)} ms, by hand ${short(by_hand)} ms`, measured: `${answers} list answer${answers === 1 ? '' : 's'}`, target: '1', met: answers === 1 },
  ];
}

function check(records, holds, what) {
  for (const [id, some] of Object.entries(records)) for (const record of some) if (!holds(record)) throw new Error(`${id} has not got ${what}: ${JSON.stringify(record)}`);
}

/** What it costs to be up to date again. */
export async function refreshes(browser, files, { quick }) {
  const rows = [], plots = [];
  for (const { count, running, what, shares } of [
    { count: 1_000, running: 1_000, what: '1,000 jobs, all of which run', shares: [0, 0.01, 1] },
    { count: 10_000, running: 100, what: '10,000 jobs of two weeks, 1 % of which run', shares: [0, 0.01] },
  ]) {
    const arm = await vault_of_many({ count, running });
    for (const share of shares) {
      if (quick && share === 0 && count > 1_000) continue;
      const end_some = Math.round(count * share);
      const records = await in_turns(quick ? 1 : count > 1_000 ? 3 : 5, (id) => measure(browser, { arm, files, id, does: 'refresh', count, end_some, latency: 100 }));
      check(records, ({ changed }) => changed === end_some, `${end_some} ends`);
      const name_of = `${what}; ${share * 100} % changed`;
      rows.push(...table_rows(name_of, records, [['all'], ['main'], ['longest'], ['asked'], ['preflights'], ['bytes', 1e-6]], 'main'));
      plots.push(bars(`${name_of}: main thread`, records, 'main'));
    }
    await arm.close();
  }
  const section = {
    title: 'Refresh, at 100 ms', head: ['', 'who', 'up to date ms', 'main thread ms', 'longest task ms', 'requests', 'preflights', 'MB answered', 'ours: main thread'], rows, plots, unit: 'ms',
    note: 'The SDK and the page by hand read the whole list again. Changed are jobs that have ended meanwhile: of a list of two weeks no more than those that ran.',
  };
  return { section, verdicts: [] };
}

/** All jobs of all vaults. */
export async function through_graph(browser, files, { quick }) {
  const count = quick ? 20_000 : 100_000;
  const among = contenders.filter(({ id }) => id !== 'sdk');
  const rows = [], plots = [];
  for (const { latency, quota, times } of quick ? [{ latency: 0, quota: false, times: 1 }] : [{ latency: 0, quota: false, times: 2 }, { latency: 100, quota: true, times: 2 }]) {
    const arm = await vault_of_many({ count, latency, quota });
    const records = await in_turns(times, (id) => measure(browser, { arm, files, id, count, fleet: true }), among);
    await arm.close();
    check(records, ({ total }) => total === count, `${count} jobs`);
    const what = `${latency} ms${quota ? ', with the quota' : ''}`;
    rows.push(...table_rows(what, records, list_fields, 'all'));
    plots.push(bars(`all, ${what}`, records, 'all'), bars(`main thread, ${what}`, records, 'main'));
  }
  const section = {
    title: `${count.toLocaleString('en')} jobs through Resource Graph's pages`, head: ['', 'who', ...list_head], rows, plots, unit: 'ms',
    note: `A thousand jobs a page, each page's token in the page before. The SDK of this package does not ask Resource Graph. Azure takes 15 questions in 5 s of a user: ours keeps below that of itself, whether the service insists or not; the page by hand asks as fast as it can, and waits 5 s where it is refused.${quick ? ' With --quick not the 100,000, and without the quota.' : ''}`,
  };
  return { section, verdicts: [] };
}
