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
  run('ninja', ['-C', dir, ...modules], { env, stdio });
  return dir;
}

/** A native benchmark's twin for the browser, compiled as the modules are. Returns its folder. */
export function build_bench(name) {
  build_wasm();
  run('ninja', ['-C', wasm_dir, name], { env: emscripten_env, stdio: ['ignore', 'ignore', 'inherit'] });
  return wasm_dir;
}

/** The modules of WebAssembly: what follows jobs, what keeps lists of them, and what knows their vaults' items besides. */
const modules = ['engine', 'lists', 'pictures'];

const sources = join(root, 'web', 'src');

/** The sources of the library's entries, by name. */
export const entries = {
  index: join(sources, 'engine/index.ts'),
  lists: join(sources, 'engine/lists.ts'),
  pictures: join(sources, 'engine/pictures.ts'),
  'elements-job': join(sources, 'elements/job.ts'),
  'elements-jobs': join(sources, 'elements/jobs.ts'),
  'elements-all': join(sources, 'elements/all.ts'),
  'register-job': join(sources, 'elements/register_job.ts'),
  'register-jobs': join(sources, 'elements/register_jobs.ts'),
  'register-all': join(sources, 'elements/register_all.ts'),
  'inline-engine': join(sources, 'engine/inline_engine.ts'),
  'inline-pictures': join(sources, 'engine/inline_pictures.ts'),
};

/** Which of the library's files a source goes into, where several entries need it: few files, since each is a request, and compresses by itself. */
export function chunk_of(id) {
  if (id.includes('/lit-html/')) return 'element';
  const name = id.startsWith(`${sources}/`) ? id.slice(sources.length + 1) : '';
  if (/^engine\/(?!index|lists|pictures|picture_boundary|inline_|job_file)/.test(name)) return 'engine';
  if (/^elements\/(jobs\/(later|chips|drawer|keys|menu|notify|save_file|say_ends|table)\b)|^messages\/en_keys/.test(name)) return 'later';
  if (/^elements\/(jobs\/|azure_backup_jobs)/.test(name)) return 'jobs';
  if (/^elements\/(job_card|azure_backup_job\.styles|parts\/(?!freshness|problem|explanation|running))|^messages\/en_job/.test(name)) return 'card';
  if (/^messages\/views_/.test(name)) return 'views';
  if (/^messages\/(en|index|format|ru_plural)\.|^elements\/parts\/|^elements\/(?!job|all|register_|azure_backup_(items|failures)|picture_element|views\/)/.test(name)) return 'element';
  return undefined;
}

export const page_source = join(sources, 'page/main.ts');
const page_of_one_file = join(sources, 'page/one_file.ts');

const demo_worker = join(root, 'web/src/simulator/worker_host.ts');

/** The page's files beside its script. */
export const page_files = ['index.html', 'page.css', 'icon.svg'];

export async function build({ checked = false, minify = true } = {}) {
  const { bundle } = await import('./bundle.mjs');
  const module_dir = build_wasm({ checked });
  const out = checked ? checked_dist : dist;
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const library = join(out, 'lib');
  const packages = await build_library({ out: library, module_dir, minify });
  const page = await bundle({ entries: { page: page_source }, module_dir, minify });
  for (const { file, code } of page) writeFileSync(join(out, file), code);
  copyFileSync(join(module_dir, 'pictures.wasm'), join(out, 'pictures.wasm'));
  for (const file of page_files) copyFileSync(join(root, 'web', file), join(out, file));
  // The checked modules are for tests of the adapter, which want no more.
  if (!checked) {
    const { bill_of_materials, notices, third_parties } = await import('./notices.mjs');
    await describe_library(library, packages);
    const parties = third_parties(page.flatMap(({ packages: some }) => some));
    writeFileSync(join(out, 'third-party.md'), notices(parties));
    await build_demo(out);
    await build_one_file({ out, module_dir, minify });
    writeFileSync(join(out, 'sbom.json'), bill_of_materials(parties, out, 'lib'));
  }
  return out;
}

/** The npm package's scripts and WebAssembly; returns the packages of npm that they have parts of. */
async function build_library({ out, module_dir, minify }) {
  const { bundle } = await import('./bundle.mjs');
  mkdirSync(out);
  const files = await bundle({ entries, module_dir, minify, library: chunk_of });
  for (const { file, code } of files) writeFileSync(join(out, file), code);
  for (const module of modules) copyFileSync(join(module_dir, `${module}.wasm`), join(out, `${module}.wasm`));
  return files.flatMap(({ packages }) => packages);
}

/** What the package tells of itself: types, the manifest of its elements, others' notices, the bill of materials. */
async function describe_library(out, packages) {
  const { manifest } = await import('./manifest.mjs');
  const { bill_of_materials, notices, third_parties } = await import('./notices.mjs');
  const { write_types } = await import('./types.mjs');
  write_types(Object.fromEntries(Object.entries(entries).filter(([name]) => !/^(register|inline)-/.test(name))), out);
  writeFileSync(join(out, 'custom-elements.json'), `${JSON.stringify(manifest(), null, 1)}\n`);
  const parties = third_parties(packages);
  writeFileSync(join(out, 'third-party.md'), notices(parties));
  writeFileSync(join(out, 'sbom.json'), bill_of_materials(parties, out));
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
  const { notices, third_parties } = await import('./notices.mjs');
  const { one_file } = await import('./one_file.mjs');
  const [{ code, packages }, ...more] = await bundle({ entries: { page: page_of_one_file }, module_dir, minify, one_file: true });
  const strange = packages.filter((name) => !in_one_file.includes(name));
  if (more.length || strange.length) throw new Error(`the one file would need ${[...more.map(({ file }) => file), ...strange].join(', ')}: keep import() of it behind ONE_FILE`);
  writeFileSync(join(out, 'azure-backup-jobs.html'), await one_file(code, notices(third_parties(packages))));
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
