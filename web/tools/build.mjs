// Builds the WebAssembly module and everything in dist/. `node web/tools/build.mjs`, or build() from another tool.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run, setup } from './setup.mjs';

const wasm_dir = join(root, 'build', 'wasm');
const checked_dir = join(root, 'build', 'wasm-checked');
export const dist = join(root, 'dist');
export const checked_dist = join(root, 'build', 'dist-checked');

// Emscripten finds its modules here, but not binaryen, which npm puts into the path: it can only read what its own says.
const emscripten_env = { ...process.env, NODE_PATH: join(root, 'node_modules'), PATH: process.env.PATH?.split(delimiter).filter((folder) => !folder.includes('node_modules')).join(delimiter) };

/** The module as Emscripten writes it; `checked` has assertions and a checked heap. Returns its folder. */
export function build_wasm({ checked = false, quiet = true } = {}) {
  const dir = checked ? checked_dir : wasm_dir;
  const env = emscripten_env;
  const stdio = ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'];
  if (!existsSync(join(dir, 'build.ninja'))) {
    run('emcmake', ['cmake', '-S', root, '-B', dir, '-G', 'Ninja', `-DABJ_CHECKED=${checked ? 'ON' : 'OFF'}`], { env, stdio: ['ignore', 'ignore', 'ignore'] });
  }
  run('ninja', ['-C', dir, ...Object.keys(entry_points)], { env, stdio });
  return dir;
}

/** A native benchmark's twin for the browser, compiled as the modules are. Returns its folder. */
export function build_bench(name) {
  build_wasm();
  run('ninja', ['-C', wasm_dir, name], { env: emscripten_env, stdio: ['ignore', 'ignore', 'inherit'] });
  return wasm_dir;
}

/** What needs the engine alone, what keeps lists, and what knows their vaults' items besides, each with its module. */
export const entry_points = {
  engine: {
    'azure-backup-jobs': join(root, 'web/src/engine/index.ts'),
    'job-element': join(root, 'web/src/elements/job.ts'),
  },
  lists: {
    'azure-backup-jobs-lists': join(root, 'web/src/engine/lists.ts'),
    elements: join(root, 'web/src/elements/index.ts'),
  },
  pictures: {
    'azure-backup-jobs-pictures': join(root, 'web/src/engine/pictures.ts'),
    'picture-elements': join(root, 'web/src/elements/pictures.ts'),
    page: join(root, 'web/src/page/main.ts'),
  },
};

const demo_worker = join(root, 'web/src/simulator/worker_host.ts');

/** The page's files beside its script. */
export const page_files = ['index.html', 'page.css', 'icon.svg'];

export async function build({ checked = false, minify = true } = {}) {
  const { bundle } = await import('./bundle.mjs');
  const module_dir = build_wasm({ checked });
  const out = checked ? checked_dist : dist;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [module, entries] of Object.entries(entry_points)) {
    for (const { file, code } of await bundle({ entries, module_dir, module, minify })) writeFileSync(join(out, file), code);
    copyFileSync(join(module_dir, `${module}.wasm`), join(out, `${module}.wasm`));
  }
  for (const file of page_files) copyFileSync(join(root, 'web', file), join(out, file));
  // The checked modules are for tests of the adapter, which want neither.
  if (!checked) {
    await build_demo(out);
    await build_one_file({ out, module_dir, minify });
  }
  return out;
}

/** The page on a simulator in a service worker, with a name of its own: the worker serves nothing else. */
async function build_demo(out) {
  const { browsers } = await import('./bundle.mjs');
  const { put } = await import('./one_file.mjs');
  const { build: bundle } = await import('esbuild');
  writeFileSync(join(out, 'demo.html'), put(readFileSync(join(root, 'web', 'index.html'), 'utf8'), '<html lang="en">', '<html lang="en" data-demo>'));
  // Not a module: not every browser takes one as a service worker.
  await bundle({ entryPoints: [demo_worker], bundle: true, minify: true, platform: 'browser', format: 'iife', target: browsers, outfile: join(out, 'demo-worker.js'), legalComments: 'none', logLevel: 'warning' });
}

/** What the one file may have of npm. A sign-in library in it would be many times the rest, and of no use. */
const in_one_file = ['lit-html'];

async function build_one_file({ out, module_dir, minify }) {
  const { bundle } = await import('./bundle.mjs');
  const { one_file } = await import('./one_file.mjs');
  const { page } = entry_points.pictures;
  const [{ code, packages }, ...more] = await bundle({ entries: { page }, module_dir, module: 'pictures', minify, one_file: true });
  const strange = packages.filter((name) => !in_one_file.includes(name));
  if (more.length || strange.length) throw new Error(`the one file would need ${[...more.map(({ file }) => file), ...strange].join(', ')}: keep import() of it behind ONE_FILE`);
  writeFileSync(join(out, 'azure-backup-jobs.html'), await one_file(code));
}

/** The simulator for Node, bundled; returns the module. */
export async function load_simulator() {
  const { build: bundle } = await import('esbuild');
  // A file of each process: workers that start side by side would read what another is still writing.
  const outfile = join(root, 'build', 'tools', `simulator-${process.pid}.mjs`);
  await bundle({ entryPoints: [join(root, 'web/src/simulator/node_host.ts')], bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile, logLevel: 'warning' });
  const simulator = await import(outfile);
  rmSync(outfile);
  return simulator;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup('build');
  const out = await build();
  console.log(`built ${out}`);
}
