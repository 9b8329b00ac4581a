// Bundles the web layer for browsers: what is loaded at once in as few files as can be (esbuild alone would cut it into pieces that compress apart), and each
// import() in a file of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { transform } from 'esbuild';
// One package for every platform, where the native one has two dozen.
import { rollup } from '@rollup/wasm-node';
import { minify as terser } from 'terser';
import { root } from './setup.mjs';

/** What the product is written for. */
export const browsers = ['chrome120', 'edge120', 'firefox128', 'safari17'];

const tsconfigRaw = readFileSync(join(root, 'web', 'tsconfig.json'), 'utf8');

/** Sheets in css`…` lose what only people read. */
async function without_css_whitespace(code) {
  let out = '';
  let from = 0;
  for (const { 0: literal, 1: sheet, index } of code.matchAll(/\bcss`([^`$]*)`/g)) {
    const { code: css } = await transform(sheet.replaceAll('\\\\', '\\'), { loader: 'css', minify: true, target: browsers });
    out += `${code.slice(from, index)}css\`${css.trim().replaceAll('\\', '\\\\')}\``;
    from = index + literal.length;
  }
  return out + code.slice(from);
}

const typescript = (define, minify) => ({
  name: 'typescript',
  async transform(source, id) {
    if (!id.endsWith('.ts')) return null;
    // Of templates, too, the indentation is for people; no text of ours has any that means something.
    const shorter = minify ? await without_css_whitespace(source.replace(/\n\s+/g, '\n')) : source;
    const { code } = await transform(shorter, { loader: 'ts', target: browsers, define, tsconfigRaw, sourcefile: id });
    return { code, map: null };
  },
});

const engine_module = (path) => ({ name: 'engine-module', resolveId: (name) => (name === '#engine-module' ? path : null) });

const minified = {
  name: 'minified',
  async renderChunk(source) {
    const { code } = await transform(source, { minify: true, format: 'esm', target: browsers, legalComments: 'none' });
    // Both: together they are a twentieth shorter than either.
    const options = { module: true, ecma: 2022, compress: { passes: 3 } };
    // Twice: what it has written it reads better than what it has in mind.
    const { code: shorter } = await terser((await terser(code, options)).code, options);
    return { code: shorter, map: null };
  },
};

/** What the build tells the source; `one_file`: the module is in the script. */
function told({ module_dir, module, one_file }) {
  const inside = one_file ? deflateSync(readFileSync(join(module_dir, `${module}.wasm`)), { level: 9 }).toString('base64') : '';
  return { WASM_FILE: `"./${module}.wasm"`, WASM_INSIDE: JSON.stringify(inside), ONE_FILE: String(one_file) };
}

/**
 * The files of these entries, by their names.
 * @param {{ entries: Record<string, string>, module_dir: string, module: string, minify?: boolean, one_file?: boolean }} options `module`: of WebAssembly, in `module_dir`;
 *   `one_file`: of the one entry, with the module and what import() names inside
 * @returns {Promise<{ file: string, code: string, imports: string[], of: string, packages: string[] }[]>} `imports`: the files that are loaded with it; `of`: the module that it is of, or '';
 *   `packages`: of npm, that it has parts of
 */
export async function bundle({ entries, module_dir, module, minify = true, one_file = false }) {
  const bundled = await rollup({
    input: entries,
    plugins: [engine_module(join(module_dir, `${module}.js`)), nodeResolve({ browser: true, exportConditions: ['production'] }), typescript(told({ module_dir, module, one_file }), minify)],
    // What import() needs of an entry is exported from there beside its own: no extra file.
    preserveEntrySignatures: one_file ? false : 'allow-extension',
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const options = { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[hash].js', minifyInternalExports: true, inlineDynamicImports: one_file, plugins: minify ? [minified] : [] };
  const { output } = await bundled.generate(options);
  await bundled.close();
  return output.map(({ fileName: file, code, imports, facadeModuleId, modules }) => ({ file, code, imports, of: facadeModuleId ?? '', packages: packages_of(modules) }));
}

function packages_of(modules) {
  const rendered = Object.keys(modules).filter((id) => modules[id].renderedLength > 0);
  return [...new Set(rendered.flatMap((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []))];
}
