// The native programs: configuring, building and running them. Each configuration has a build folder of its own.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../web/tools/setup.mjs';

export const clang = 'clang++-14';
const build_dir = join(root, 'build');

/** Runs a program beside others; resolves with what it printed. */
export function capture_async(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += data));
    child.on('close', (status) => resolve({ ok: status === 0, text }));
  });
}

/** Runs a program and returns what it printed. */
export function capture(command, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...env } });
  return { ok: status === 0, text: `${stdout}${stderr}` };
}

/** Builds `targets`; returns the folder of the programs, or what the compiler said. */
export function build_native(name, compiler, options, targets) {
  const dir = join(build_dir, name);
  if (!existsSync(join(dir, 'build.ninja'))) {
    run('cmake', ['-S', root, '-B', dir, '-G', 'Ninja', `-DCMAKE_CXX_COMPILER=${compiler}`, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const { ok, text } = capture('ninja', ['-C', dir, ...targets]);
  const said = text.split('\n').filter((line) => !/^\[\d+\/\d+\]/.test(line)).join('\n');
  return ok ? { programs: join(dir, 'tests') } : { said };
}

/** An optimised build without sanitizers, for what runs long. */
export function build_fast(targets) {
  return build_native('native-release', clang, ['-DCMAKE_CXX_FLAGS=-O2'], targets);
}

const doors = ['job', 'list', 'items', 'estate', 'scan', 'filter', 'operation', 'error', 'duration', 'timestamp', 'retry_after', 'url', 'start'];

/** Fuzzes each door for so many seconds, from the kept corpora and, where present, recorded traffic. Returns the findings. */
export function fuzz(seconds, report = console.log) {
  const { programs, said } = build_native('native-fuzz', clang, ['-DABJ_SANITIZE=ON', '-DABJ_FUZZ=ON'], ['fuzz']);
  if (!programs) return [said];
  const findings = [];
  for (const door of doors) {
    const seeds = join(root, 'tests', 'fixtures', 'fuzz', door);
    const grown = join(build_dir, 'fuzz', door);
    mkdirSync(grown, { recursive: true });
    seed_from_recordings(door, grown);
    const artifacts = join(build_dir, 'fuzz', `${door}-finding-`);
    const { ok, text } = capture(join(programs, `fuzz_${door}`), [
      grown, seeds, `-max_total_time=${seconds}`, '-timeout=10', '-rss_limit_mb=2048', '-print_final_stats=1', '-verbosity=0', `-artifact_prefix=${artifacts}`, '-max_len=65536',
    ]);
    const runs = /stat::number_of_executed_units: (\d+)/.exec(text)?.[1] ?? '0';
    report(`${door}: ${runs} inputs, ${ok ? 'nothing found' : 'A FINDING'}`);
    if (!ok) findings.push(`${door}:\n${text.slice(-4000)}`);
  }
  return findings;
}

/** A few recorded bodies as starting points; they are never copied into the project. */
function seed_from_recordings(door, folder) {
  const kinds = { job: /jobs\.get/, list: /jobs\.list/, scan: /jobs\.list/, operation: /opstatus$/, error: /error$/ };
  const corpus = process.env.CORPUS ?? join(root, '..', 'shared', 'corpus');
  if (!(door in kinds) || !existsSync(join(corpus, 'index.json'))) return;
  const rows = JSON.parse(readFileSync(join(corpus, 'index.json'), 'utf8')).filter(({ kind }) => kinds[door].test(kind));
  const step = Math.max(1, Math.floor(rows.length / 60));
  for (let index = 0; index < rows.length; index += step) {
    const body = JSON.parse(readFileSync(join(corpus, rows[index].file), 'utf8')).response?.bodyText;
    if (body) writeFileSync(join(folder, `recorded-${index}`), body);
  }
}

/** Lines and branches of wasm/ that the native tests reach, in percent. */
export function coverage() {
  const { programs, said } = build_native('native-coverage', clang, ['-DABJ_COVERAGE=ON'], ['unit', 'simulation']);
  if (!programs) return { said };
  const profiles = join(build_dir, 'coverage');
  rmSync(profiles, { recursive: true, force: true });
  mkdirSync(profiles, { recursive: true });
  for (const program of ['unit', 'simulation']) capture(join(programs, program), ['--gtest_brief=1'], { LLVM_PROFILE_FILE: join(profiles, `${program}.profraw`) });
  const merged = join(profiles, 'merged.profdata');
  capture('llvm-profdata-14', ['merge', '-sparse', ...readdirSync(profiles).map((file) => join(profiles, file)), '-o', merged]);
  const { text } = capture('llvm-cov-14', ['report', join(programs, 'unit'), '-object', join(programs, 'simulation'), `-instr-profile=${merged}`, join(root, 'wasm')]);
  const total = text.split('\n').find((line) => line.startsWith('TOTAL'))?.trim().split(/\s+/) ?? [];
  return { text, lines: Number.parseFloat(total[9]), branches: Number.parseFloat(total[12]) };
}
