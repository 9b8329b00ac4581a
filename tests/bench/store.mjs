// `npm run bench -- store`: rows 3, 7 and 8 of the targets, natively and in Chromium, with plain JavaScript beside them.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build_bench } from '../../web/tools/build.mjs';
import { serve_page } from '../../web/tools/serve.mjs';
import { root, setup } from '../../web/tools/setup.mjs';
import { build_fast, capture } from '../native.mjs';
import { launch } from './page.mjs';
import { measure_plain } from './plain.mjs';
import { folder } from './report.mjs';
import { said as spread_of, short } from './table.mjs';

const lines_of = (text) => text.trim().split('\n').map((line) => JSON.parse(line));

/** The same program and the same JavaScript, in the browser. */
async function in_chromium() {
  const built = build_bench('bench_store');
  for (const file of ['bench_store.js', 'bench_store.wasm']) copyFileSync(join(built, file), join(folder, file));
  const { build: bundle } = await import('esbuild');
  await bundle({ entryPoints: [join(root, 'tests', 'bench', 'plain.mjs')], outfile: join(folder, 'plain.js'), bundle: true, format: 'esm', platform: 'browser', logLevel: 'warning' });
  const site = await serve_page({ port: 4480, folder, config: { endpoint: 'http://127.0.0.1:9' }, extra: { '/index.html': '<!doctype html><title>bench</title>' } });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const text = await page.evaluate(async () => {
      const lines = [];
      const { default: create } = await import('/bench_store.js');
      await create({ print: (line) => lines.push(line) });
      return lines.join('\n');
    });
    const plain = await page.evaluate(async () => {
      const { measure_plain: measure } = await import('/plain.js');
      return measure(new Uint8Array(await (await fetch('/list.json')).arrayBuffer()));
    });
    return { results: lines_of(text), plain, version: browser.version() };
  } finally {
    await browser.close();
    await site.close();
  }
}

function verdicts_of(where, results, plain) {
  const ours = (what) => results.find((result) => result.what === what);
  const again = ours('list of 10,000 again, 1 % changed').median, json_and_map = plain['list of 10,000 again, 1 % changed'].median;
  const slowest = results.filter(({ what }) => /sort|search|failed|newest/.test(what)).sort((a, b) => b.median - a.median)[0];
  const { bytes } = ours('bytes a job');
  return [
    { row: '3', figure: `a list of 10,000 again with 1 % changed, ${where}`, measured: `${short(again)} ms, ${(again / json_and_map).toFixed(2)} × await r.json() + map`, target: '≤ 0.25 ×', met: again <= json_and_map / 4 },
    { row: '7', figure: `the slowest query over 100,000 jobs, "${slowest.what}", ${where}`, measured: `${short(slowest.median)} ms`, target: '≤ 16 ms', met: slowest.median <= 16 },
    { row: '8', figure: `bytes a job, ${where}`, measured: String(bytes), target: '≤ 256', met: bytes <= 256 },
  ];
}

/** → { sections, verdicts } */
export async function store({ show }) {
  setup('build', 'native', 'chromium');
  const failed = (text) => ({ sections: [], verdicts: [{ row: '3', figure: text, measured: 'nothing', target: 'to be measured', met: false }] });
  const { programs, said } = build_fast(['bench_store']);
  if (!programs) return failed(said);
  mkdirSync(folder, { recursive: true });
  const { ok, text } = capture(join(programs, 'bench_store'), [folder]);
  if (!ok) return failed(text);
  const native = lines_of(text);
  const bytes = readFileSync(join(folder, 'list.json'));
  const node = await measure_plain(bytes);
  const browser = await in_chromium();

  const cell = (value) => (value === undefined ? '' : spread_of(value));
  const plots = browser.results.filter(({ what }) => browser.plain[what]).map((result) => ({ title: `${result.what}, in Chromium`, values: [{ id: 'ours', name: 'ours', ...result }, { id: 'by_hand', name: 'JavaScript', ...browser.plain[result.what] }] }));
  const section = {
    title: 'The store', plots, unit: 'ms', head: ['what (ms)', 'rows', 'natively', 'JavaScript in Node', 'in Chromium', 'JavaScript in Chromium'],
    rows: native.filter(({ median }) => median !== undefined).map((result) => [result.what, result.count, cell(result), cell(node[result.what]), cell(browser.results.find(({ what }) => what === result.what)), cell(browser.plain[result.what])]),
    note: `The list has ${(bytes.length / 1e6).toFixed(1)} MB; JavaScript reads it by await r.json() + map. In Chromium text + JSON.parse + map take ${spread_of(browser.plain['text + JSON.parse + map'])} ms.`,
  };
  show(section);
  return { sections: [section], verdicts: [...verdicts_of('natively', native, node), ...verdicts_of('in Chromium', browser.results, browser.plain)], about: `Chromium ${browser.version}` };
}
