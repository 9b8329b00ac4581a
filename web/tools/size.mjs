// What the page loads, in bytes over the wire, against rows 1 and 2 of the targets. `npm run size` fails where a budget is broken.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build_wasm, bundle_options, entry_points, page_files } from './build.mjs';
import { root, setup } from './setup.mjs';

const budgets = { headless: 55_000, elements: 90_000 };

const measured = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
});
const sum = (a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli });

/** Each entry bundled by itself, minified, as a portal's bundler would. */
export async function sizes() {
  const { build: bundle } = await import('esbuild');
  const module_dir = build_wasm();
  const wasm = (module) => measured(readFileSync(join(module_dir, `${module}.wasm`)));
  const script = async (module, entry) => {
    const { outputFiles } = await bundle({ ...bundle_options(module_dir, module), entryPoints: [entry_points[module][entry]], minify: true, write: false, outdir: 'out' });
    return measured(outputFiles[0].contents);
  };
  const headless = await script('engine', 'azure-backup-jobs');
  const elements = await script('lists', 'elements');
  const page_script = await script('lists', 'page');
  const page = page_files.map((file) => measured(readFileSync(join(root, 'web', file)))).reduce(sum, sum(page_script, wasm('lists')));
  const parts = { 'engine.wasm': wasm('engine'), 'headless script': headless, 'lists.wasm': wasm('lists'), 'elements script': elements };
  return { headless: sum(headless, wasm('engine')), elements: sum(elements, wasm('lists')), page, parts };
}

/** Prints the table; true where every budget holds. */
export async function report_sizes() {
  const { headless, elements, page, parts } = await sizes();
  const row = (name, { raw, gzip, brotli }, verdict = '') =>
    console.log(`${name.padEnd(34)} ${String(raw).padStart(8)} ${String(gzip).padStart(8)} ${String(brotli).padStart(8)}  ${verdict}`);
  console.log(`${''.padEnd(34)} ${'bytes'.padStart(8)} ${'gzip'.padStart(8)} ${'brotli'.padStart(8)}`);
  for (const [name, part] of Object.entries(parts)) row(name, part);
  row('the static page, all it loads', page);
  let held = true;
  for (const [name, label, part] of [
    ['headless', 'row 1: headless API, JS + WASM', headless],
    ['elements', 'row 2: elements, all they load', elements],
  ]) {
    const over = part.brotli - budgets[name];
    held &&= over <= 0;
    row(label, part, over <= 0 ? `of ${budgets[name]}: ${-over} left` : `of ${budgets[name]}: ${over} TOO MANY. Which import grew? See the parts above.`);
  }
  return held;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup('build');
  const held = await report_sizes();
  console.log(held ? 'size: within budget' : 'size: over budget');
  process.exitCode = held ? 0 : 1;
}
