/** What the README shows: each example compiles against the package's types, and does in a browser what it says. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import type { Page } from '@playwright/test';
import { root } from '../../web/tools/setup.mjs';
import { expect, openHarness, test, type Vault } from './fixtures.ts';

const examples = new Map([...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/<!-- example: (\w+) -->\n```ts\n(.*?)```/gs)].map(([, name, code]) => [name as string, code as string]));
const exported = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).exports as Record<string, { types?: string; default?: string }>;

/** What an example takes from its surroundings. */
const given = { getToken: '() => string', operationUrl: 'string', vaultId: 'string', signal: 'AbortSignal', search: 'string' };

test('compile against the types of the package', ({ browserName }) => {
  test.skip(browserName !== 'chromium', 'no browser takes part');
  const folder = join(root, 'build', 'examples');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const prelude = Object.entries(given).map(([name, type]) => `declare const ${name}: ${type};`).join(' ');
  for (const [name, code] of examples) writeFileSync(join(folder, `${name}.ts`), `export {}; ${prelude}\n${code}`);
  const paths = Object.entries(exported).flatMap(([path, { types }]) => (types ? [[path.replace('.', 'azure-backup-jobs'), [join(root, types)]]] : []));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], module: 'esnext', moduleResolution: 'bundler', strict: true, noEmit: true, skipLibCheck: false, types: [], paths: Object.fromEntries(paths) } }));
  const { stdout } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect([...examples.keys()].sort()).toEqual(['estate', 'follow', 'items', 'lists', 'portal', 'waits', 'wasm']);
});

/** Runs an example on the simulated vault; `more` says what else it is told. Answers with what it has written, as it grows. */
async function run(page: Page, vault: Vault, name: string, change = (code: string) => code): Promise<string[]> {
  const file = (path: string) => exported[path.replace('azure-backup-jobs', '.')]?.default?.replace('./dist', '') ?? '/msal.js';
  const told = change(examples.get(name) as string).replaceAll('{ getToken', '{ endpoint, pollEvery: { floor: 100, ceiling: 250 }, requestsPerHour: 10_000, getToken');
  const { code } = await transform(told, { loader: 'ts', format: 'esm' });
  const body = `const { endpoint, operationUrl, vaultId } = globalThis.given; const getToken = () => 'simulated-token'; const { signal } = new AbortController(); const search = '';\n${code.replaceAll(/(from |^import )"([^"]+)"/gm, (_, before: string, path: string) => `${before}"${file(path)}"`)}`;
  await page.route('**/example.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
  const written: string[] = [];
  page.on('console', (message) => written.push(message.text()));
  await page.evaluate(
    (values) => {
      Object.assign(globalThis, { given: values });
      // Not awaited: some go on for ever.
      import('/example.js' as string).catch((error: unknown) => console.log(`threw ${String(error)}`));
    },
    { endpoint: vault.origin, operationUrl: vault.sample('backup-completes').text, vaultId: vault.simulator.vault() },
  );
  return written;
}

test.describe('run', () => {
  test.use({ factor: 600 });
  test.beforeEach(({ page, site }) => openHarness(page, site));

  test('follow: from the operation to the end', async ({ page, vault }) => {
    const written = await run(page, vault, 'follow');
    await expect.poll(() => written.at(-1)).toBe('completed');
    expect(written.some((line) => /InProgress/.test(line))).toBe(true);
  });

  test('waits: saved, restored, both awaited', async ({ page, vault }) => {
    const written = await run(page, vault, 'waits');
    await expect.poll(() => written).toEqual(['[completed, completed]']);
  });

  test('wasm: from where the host has it', async ({ page, vault }) => {
    let asked = 0;
    await page.route('**/assets/engine.wasm', async (route) => (++asked, route.fulfill({ response: await route.fetch({ url: route.request().url().replace('/assets/', '/lib/') }) })));
    await run(page, vault, 'wasm');
    await expect.poll(() => asked).toBe(1);
  });
});

test.describe('whole vaults', () => {
  test.use({ busy: true, fleet: { subscriptions: 3, vaults: 6, jobs: 300 } });
  test.beforeEach(({ page, site }) => openHarness(page, site));

  test('lists: what failed', async ({ page, vault }) => {
    const written = await run(page, vault, 'lists');
    await expect.poll(() => written.join('\n')).toMatch(/^[1-9]\d* \[.+\] \[.*sql.*\] \d+(\.\d+)? fresh$/im);
  });

  test('items: what needs attention first', async ({ page, vault }) => {
    const written = await run(page, vault, 'items');
    await expect.poll(() => written.join('\n')).toMatch(/^[1-9]\d* of [1-9]\d* \[/m);
  });

  test('estate: what there is to watch', async ({ page, vault }) => {
    const written = await run(page, vault, 'estate');
    await expect.poll(() => written.join('\n')).toMatch(/^[1-9]\d* \[.+\] true true$/m);
  });

  test('portal: a list in a page, signed in', async ({ page, vault }) => {
    const msal = `export class PublicClientApplication { initialize = async () => {}; handleRedirectPromise = async () => null; getAllAccounts = () => [{ homeAccountId: 'one' }]; acquireTokenSilent = async () => ({ accessToken: 'simulated-token' }); }`;
    await page.route('**/msal.js', (route) => route.fulfill({ contentType: 'text/javascript', body: msal }));
    await run(page, vault, 'portal', (code) => code.replace(/list\.vault = .*;/, 'list.vault = vaultId; list.endpoint = endpoint;'));
    await expect(page.locator('azure-backup-jobs [part~=row]').nth(5)).toBeVisible();
  });
});
