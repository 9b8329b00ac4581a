// `npm run bench -- store`: rows 3, 7 and 8 of the targets, natively and in Chromium, with plain JavaScript beside them.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build_bench } from '../../web/tools/build.mjs';
import { serve_page } from '../../web/tools/serve.mjs';
import { root, setup } from '../../web/tools/setup.mjs';
import { build_fast, capture } from '../native.mjs';
import { measure_plain } from './plain.mjs';
import { short, table } from './table.mjs';

const folder = join(root, 'build', 'bench');
const lines_of = (text) => text.trim().split('\n').map((line) => JSON.parse(line));

/** The same program and the same JavaScript, in the browser. */
async function in_chromium() {
  const built = build_bench('bench_store');
  for (const file of ['bench_store.js', 'bench_store.wasm']) copyFileSync(join(built, file), join(folder, file));
  copyFileSync(join(root, 'tests', 'bench', 'plain.mjs'), join(folder, 'plain.js'));
  const site = await serve_page({ port: 4480, folder, config: { endpoint: 'http://127.0.0.1:9' }, extra: { '/index.html': '<!doctype html><title>bench</title>' } });
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
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
  const again = ours('list of 10,000 again, 1 % changed').ms, json_and_map = plain['list of 10,000 again, 1 % changed'];
  const slowest = results.filter(({ what }) => /sort|search|failed|newest/.test(what)).sort((a, b) => b.ms - a.ms)[0];
  const { bytes } = ours('bytes a job');
  return [
    { name: `row 3, ${where}: a list of 10,000 again with 1 % changed: ${short(again)} ms, ${(again / json_and_map).toFixed(2)} of await r.json() + map (≤ 0.25)`, met: again <= json_and_map / 4 },
    { name: `row 7, ${where}: the slowest query over 100,000 jobs, "${slowest.what}": ${short(slowest.ms)} ms (≤ 16)`, met: slowest.ms <= 16 },
    { name: `row 8, ${where}: ${bytes} bytes a job (≤ 256)`, met: bytes <= 256 },
  ];
}

export async function store() {
  setup('build', 'native', 'chromium');
  const { programs, said } = build_fast(['bench_store']);
  if (!programs) return [{ name: said, met: false }];
  mkdirSync(folder, { recursive: true });
  const { ok, text } = capture(join(programs, 'bench_store'), [folder]);
  if (!ok) return [{ name: text, met: false }];
  const native = lines_of(text);
  const bytes = readFileSync(join(folder, 'list.json'));
  const node = await measure_plain(bytes);
  const browser = await in_chromium();

  const cell = (value) => (value === undefined ? '' : short(value));
  table(['what (ms)', 'rows', 'natively', 'JavaScript in Node', 'in Chromium', 'JavaScript in Chromium'],
    native.filter(({ ms }) => ms !== undefined).map(({ what, ms, count }) => [what, count, cell(ms), cell(node[what]), cell(browser.results.find((result) => result.what === what)?.ms), cell(browser.plain[what])]));
  console.log(`\n${(bytes.length / 1e6).toFixed(1)} MB, Chromium ${browser.version}: await r.json() + map ${short(browser.plain['list of 10,000 again, 1 % changed'])} ms, text + JSON.parse + map ${short(browser.plain['text + JSON.parse + map'])} ms\n`);
  return [...verdicts_of('natively', native, node), ...verdicts_of('in Chromium', browser.results, browser.plain)];
}
