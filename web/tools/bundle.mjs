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

/** What a module's custom section says (stamp_wasm.mjs), in base64. */
function id_of(wasm) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(wasm), 'id');
  return Buffer.from(section).toString('base64');
}

/** What the source calls #engine is Emscripten's script of that module, with the id of the one file that it belongs to; and #engine-inside is that file, deflated, in base64. */
const engine_modules = (module_dir) => ({
  name: 'engine-modules',
  resolveId: (name) => (name.startsWith('#') ? `\0${name}` : null),
  // Emscripten's minimal runtime waits for ever for what does not start.
  transform(code, id) {
    if (!id.startsWith(join(module_dir, '')) || !id.endsWith('.js')) return null;
    const parts = code.split(/ready\(\);?\s*\}(?:, function\(error\) \{[^}]*\})?\s*\);/);
    if (parts.length !== 2) throw new Error(`${id} does not end as it did: see how it tells that it could not start`);
    return { code: parts.join('ready()}).catch(readyPromiseReject);'), map: null };
  },
  load(id) {
    if (!id.startsWith('\0#')) return null;
    const name = id.slice(2).replace('-inside', '');
    const wasm = readFileSync(join(module_dir, `${name}.wasm`));
    if (id.endsWith('-inside')) return `export default ${JSON.stringify(deflateSync(wasm, { level: 9 }).toString('base64'))};`;
    return `import create from ${JSON.stringify(join(module_dir, `${name}.js`))}; export default { create, id: '${id_of(wasm)}' };`;
  },
});

/** lit-html looks for a hook of polyfills and notes its version by two global names. An element with such an id would be taken for them (DOM clobbering), and nothing be drawn. */
const without_global_names = {
  name: 'without-global-names',
  transform(source, id) {
    if (!/\/lit-html\/(node\/)?lit-html\.js$/.test(id)) return null;
    const code = source.replace(/,(\w+)=\w+\.litHtmlPolyfillSupport;\1\?\.\([^)]*\),\(\w+\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ';');
    if (code === source) throw new Error('lit-html does not end as it did: see what it does with global names now');
    return { code, map: null };
  },
};

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

/**
 * The files of these entries, by their names.
 * @param {{ entries: Record<string, string>, module_dir: string, minify?: boolean, one_file?: boolean, library?: false | ((id: string) => string | undefined) }} options `module_dir`: where the modules of
 *   WebAssembly are; `one_file`: of the one entry, with what import() names inside; `library`: for the package, which may be imported on a server, too: which
 *   source goes into which file of its own name
 * @returns {Promise<{ file: string, code: string, imports: string[], of: string, packages: string[], sources: Record<string, number> }[]>} `imports`: the files that are loaded with it; `of`: the module that it is of, or '';
 *   `packages`: of npm, that it has parts of; `sources`: how many bytes each has in it, before minifying
 */
export async function bundle({ entries, module_dir, minify = true, one_file = false, library = false }) {
  const bundled = await rollup({
    input: entries,
    plugins: [engine_modules(module_dir), without_global_names, nodeResolve({ ...(library ? { exportConditions: ['node', 'production'] } : { browser: true, exportConditions: ['production'] }), ignoreSideEffectsForRoot: true }), typescript({ ONE_FILE: String(one_file) }, minify)],
    // What import() needs of an entry is exported from there beside its own: no extra file.
    preserveEntrySignatures: one_file ? false : 'allow-extension',
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  // Of the page by one name, by which hosts know what they may keep for ever (web/hosting).
  const chunkFileNames = library ? '[name]-[hash].js' : 'chunk-[hash].js';
  const options = { format: 'es', entryFileNames: '[name].js', chunkFileNames, minifyInternalExports: true, inlineDynamicImports: one_file, plugins: minify ? [minified] : [], ...(library ? { manualChunks: library, onlyExplicitManualChunks: true } : {}) };
  const { output } = await bundled.generate(options);
  await bundled.close();
  return output.map(({ fileName: file, code, imports, facadeModuleId, modules }) => ({ file, code, imports, of: facadeModuleId ?? '', packages: packages_of(modules), sources: sources_of(modules) }));
}

const sources_of = (modules) => Object.fromEntries(Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [[id.replace(`${root}/`, '').replace('\0', ''), renderedLength]] : [])));

function packages_of(modules) {
  const rendered = Object.keys(modules).filter((id) => modules[id].renderedLength > 0);
  return [...new Set(rendered.flatMap((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []))];
}
