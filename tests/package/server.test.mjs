// The package on a server: importing touches no browser and leaves nothing behind.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { room, unpacked } from './pack.mjs';

function run(file, ...args) {
  const { status, stdout, stderr, signal } = spawnSync('node', [join(room, 'consumers', file), ...args], { cwd: room, encoding: 'utf8', timeout: 30_000 });
  assert.equal(stderr, '');
  // It ends by itself: no timer and no connection holds it.
  assert.deepEqual([status, signal], [0, null]);
  return JSON.parse(stdout);
}

/** The exports that are scripts. */
const scripts = Object.keys(JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')).exports).filter((path) => !/\.(wasm|json)$/.test(path));

test('where nothing of a browser is, every export can be imported, and defines nothing without a complaint', () => {
  const { defined, added } = run('server_import.mjs', 'absent');
  assert.deepEqual(defined, ['./elements/job defineJob', './elements/jobs defineJobs', './elements/all defineAll', './register/job defineJob', './register/jobs defineJobs', './register/all defineAll']);
  assert.deepEqual(added, []);
  assert.equal(scripts.length, 11);
});

test('what is looked for on globalThis while it is imported is whether it is there, and nothing else', () => {
  const { touched } = run('server_import.mjs', 'watched');
  assert.deepEqual(touched, [
    // To extend it, else an empty class.
    'read HTMLElement',
    // By define…(): where there is no registry, nothing is defined.
    'read customElements',
    // lit-html: who walks through templates, and who makes its policy.
    'read document',
    'read trustedTypes',
  ]);
});

test('React and Vue write the tags on a server, and an engine is refused in words, not by a crash', () => {
  const { react, vue, refused } = run('server_render.mjs');
  const tag = '<azure-backup-jobs vault="/subscriptions/s" endpoint="https://management.azure.com"></azure-backup-jobs>';
  assert.equal(react, tag);
  assert.equal(vue, tag);
  assert.equal(refused, 'EngineLoadError');
});
