// The peers, installed on demand, and bundled for the browser as a page's author would: one minified file each.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

const page = (title, scripts) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>${scripts.map((script) => `<script type="module" src="${script}"></script>`).join('')}<body></body></html>`;

/** What the site serves beside dist/, by path: each contender's module, and its page of first rows. */
export async function contender_files() {
  install_peers();
  const { build: bundle } = await import('esbuild');
  const entries = contenders.flatMap(({ id }) => [`contenders/${id}.mjs`, `contenders/first_${id}.mjs`]);
  const { outputFiles } = await bundle({
    entryPoints: entries.map((entry) => join(here, entry)), outdir: join(here, 'contenders'), write: false, bundle: true, minify: true, format: 'esm', platform: 'browser', target: browsers, legalComments: 'none', logLevel: 'warning',
  });
  const files = { '/bench.html': page('bench', []) };
  for (const { path, text } of outputFiles) files[`/${path.slice(path.lastIndexOf('/') + 1)}`] = text;
  for (const { id } of contenders) files[`/first_${id}.html`] = page(id, [...(id === 'ours' ? [product.elements] : []), `/first_${id}.js`]);
  return files;
}
