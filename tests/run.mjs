// `npm test`: everything, in the order in which a fault is cheapest to find. Ends with "N passed, N failed".
//   node tests/run.mjs native browser      only these parts
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../web/tools/build.mjs';
import { build_native, capture, clang, fuzz } from './native.mjs';
import { forget_consumers, print_consumers } from './package/noted.mjs';
import { install_consumers, pack, unpacked_lib } from './package/pack.mjs';
import { reproduce } from './package/reproduce.mjs';
import { report_sizes } from '../web/tools/size.mjs';
import { root, setup } from '../web/tools/setup.mjs';

const build_dir = join(root, 'build');
const results = [];

function record(name, passed, failed, started) {
  results.push({ name, passed, failed });
  console.log(`== ${name}: ${passed} passed, ${failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
}

/** Builds with one compiler, sanitizers on, and runs the unit tests. */
function native(compiler) {
  const started = Date.now();
  const name = `native, ${compiler} with ASan and UBSan`;
  console.log(`== ${name}`);
  const { programs, said } = build_native(`native-${compiler.replaceAll('+', 'p')}`, compiler, ['-DABJ_SANITIZE=ON'], ['unit', 'simulation', 'corpus']);
  if (!programs) {
    console.log(said);
    return record(name, 0, 1, started);
  }
  let passed = 0;
  let failed = 0;
  for (const program of ['unit', 'simulation']) {
    const { ok, text } = capture(join(programs, program), ['--gtest_brief=1']);
    passed += Number(/\[ {2}PASSED {2}\] (\d+)/.exec(text)?.[1] ?? 0);
    failed += ok ? 0 : Math.max(1, (text.match(/^\[ {2}FAILED {2}\] \S+ \(/gm) ?? []).length);
    if (!ok) console.log(text);
    for (const line of text.match(/^replayed .*|.*recorded traffic is absent.*/gm) ?? []) console.log(line);
  }
  record(name, passed, failed, started);
  return programs;
}

/** Recorded traffic through the decoders: nothing lost, nothing refused. */
function corpus(programs) {
  const started = Date.now();
  console.log('== corpus');
  const { ok, text } = capture(join(programs, 'corpus'), []);
  console.log(ok ? text.trim().split('\n').at(-1) : text);
  record('corpus', ok ? 1 : 0, ok ? 0 : 1, started);
}

/** A few seconds at each door; `npm run fuzz` gives them longer. */
function fuzz_smoke() {
  const started = Date.now();
  console.log('== fuzz');
  const findings = fuzz(3);
  for (const finding of findings) console.log(finding);
  record('fuzz', findings.length === 0 ? 1 : 0, findings.length, started);
}

function types() {
  const started = Date.now();
  console.log('== types');
  const { ok, text } = capture(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'web']);
  if (!ok) console.log(text);
  record('types', ok ? 1 : 0, ok ? 0 : 1, started);
}

/** The README's tables are what the elements' sources say. */
async function readme() {
  const started = Date.now();
  console.log('== readme');
  const { with_tables } = await import('../web/tools/manifest.mjs');
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const held = with_tables(text) === text;
  if (!held) console.log('The tables in README.md are not what the elements say: node web/tools/manifest.mjs writes them.');
  record('readme', held ? 1 : 0, held ? 0 : 1, started);
}

/** Tests that need no browser: the simulator, and small pure parts of the web layer. */
async function node_tests() {
  const started = Date.now();
  console.log('== node');
  const { build: bundle } = await import('esbuild');
  const outdir = join(build_dir, 'node-tests');
  rmSync(outdir, { recursive: true, force: true });
  const files = ['simulator', 'web'].flatMap((folder) => list(join(root, 'tests', folder)).filter((file) => file.endsWith('.test.ts')));
  await bundle({ bundle: true, format: 'esm', target: 'node20', logLevel: 'warning', tsconfig: join(root, 'web', 'tsconfig.json'), entryPoints: files, outdir, outbase: join(root, 'tests'), platform: 'node', outExtension: { '.js': '.mjs' } });
  const { ok, text } = capture('node', ['--test', '--test-reporter=tap', ...list(outdir)], { CORPUS: process.env.CORPUS ?? join(root, '..', 'shared', 'corpus') });
  record_tap('node', ok, text, started);
}

function list(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))).filter((path) => /\.[a-z]+$/.test(path));
}

/** The main journeys in WebKit, through WebDriver. */
function webkit() {
  const started = Date.now();
  console.log('== webkit');
  const { ok, text } = capture('node', ['--test', '--test-reporter=tap', join('tests', 'webkit', 'journeys.test.mjs')], { PACKED_LIB: unpacked_lib });
  record_tap('webkit', ok, text, started);
}

/** Counts what node's test runner printed, and shows what failed. */
function record_tap(name, ok, text, started) {
  const count = (word) => Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  if (!ok) console.log(text.split('\n').filter((line) => /^\s*(not ok|error|code|message|expected|actual|stack|at )|failureType|AssertionError/.test(line)).join('\n'));
  for (const line of text.match(/^# .*(skip|absent).*[^0]$/gim) ?? []) console.log(line);
  record(name, count('pass'), ok ? count('fail') : Math.max(1, count('fail')), started);
}

async function size() {
  const started = Date.now();
  console.log('== size');
  const held = await report_sizes();
  record('size', held ? 2 : 1, held ? 0 : 1, started);
}

/** A suite of Playwright's in its projects; the library is that of the packed package, as its users have it. */
function playwright(name, folder, report_name) {
  const started = Date.now();
  console.log(`== ${name}`);
  const report = join(build_dir, report_name);
  rmSync(report, { force: true });
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'playwright'), ['test', '-c', join('tests', folder)], { cwd: root, stdio: 'inherit', env: { ...process.env, PACKED_LIB: unpacked_lib } });
  if (!existsSync(report)) return record(name, 0, 1, started);
  const { stats } = JSON.parse(readFileSync(report, 'utf8'));
  if (stats.flaky > 0) console.log(`${stats.flaky} passed only when tried again: see "flaky" above`);
  record(name, stats.expected + stats.flaky, Math.max(stats.unexpected, status === 0 ? 0 : 1), started);
}

/** The packed package: what it tells of itself, on a server, and in what its users build with. */
function packed_package() {
  const started = Date.now();
  console.log('== package');
  const { ok, text } = capture('node', ['--test', '--test-reporter=tap', ...['server', 'told'].map((name) => join('tests', 'package', `${name}.test.mjs`))]);
  record_tap('package', ok, text, started);
  forget_consumers();
  playwright('consumers', 'package', 'package-report.json');
  print_consumers();
}

/** What was built is built once more elsewhere, and is the same in every byte. */
function reproducible() {
  const started = Date.now();
  console.log('== reproducible');
  const held = reproduce({ with_dist: true });
  record('reproducible', held ? 1 : 0, held ? 0 : 1, started);
}

const wanted = process.argv.slice(2);
const want = (part) => wanted.length === 0 || wanted.includes(part);

mkdirSync(build_dir, { recursive: true });
setup('build', 'native', 'chromium', 'firefox', 'webkit', 'hosting', 'login');
if (want('types')) types();
if (want('readme')) await readme();
if (want('native')) {
  const programs = native('g++');
  if (programs) corpus(programs);
  native(clang);
  fuzz_smoke();
}
if (want('node')) await node_tests();
if (['size', 'browser', 'webkit', 'package', 'reproducible'].some(want)) await build();
if (want('size')) await size();
if (['package', 'browser', 'webkit'].some(want)) {
  if (want('package')) install_consumers();
  const { filename, size: bytes, entryCount } = pack();
  console.log(`${filename}: ${bytes} bytes, ${entryCount} files\n`);
}
if (want('webkit')) webkit();
if (want('package')) packed_package();
if (want('reproducible')) reproducible();
if (want('browser')) {
  await build({ checked: true });
  playwright('browsers', 'browser', 'browser-report.json');
}

const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
for (const { name, passed, failed } of results) console.log(`${name}: ${passed} passed, ${failed} failed`);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 && total('passed') > 0 ? 0 : 1;
