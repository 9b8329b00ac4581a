// What the commands need on a machine: npm's packages and Debian's. Installs what is missing where it may, else names it exactly.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const packages = {
  build: ['cmake', 'emscripten', 'g++', 'ninja-build', 'nlohmann-json3-dev'],
  native: ['clang-14', 'libclang-rt-14-dev', 'libgtest-dev', 'llvm-14'],
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb', 'xauth'],
  // Of the sign-in tests' certificate.
  login: ['openssl'],
  fonts: ['fonts-noto-core', 'fonts-noto-cjk'],
};

/** What would start a service where it is installed is only unpacked, into build/tools: by group, the package and its program. */
const unpacked = { hosting: { name: 'nginx', program: 'usr/sbin/nginx' } };

/** The program of such a group. */
export function program_of(group) {
  const { name, program } = unpacked[group];
  return [`/${program}`, join(root, 'build', 'tools', name, program)].find((path) => existsSync(path));
}

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
  console.log(`Installing ${missing.join(', ')} …`);
  const apt = apt_get(missing);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
}

/** apt-get as root; ends the program, with what is to be installed, where there is no such thing. */
function apt_get(missing) {
  const is_root = process.getuid?.() === 0;
  const has_sudo = !is_root && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  if (!existsSync('/usr/bin/apt-get') || (!is_root && !has_sudo)) {
    give_up(`Please install first (Debian 12's names): ${missing.join(' ')}\n  sudo apt-get install --no-install-recommends ${missing.join(' ')}`);
  }
  return (...args) =>
    is_root
      ? run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] })
      : run('sudo', ['-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function unpack_debian(group) {
  if (program_of(group)) return;
  const { name } = unpacked[group];
  const folder = join(root, 'build', 'tools', name);
  mkdirSync(folder, { recursive: true });
  const fetch = () => spawnSync('apt-get', ['download', '-qq', name], { cwd: folder, stdio: 'ignore' }).status === 0;
  console.log(`Unpacking ${name} …`);
  if (!fetch()) {
    // A machine without lists of packages, or with old ones.
    apt_get([name])('update', '-qq');
    if (!fetch()) give_up(`${name} could not be fetched with apt-get download`);
  }
  for (const file of readdirSync(folder).filter((file) => file.endsWith('.deb'))) run('dpkg-deb', ['-x', join(folder, file), folder]);
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

/** Makes sure that the groups (keys of `packages` and `unpacked`) and npm's packages are there. */
export function setup(...groups) {
  if (Number(process.versions.node.split('.')[0]) < 20) give_up(`Node 20 or newer is needed; this is ${process.version}`);
  install_debian(groups.filter((group) => !(group in unpacked)).flatMap((group) => packages[group]));
  groups.filter((group) => group in unpacked).forEach(unpack_debian);
  install_npm();
}

/** What a command says in its first line. */
export function first_line_of(command, args) {
  return execFileSync(command, args, { encoding: 'utf8' }).split('\n')[0];
}
