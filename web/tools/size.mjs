// What the page loads, in bytes over the wire, against rows 1 and 2 of the targets, and what grew since sizes.json was written. `npm run size` fails where a budget is broken;
// `npm run size -- --accept` writes sizes.json anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build_wasm, entries, page_files, page_source } from './build.mjs';
import { root, setup } from './setup.mjs';

const budgets = { headless: 55_000, job: 90_000, lists: 90_000 };

const measured = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
});
const sum = (a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli });

/** What an entry loads, minified as a portal's bundler would: with it, and `later`: when a job is opened, a file is saved, ends are to be told. */
async function script(module_dir, source) {
  const { bundle } = await import('./bundle.mjs');
  const files = await bundle({ entries: { entry: source }, module_dir });
  const at_once = new Set(['entry.js']);
  for (const name of at_once) for (const imported of files.find(({ file }) => file === name).imports) at_once.add(imported);
  const total = (some) => some.map(({ code }) => measured(Buffer.from(code))).reduce(sum, { raw: 0, gzip: 0, brotli: 0 });
  // Nobody reads two languages: of the catalogues beside English the longest counts.
  const is_catalogue = ({ of }) => /\/messages\/(?!en)\w+\.ts$/.test(of) && !/\/(index|format|keys)\.ts$/.test(of);
  const [longest] = files.filter(is_catalogue).sort((a, b) => measured(Buffer.from(b.code)).brotli - measured(Buffer.from(a.code)).brotli);
  const later = files.filter((file) => !at_once.has(file.file) && (!is_catalogue(file) || file === longest));
  const first = files.filter(({ file }) => at_once.has(file));
  return { first: total(first), later: total(later), sources: Object.assign({}, ...first.map(({ sources }) => sources)) };
}

export async function sizes() {
  const module_dir = build_wasm();
  const wasm = (module) => measured(readFileSync(join(module_dir, `${module}.wasm`)));
  const { first: headless, sources: headless_sources } = await script(module_dir, entries.index);
  const job = await script(module_dir, entries['register-job']);
  const { first: elements, later, sources: element_sources } = await script(module_dir, entries['register-jobs']);
  const { first: page_script } = await script(module_dir, page_source);
  const page = page_files.map((file) => measured(readFileSync(join(root, 'web', file)))).reduce(sum, sum(page_script, wasm('pictures')));
  const parts = { 'engine.wasm': wasm('engine'), 'headless script': headless, 'job element, script': sum(job.first, job.later), 'lists.wasm': wasm('lists'), 'elements, script': elements, 'elements, what an open job adds': later };
  return { headless: sum(headless, wasm('engine')), job: sum(sum(job.first, job.later), wasm('engine')), lists: sum(elements, wasm('lists')), page, parts, sources: { ...headless_sources, ...element_sources } };
}

const accepted_path = join(root, 'web', 'tools', 'sizes.json');
const brotli_of = (parts) => Object.fromEntries(Object.entries(parts).map(([name, { brotli }]) => [name, brotli]));
/** Emscripten writes its scripts anew for each module, of names that mean nothing: they count with the module. */
const own = (sources) => Object.fromEntries(Object.entries(sources).filter(([path]) => /^(web|node_modules)\//.test(path)).sort());

/** What is larger or smaller than before, the largest difference first. */
function differences(now, before) {
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  return names.map((name) => ({ name, by: (now[name] ?? 0) - (before[name] ?? 0) })).filter(({ by }) => by !== 0).sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
}

function report_growth({ parts, sources }) {
  const before = JSON.parse(readFileSync(accepted_path, 'utf8'));
  const grown = differences(brotli_of(parts), before.parts);
  if (grown.length === 0) return;
  const said = (some) => some.map(({ name, by }) => `  ${by > 0 ? '+' : ''}${by}  ${name}`).join('\n');
  console.log(`since sizes.json was written (brotli):\n${said(grown)}`);
  const of_sources = differences(own(sources), before.sources).slice(0, 12);
  if (of_sources.length) console.log(`sources of what is loaded at once (bytes before minifying):\n${said(of_sources)}`);
}

/** Prints the table; true where every budget holds. */
export async function report_sizes({ accept = false } = {}) {
  const all = await sizes();
  const { headless, job, lists, page, parts } = all;
  if (accept) writeFileSync(accepted_path, `${JSON.stringify({ parts: brotli_of(parts), sources: own(all.sources) }, null, 1)}\n`);
  const row = (name, { raw, gzip, brotli }, verdict = '') =>
    console.log(`${name.padEnd(34)} ${String(raw).padStart(8)} ${String(gzip).padStart(8)} ${String(brotli).padStart(8)}  ${verdict}`);
  console.log(`${''.padEnd(34)} ${'bytes'.padStart(8)} ${'gzip'.padStart(8)} ${'brotli'.padStart(8)}`);
  for (const [name, part] of Object.entries(parts)) row(name, part);
  row('the static page, all it loads', page);
  let held = true;
  for (const [name, label, part] of [
    ['headless', 'row 1: headless API, JS + WASM', headless],
    ['job', 'row 2: <azure-backup-job>', job],
    ['lists', 'row 2: <azure-backup-jobs>', lists],
  ]) {
    const over = part.brotli - budgets[name];
    held &&= over <= 0;
    row(label, part, over <= 0 ? `of ${budgets[name]}: ${-over} left` : `of ${budgets[name]}: ${over} TOO MANY`);
  }
  report_growth(all);
  return held;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup('build');
  const held = await report_sizes({ accept: process.argv.includes('--accept') });
  console.log(held ? 'size: within budget' : 'size: over budget');
  process.exitCode = held ? 0 : 1;
}
