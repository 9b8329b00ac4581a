// What the commands need on a machine: npm's packages and Debian's. Installs what is missing where it may, else names it exactly.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const packages = {
  build: ['cmake', 'emscripten', 'g++', 'ninja-build', 'nlohmann-json3-dev'],
  native: ['clang-14', 'libclang-rt-14-dev', 'libgtest-dev', 'llvm-14'],
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb', 'xauth'],
  fonts: ['fonts-noto-core', 'fonts-noto-cjk'],
};

/** Fails in words, without a stack. */
export function give_up(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** Runs a command with its output shown; ends the program where it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: root, ...options });
  if (error) give_up(`${command} could not be started: ${error.message}`);
  if (status !== 0) give_up(`${command} ${args.slice(0, 3).join(' ')} … ended with ${status}`);
}

function is_installed(name) {
  const { status, stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
  return status === 0 && stdout.includes('install ok installed');
}

function install_debian(names) {
  const missing = names.filter((name) => !is_installed(name));
  if (missing.length === 0) return;
  const is_root = process.getuid?.() === 0;
  const has_sudo = !is_root && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  if (!existsSync('/usr/bin/apt-get') || (!is_root && !has_sudo)) {
    give_up(`Please install first (Debian 12's names): ${missing.join(' ')}\n  sudo apt-get install --no-install-recommends ${missing.join(' ')}`);
  }
  console.log(`Installing ${missing.join(', ')} …`);
  const apt = (...args) =>
    is_root
      ? run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] })
      : run('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
}

function install_npm() {
  const stamp = join(root, 'node_modules', '.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(wanted).mtimeMs) return;
  // Clones have new times: what is installed decides.
  if (existsSync(stamp)) {
    const installed = JSON.parse(readFileSync(stamp, 'utf8')).packages;
    const locked = JSON.parse(readFileSync(wanted, 'utf8')).packages;
    const same = Object.entries(locked).every(([path, { version, optional }]) => !path || optional || installed[path]?.version === version);
    if (same) return;
  }
  console.log('Installing the npm packages …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Makes sure that the groups (keys of `packages`) and npm's packages are there. */
export function setup(...groups) {
  if (Number(process.versions.node.split('.')[0]) < 20) give_up(`Node 20 or newer is needed; this is ${process.version}`);
  install_debian(groups.flatMap((group) => packages[group]));
  install_npm();
}

/** First line of a command's output, for version notes. */
export function version_of(command, args = ['--version']) {
  return execFileSync(command, args, { encoding: 'utf8' }).split('\n')[0];
}
