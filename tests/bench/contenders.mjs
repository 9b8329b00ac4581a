// The contenders, bundled for the browser as a page's author would; the peers are installed on demand. Beside the pages of first rows, ours is loaded as it is in dist/.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dist } from '../../web/tools/build.mjs';
import { browsers } from '../../web/tools/bundle.mjs';
import { run } from '../../web/tools/setup.mjs';
import { product } from './product.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** In the order in which they are measured, again and again. */
export const contenders = [
  { id: 'ours', name: 'ours' },
  { id: 'sdk', name: 'SDK' },
  { id: 'by_hand', name: 'by hand' },
];

function install_peers() {
  const wanted = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).dependencies;
  const installed = (name) => {
    const manifest = join(here, 'node_modules', name, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version;
  };
  if (Object.entries(wanted).every(([name, version]) => installed(name) === version)) return;
  console.log('Installing the peers …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd: here });
}

const page = (title, head) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>${head}<body></body></html>`;
const script = (path) => `<script type="module" src="${path}"></script>`;

const options = { outdir: join(here, 'contenders'), write: false, bundle: true, minify: true, format: 'esm', platform: 'browser', target: browsers, legalComments: 'none', logLevel: 'warning' };
const entry = (name) => join(here, 'contenders', `${name}.mjs`);

/** What the site serves beside dist/, by path: each contender's module, and its page of first rows. */
export async function contender_files() {
  install_peers();
  const { build: bundle } = await import('esbuild');
  const files = { '/bench.html': page('bench', '') };
  const keep = ({ outputFiles }) => {
    for (const { path, text } of outputFiles) files[`/${basename(path)}`] = text;
  };
  // The peers' pages are one file each. What our element imports later stays in files of its own.
  keep(await bundle({ ...options, entryPoints: contenders.flatMap(({ id }) => [entry(id), ...(id === 'ours' ? [] : [entry(`first_${id}`)])]) }));
  const ours = await bundle({ ...options, entryPoints: [entry('first_ours')], splitting: true, metafile: true, alias: { 'azure-backup-jobs/register/jobs': join(dist, product.elements) }, logLevel: 'error' });
  keep(ours);
  const module = product.elements_wasm;
  files[`/${basename(module)}`] = readFileSync(join(dist, module));
  for (const { id } of contenders) files[`/first_${id}.html`] = page(id, `${id === 'ours' ? preloads(ours.metafile, module) : ''}${script(`/first_${id}.js`)}`);
  return files;
}

/** As bundlers write it into a page (Vite, say), and as the README has it for the WebAssembly. */
function preloads({ outputs }, module) {
  const imported = new Set();
  const walk = (path) => {
    for (const { path: next, kind } of outputs[path].imports) {
      if (kind !== 'import-statement' || imported.has(next)) continue;
      imported.add(next);
      walk(next);
    }
  };
  walk(Object.keys(outputs).find((path) => basename(path) === 'first_ours.js'));
  return `<link rel="preload" as="fetch" crossorigin href="/${basename(module)}">${[...imported].map((path) => `<link rel="modulepreload" href="/${basename(path)}">`).join('')}`;
}
