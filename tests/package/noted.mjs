// What the consumers' tests have noted of each: its version, and what its page loads. Into build/package/consumers.json, and as a table.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { room } from './pack.mjs';

const folder = join(room, 'noted');

export function forget_consumers() {
  rmSync(folder, { recursive: true, force: true });
}

/** Prints the table, and keeps it; returns how many rows it has. */
export function print_consumers() {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const rows = names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  rows.sort((a, b) => a.brotli - b.brotli);
  writeFileSync(join(room, 'consumers.json'), `${JSON.stringify(rows, null, 1)}\n`);
  console.log('| consumer | version | browser | files | bytes | brotli |\n| --- | --- | --- | ---: | ---: | ---: |');
  for (const { consumer, version, browser, files, raw, brotli } of rows) console.log(`| ${consumer} | ${version || '–'} | ${browser} | ${files} | ${raw} | ${brotli} |`);
  return rows.length;
}
