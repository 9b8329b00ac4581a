// The packed package as its consumers have it: packed, unpacked into build/package, and there beside the bundlers and frameworks that it is tested with.
//   node tests/package/pack.mjs        packs what was built last
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { give_up, root, run } from '../../web/tools/setup.mjs';

const here = join(root, 'tests', 'package');

/** Where the consumers live, as far as they can from the sources: they find the package where npm would have put it. */
export const room = join(root, 'build', 'package');
export const unpacked = join(room, 'node_modules', 'azure-backup-jobs');
export const unpacked_lib = join(unpacked, 'dist', 'lib');

/** Installs what the consumers need from npm; does nothing where all of it is there. */
export function install_consumers() {
  const lock = 'package-lock.json';
  const wanted = readFileSync(join(here, lock), 'utf8');
  // npm writes its own copy last: where it is there, the rest is.
  const is_installed = existsSync(join(room, 'node_modules', '.package-lock.json')) && existsSync(join(room, lock)) && readFileSync(join(room, lock), 'utf8') === wanted;
  if (is_installed) return;
  mkdirSync(room, { recursive: true });
  for (const file of ['package.json', '.npmrc', lock]) cpSync(join(here, file), join(room, file));
  console.log('Installing the consumers of the package …');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: room });
}

/** Packs what is in dist, unpacks it where the consumers look for it, and puts them beside it. Returns what npm tells of the tarball. */
export function pack() {
  mkdirSync(room, { recursive: true });
  // Without scripts: prepack would only build once more what was built just now.
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--loglevel=error', '--pack-destination', room], { cwd: root, encoding: 'utf8' });
  if (status !== 0) give_up(`npm pack ended with ${status}\n${stderr}`);
  const [told] = JSON.parse(stdout);
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  run('tar', ['-xzf', join(room, told.filename), '-C', unpacked, '--strip-components=1']);
  rmSync(join(room, 'consumers'), { recursive: true, force: true });
  cpSync(join(here, 'consumers'), join(room, 'consumers'), { recursive: true });
  writeFileSync(join(room, 'packed.json'), JSON.stringify(told, null, 1));
  return told;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install_consumers();
  const { filename, size, entryCount } = pack();
  console.log(`${filename}: ${size} bytes, ${entryCount} files, unpacked into ${unpacked}`);
}
