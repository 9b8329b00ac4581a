// The simulation and its mutants, built and run.
import { cpus } from 'node:os';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../web/tools/setup.mjs';
import { build_fast, capture_async, clang } from '../native.mjs';
import { mutants } from './mutants.mjs';

const workers = Math.max(1, Math.min(4, cpus().length));

/** Runs `tasks` a few at a time, in order of their ends. */
async function in_parallel(tasks, run) {
  const queue = [...tasks];
  await Promise.all(Array.from({ length: workers }, async () => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await run(task);
  }));
}

/** So many seeds, shared among the processors. Returns what failed, as printed. */
async function simulate(program, seeds, days) {
  const share = Math.ceil(seeds / workers);
  const total = { requests: 0, ends: 0, failed: 0, said: '' };
  await in_parallel(Array.from({ length: workers }, (_, index) => index), async (index) => {
    const count = Math.min(share, seeds - index * share);
    if (count <= 0) return;
    const { ok, text } = await capture_async(program, ['--first', String(1 + index * share), '--seeds', String(count), '--days', String(days)]);
    total.requests += Number(/(\d+) requests/.exec(text)?.[1] ?? 0);
    total.ends += Number(/(\d+) ends shown/.exec(text)?.[1] ?? 0);
    total.failed += Number(/, (\d+) failed/.exec(text)?.[1] ?? count);
    if (!ok) total.said += text;
  });
  return total;
}

const trial = ['--seeds', '400', '--days', '10', '--stop', '1'];

/** Compiles one mutant and runs the simulation on it. Returns why it was not caught, or nothing. */
async function survives(programs, { name, file, edits }, index) {
  const folder = join(root, 'build', 'mutants');
  mkdirSync(folder, { recursive: true });
  let source = readFileSync(join(root, file), 'utf8');
  for (const [from, to] of edits) {
    if (source.split(from).length !== 2) return `${name}: its text is not found exactly once in ${file}: ${from.trim()}`;
    source = source.replace(from, to);
  }
  const path = join(folder, `mutant_${index}.cpp`);
  writeFileSync(path, source);
  const program = join(folder, `mutant_${index}`);
  // What the mutant defines is found before the library's own.
  const simulate_object = join(programs, 'CMakeFiles', 'simulate.dir', 'simulation', 'simulate.cpp.o');
  const built = await capture_async(clang, ['-std=c++20', '-O1', '-fno-exceptions', '-I', join(root, 'wasm'), path, simulate_object, join(programs, '..', 'libcore.a'), '-o', program]);
  if (!built.ok) return `${name}: does not compile\n${built.text}`;
  const { ok, text } = await capture_async('timeout', ['900', program, ...trial]);
  if (!ok && !text.includes('failed')) return `${name}: it crashed or took too long, which is no verdict`;
  return ok ? `${name}: NOT CAUGHT` : undefined;
}

/** Every mutant; returns those that were not caught. */
export async function run_mutants(programs, report = () => {}) {
  const survivors = [];
  // On what the tracker itself survives.
  const control = await capture_async(join(programs, 'simulate'), trial);
  if (!control.ok) return [`the tracker itself fails where mutants should:\n${control.text}`];
  await in_parallel(mutants.map((mutant, index) => ({ mutant, index })), async ({ mutant, index }) => {
    const why = await survives(programs, mutant, index);
    if (why) survivors.push(why);
    report(why ?? `${mutant.name}: caught`);
  });
  return survivors;
}

export function build_simulation() {
  return build_fast(['simulate']);
}

/** `npm run simulate -- --seeds N --days D [--seed S] [--trace 1]`: the verdict on the last line. */
export async function simulate_command(args) {
  const { values } = parseArgs({ args, options: { seeds: { type: 'string', default: '1000' }, days: { type: 'string', default: '30' }, seed: { type: 'string' }, trace: { type: 'string', default: '0' } } });
  const { programs, said } = build_simulation();
  if (!programs) {
    console.log(said);
    return false;
  }
  const program = join(programs, 'simulate');
  if (values.seed !== undefined) {
    const { ok, text } = await capture_async(program, ['--seed', values.seed, '--days', values.days, '--trace', values.trace]);
    console.log(text.trimEnd());
    return ok;
  }
  const total = await simulate(program, Number(values.seeds), Number(values.days));
  console.log(total.said);
  const survivors = await run_mutants(programs, console.log);
  console.log(`${total.requests} requests, ${total.ends} ends shown`);
  console.log(`simulate: ${values.seeds} seeds of ${values.days} days, ${total.failed} failed; ${mutants.length - survivors.length} of ${mutants.length} mutants caught`);
  return total.failed === 0 && total.ends > 0 && survivors.length === 0;
}
