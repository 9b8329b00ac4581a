// `npm run corpus`, `simulate -- --seeds N --days D`, `fuzz -- --seconds N`, `coverage`, `bench -- polling`: one command each, its verdict on the last line.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, setup } from '../web/tools/setup.mjs';
import { bench } from './bench/bench.mjs';
import { build_native, clang, coverage, fuzz } from './native.mjs';
import { simulate_command } from './simulation/simulate.mjs';

const [tool, ...rest] = process.argv.slice(2);
setup('build', 'native');
let ok = false;
if (tool === 'corpus') {
  const { programs, said } = build_native('native-fast', clang, [], ['corpus']);
  if (!programs) console.log(said);
  else ok = spawnSync(join(programs, 'corpus'), { cwd: root, stdio: 'inherit' }).status === 0;
} else if (tool === 'simulate') {
  ok = await simulate_command(rest);
} else if (tool === 'bench') {
  ok = await bench(rest);
} else if (tool === 'fuzz') {
  const { values } = parseArgs({ args: rest, options: { seconds: { type: 'string', default: '60' } } });
  const findings = fuzz(Number(values.seconds));
  for (const finding of findings) console.log(finding);
  ok = findings.length === 0;
  console.log(`${findings.length} findings`);
} else if (tool === 'coverage') {
  const { said, text, lines, branches } = coverage();
  console.log(said ?? text);
  ok = lines >= 95 && branches >= 85;
  console.log(`lines ${lines} % (95), branches ${branches} % (85)`);
} else {
  console.log('corpus, simulate, fuzz, coverage or bench?');
}
process.exitCode = ok ? 0 : 1;
