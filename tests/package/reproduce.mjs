// Whether the build can be repeated: two builds of these sources, each in a folder of its own, are the same in every byte.
//   node tests/package/reproduce.mjs              builds twice; some minutes
//   node tests/package/reproduce.mjs --with-dist  builds once and compares it with what is in dist already
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dist } from '../../web/tools/build.mjs';
import { give_up, root } from '../../web/tools/setup.mjs';

/** Builds a copy of the sources elsewhere; returns the copy's folder. Another time zone and language besides: neither may be in it. */
function build_elsewhere(name, env) {
  const copy = join(mkdtempSync(join(tmpdir(), 'azure-backup-jobs-')), name);
  const left_out = new Set(['build', 'dist', 'node_modules', '.git']);
  cpSync(root, copy, { recursive: true, filter: (path) => !left_out.has(relative(root, path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const { status } = spawnSync('node', [join('web', 'tools', 'build.mjs')], { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
  if (status !== 0) give_up(`the build in ${copy} ended with ${status}`);
  return copy;
}

const files_of = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name))).sort();
const hash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Where two files part, and what stands there. */
function first_difference(one, other) {
  const [a, b] = [readFileSync(one), readFileSync(other)];
  const at = a.findIndex((byte, index) => byte !== b[index]);
  const around = (bytes) => JSON.stringify(bytes.subarray(Math.max(0, at - 40), at + 80).toString('latin1'));
  return at < 0 ? `${a.length} and ${b.length} bytes` : `byte ${at}:\n    ${around(a)}\n    ${around(b)}`;
}

/** What differs between two folders, in words. */
export function differences(one, other) {
  const [here, there] = [files_of(one), files_of(other)];
  const names = [...new Set([...here, ...there])].sort();
  return names.flatMap((name) => {
    if (!there.includes(name) || !here.includes(name)) return [`${name}: only in ${here.includes(name) ? one : other}`];
    const [a, b] = [join(one, name), join(other, name)];
    return hash(a) === hash(b) ? [] : [`${name}: ${first_difference(a, b)}`];
  });
}

/** Builds, compares and tells; true where all is the same. */
export function reproduce({ with_dist = false } = {}) {
  const copies = [...(with_dist ? [] : [build_elsewhere('one', {})]), build_elsewhere('another-folder', { TZ: 'Pacific/Auckland', LC_ALL: 'C' })];
  const folders = [...(with_dist ? [dist] : []), ...copies.map((copy) => join(copy, 'dist'))];
  const found = differences(folders[0], folders[1]);
  const count = files_of(folders[0]).length;
  for (const one of found) console.log(`  ${one}`);
  console.log(found.length === 0 && count > 0 ? `reproducible: ${count} files, the same in every byte` : `NOT reproducible: ${found.length} of ${count} files differ`);
  for (const copy of copies) rmSync(join(copy, '..'), { recursive: true, force: true });
  return found.length === 0 && count > 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = reproduce({ with_dist: process.argv.includes('--with-dist') }) ? 0 : 1;
