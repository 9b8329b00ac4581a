// One consumer of the package, built with its bundler's defaults as far as they go: node build.mjs <consumer> <folder>. Runs where the package is installed.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lib = join(here, '..', 'node_modules', 'azure-backup-jobs', 'dist', 'lib');

const page = readFileSync(join(here, 'index.html'), 'utf8');
const write_page = (out, script = '<script type="module" src="./app.js">') => writeFileSync(join(out, 'index.html'), page.replace('<script type="module" src="./app.js">', script));
const copy_wasm = (out) => copyFileSync(join(lib, 'lists.wasm'), join(out, 'lists.wasm'));

/** These files, the first of them the page's script, are the source of a page of its own, as Vite wants it. */
export function write_source(source, files) {
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  for (const file of files) copyFileSync(join(here, file), join(source, file));
  write_page(source, `<script type="module" src="./${files[0]}">`);
}

async function vite(out, files, plugins = []) {
  const { build } = await import('vite');
  const source = `${out}-source`;
  write_source(source, files);
  await build({ root: source, base: './', logLevel: 'warn', configFile: false, plugins, build: { outDir: out, emptyOutDir: true } });
}

async function webpack(out) {
  const { default: webpack } = await import('webpack');
  const stats = await new Promise((resolve, reject) => {
    webpack(
      {
        mode: 'production',
        context: here,
        entry: './app.js',
        // The one setting that a page with Trusted Types needs: webpack's own loader of chunks names its policy.
        output: { path: out, filename: 'app.js', clean: true, trustedTypes: 'webpack' },
        performance: { hints: false },
      },
      (error, stats) => (error ? reject(error) : resolve(stats)),
    );
  });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ all: false, errors: true, warnings: true }));
  write_page(out, '<script defer src="./app.js">');
}

async function esbuild(out, entry, options = {}) {
  const { build } = await import('esbuild');
  await build({ entryPoints: { app: join(here, entry) }, bundle: true, minify: true, format: 'esm', splitting: true, outdir: out, logLevel: 'warning', ...options });
  write_page(out);
}

async function rollup(out) {
  const { rollup } = await import('@rollup/wasm-node');
  const { nodeResolve } = await import('@rollup/plugin-node-resolve');
  const bundle = await rollup({
    input: { app: join(here, 'app.js') },
    plugins: [nodeResolve({ browser: true })],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  await bundle.write({ dir: out, format: 'es' });
  await bundle.close();
  write_page(out);
}

/** By name; what each needs beside its defaults stands here and nowhere else. */
const consumers = {
  vite: (out) => vite(out, ['app.js', 'show.js']),
  // JSX needs no plugin: Vite knows it of itself.
  react: (out) => vite(out, ['react_main.tsx']),
  vue: async (out) => {
    const { default: vue } = await import('@vitejs/plugin-vue');
    await vite(out, ['vue_main.js', 'VueHost.vue'], [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('azure-backup-') } } })]);
  },
  webpack,
  esbuild: (out) => esbuild(out, 'app.js'),
  'esbuild-copied': async (out) => {
    await esbuild(out, 'app.js');
    copy_wasm(out);
  },
  'esbuild-url': (out) => esbuild(out, 'app_with_url.js', { loader: { '.wasm': 'file' } }),
  'esbuild-iife': (out) => esbuild(out, 'app_with_url.js', { loader: { '.wasm': 'file' }, format: 'iife', splitting: false }),
  'esbuild-inline': (out) => esbuild(out, 'app_inline.js'),
  'rollup-copied': async (out) => {
    await rollup(out);
    copy_wasm(out);
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, folder] = process.argv.slice(2);
  const out = resolve(folder);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await consumers[name](out);
}
