// What the package tells of itself, against what is in it: targets 24 and 26, the bill of materials, the manifest of its elements, its types.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../web/tools/setup.mjs';
import { room, unpacked, unpacked_lib } from './pack.mjs';

const read_json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const packed = read_json(join(room, 'packed.json'));
const description = read_json(join(unpacked, 'package.json'));

/** Runs a program of the consumers' own; what it says. */
function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(join(room, 'node_modules', '.bin', program), args, { cwd: room, encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 26 });
  return { status, text: `${stdout}${stderr}`, stdout };
}

test('row 26: no install scripts, no dependencies, at most 40 files and 600 KB', () => {
  assert.deepEqual(Object.keys(description.scripts).filter((name) => /install|^prepare$|^prepublish$/.test(name)), []);
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) assert.equal(description[kind], undefined, kind);
  assert.ok(packed.entryCount <= 40, `${packed.entryCount} files`);
  assert.ok(packed.size <= 600_000, `${packed.size} bytes`);
  // The count is of files that are there.
  assert.equal(readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length, packed.entryCount);
});

test('row 24: publint has nothing to say, suggestions included', () => {
  const { status, text } = run('publint', '--strict', '--pack', 'false', unpacked);
  assert.equal(status, 0, text);
  assert.match(text, /All good/);
});

test('row 24: arethetypeswrong finds nothing for those who import modules', () => {
  // WebAssembly has no types of its own: who imports it has a bundler that says what it makes of it.
  const wasm = Object.keys(description.exports).filter((path) => path.endsWith('.wasm')).map((path) => path.slice(2));
  const { status, stdout, text } = run('attw', join(room, packed.filename), '--profile', 'esm-only', '--format', 'json', '--exclude-entrypoints', ...wasm);
  assert.equal(status, 0, text);
  const { analysis } = JSON.parse(stdout);
  assert.equal(Object.keys(analysis.entrypoints).length, Object.keys(description.exports).length - wasm.length);
  const heard = analysis.problems.filter(({ resolutionKind, kind }) => !(['node10', 'node16-cjs'].includes(resolutionKind) || kind === 'CJSResolvesToESM'));
  assert.deepEqual(heard, []);
});

test('every export is a file of the package', () => {
  const names = new Set(packed.files.map(({ path }) => path));
  for (const target of Object.values(description.exports).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one)))) assert.ok(names.has(target.slice(2)), target);
  for (const target of [description.types, description.customElements]) assert.ok(names.has(target.slice(2)), target);
});

test('the bill of materials has the integrity of every file, and of nothing else', () => {
  const { components, metadata } = read_json(join(unpacked_lib, 'sbom.json'));
  assert.equal(metadata.component.version, description.version);
  const told = new Map(components.filter(({ type }) => type === 'file').map((one) => [one.name, one]));
  const there = readdirSync(unpacked_lib, { recursive: true }).map(String);
  // Its own it cannot know.
  assert.deepEqual([...told.keys()].sort(), there.filter((name) => name !== 'sbom.json').sort());
  for (const [name, { hashes, properties }] of told) {
    const digest = createHash('sha384').update(readFileSync(join(unpacked_lib, name)));
    assert.deepEqual(hashes, [{ alg: 'SHA-384', content: digest.copy().digest('hex') }], name);
    assert.deepEqual(properties, [{ name: 'integrity', value: `sha384-${digest.digest('base64')}` }], name);
  }
  // What is inside of others has its notice.
  const notices = readFileSync(join(unpacked_lib, 'third-party.md'), 'utf8');
  const others = components.filter(({ type }) => type === 'library');
  assert.ok(others.length > 4);
  for (const { name, version } of others) assert.ok(notices.includes(`## ${name}, ${version}\n`), name);
});

test('the manifest has the parts, slots and events that the sources have, and no others', () => {
  const folder = join(root, 'web', 'src', 'elements');
  const sources = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const in_sources = (...patterns) => [...new Set(patterns.flatMap((pattern) => [...sources.matchAll(pattern)].flatMap(([, names]) => names.split(' '))))].sort();
  const elements = read_json(join(unpacked_lib, 'custom-elements.json')).modules.flatMap(({ declarations }) => declarations);
  const told = (kind) => [...new Set(elements.flatMap((one) => one[kind] ?? []).map(({ name }) => name))].sort();
  // A part whose name is made while it is drawn stands in a comment beside it.
  assert.deepEqual(told('cssParts'), in_sources(/\spart="([^"$]+)"/g, /'part', '([^']+)'/g));
  assert.deepEqual(told('slots'), in_sources(/<slot name="([^"]+)"/g));
  assert.deepEqual(told('events'), in_sources(/\btell<\w+>\('(backup-[a-z-]+)'/g));
  assert.equal(sources.match(/\spart=\$\{(?!`export-\$\{format\}`)/g), null);
});

test('types and scripts export the same values', async () => {
  // A page of questions to TypeScript: what the script has and what the types tell, each without the other.
  const paths = Object.keys(description.exports).filter((path) => !/\.(wasm|json)$/.test(path));
  const lines = [];
  for (const [at, path] of paths.entries()) {
    const names = Object.keys(await import(pathToFileURL(join(unpacked, description.exports[path].default)))).map((name) => `'${name}'`);
    lines.push(
      `import * as m${at} from '${path.replace('.', description.name)}';`,
      `export const missing${at}: [Exclude<keyof typeof m${at}, ${names.join(' | ')}>] extends [never] ? 'none' : keyof typeof m${at} = 'none';`,
      `export const untold${at}: [Exclude<${names.join(' | ')}, keyof typeof m${at}>] extends [never] ? 'none' : ${names[0]} = 'none';`,
    );
  }
  writeFileSync(join(room, 'consumers', 'exports.ts'), `${lines.join('\n')}\n`);
  const { status, text } = run('tsc', '--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--ignoreConfig', join(room, 'consumers', 'exports.ts'));
  assert.equal(status, 0, text);
});

for (const [what, program, project] of [
  ['the headless API, React and Angular with TypeScript 6', 'tsc', 'consumers'],
  ["Angular's own compiler, strict templates", 'ngc', 'consumers'],
  ["Vue's own, strict templates", 'vue-tsc', 'consumers/tsconfig.vue.json'],
]) {
  test(`the examples have the types that they should, and none that they should not: ${what}`, () => {
    const { status, text } = run(program, '-p', project);
    assert.equal(status, 0, text);
  });
}

test('the examples have their types with the TypeScript of this project, too', () => {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'consumers'], { cwd: room, encoding: 'utf8' });
  assert.equal(status, 0, `${stdout}${stderr}`);
});
