// `npm run bench -- [polling] [store] [browser] [--quick]`: runs the parts that are named, or all; prints their tables, says which targets are met, and writes the report. Never part of CI.
import { parseArgs } from 'node:util';
import { browser } from './browser.mjs';
import { polling } from './polling.mjs';
import { write_report } from './report.mjs';
import { store } from './store.mjs';
import { table } from './table.mjs';

/** Each answers with its sections (tables, and what is drawn of them) and its verdicts, one for each figure that has a target. */
const parts = { polling, store, browser };

const minutes_so_far = () => performance.now() / 60_000;

function show({ title, head, rows, note }) {
  console.log(`\n${title} (after ${minutes_so_far().toFixed(1)} minutes)\n`);
  table(head, rows);
  if (note) console.log(`\n${note}`);
}

/** True where every target is met. The verdict is on the last line. */
export async function bench(args) {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { quick: { type: 'boolean', default: false } } });
  const strange = positionals.filter((name) => !Object.hasOwn(parts, name));
  if (strange.length) {
    console.log(`${strange.join(', ')}? ${Object.keys(parts).join(', ')}`);
    return false;
  }
  const names = positionals.length ? positionals : Object.keys(parts);
  const results = [];
  for (const name of names) results.push({ name, ...(await parts[name]({ quick: values.quick, show })) });
  const verdicts = results.flatMap((result) => result.verdicts);
  const minutes = minutes_so_far();
  const { markdown, html } = write_report({ results, quick: values.quick, minutes });
  console.log();
  for (const { row, figure, measured, target, met } of verdicts) console.log(`${met ? 'met  ' : 'SHORT'}  row ${row.padEnd(2)}  ${figure}: ${measured} (${target})`);
  console.log(`\n${minutes.toFixed(1)} minutes; report: ${markdown}, ${html}`);
  const met = verdicts.filter((verdict) => verdict.met).length;
  console.log(`${met} met, ${verdicts.length - met} short`);
  return met === verdicts.length;
}
