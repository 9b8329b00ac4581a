/** Where the WebAssembly comes from, and what is said where it does not come. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from '../../web/tools/build.mjs';
import { security_headers } from '../../web/tools/serve.mjs';
import { expect, openHarness, test, type Site } from './fixtures.ts';
import type { Page } from '@playwright/test';

const wasm = readFileSync(join(dist, 'lib', 'engine.wasm'));

/** Opens an engine with `wasm` as the page's script makes it; answers with 'open', or what was said. */
function opened(page: Page, site: Site, make: string, times = 1): Promise<string[]> {
  return page.evaluate(
    async ({ endpoint, make, times }) => {
      const { openEngine } = (await import('/lib/index.js' as string)) as typeof import('../../web/src/engine/index.ts');
      const { sources } = (await import('/sources.js' as string)) as { sources: Record<string, () => Promise<never>> };
      const said: string[] = [];
      for (let time = 0; time < times; ++time) {
        const engine = await openEngine({ endpoint, getToken: () => 'simulated-token', ...(make ? { wasm: sources[make] } : {}) }).catch((error: Error) => `${error.name}: ${error.message}`);
        said.push(typeof engine === 'string' ? engine : 'open');
        if (typeof engine !== 'string') engine.close();
      }
      return said;
    },
    { endpoint: String(site.config['endpoint']), make, times },
  );
}

const sources = `
const bytes = async () => (await fetch('/lib/engine.wasm')).arrayBuffer();
export const sources = {
  url: () => '/lib/engine.wasm',
  URL: async () => new URL('/lib/engine.wasm', location.href),
  response: () => fetch('/lib/engine.wasm'),
  bytes,
  view: async () => new Uint8Array(await bytes()),
  module: async () => WebAssembly.compile(await bytes()),
  lists: () => '/lib/lists.wasm',
  cut: async () => (await bytes()).slice(0, 5000),
  refused: () => Promise.reject(new Error('the host would not')),
  read: async () => { const response = await fetch('/lib/engine.wasm'); await response.arrayBuffer(); return response; },
  html: async () => (await fetch('/harness.html')).arrayBuffer(),
};`;

test.beforeEach(async ({ page, site }) => {
  await page.route('**/sources.js', (route) => route.fulfill({ contentType: 'text/javascript', body: sources }));
  await openHarness(page, site);
});

for (const source of ['url', 'URL', 'response', 'bytes', 'view', 'module']) {
  test(`from the host's ${source}`, async ({ page, site }) => {
    expect(await opened(page, site, source)).toEqual(['open']);
  });
}

test('once for all engines of a page, whatever the host calls it', async ({ page, site }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(...(request.url().endsWith('.wasm') ? [request.url()] : [])));
  await page.route('**/engine.wasm', (route) => route.fulfill({ contentType: 'text/plain', body: wasm }));
  expect(await opened(page, site, '', 3)).toEqual(['open', 'open', 'open']);
  expect(asked).toEqual([`${site.url}lib/engine.wasm`]);
});

test.describe('what does not come is said, and tried again', () => {
  test.use({ expectedErrors: /Failed to load resource|ERR_|NetworkError|WebAssembly|wasm|policy/i });

  test('a page of HTML in its place, then itself', async ({ page, site }) => {
    let times = 0;
    await page.route('**/engine.wasm', (route) => (++times === 1 ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>app</title>' }) : route.continue()));
    expect(await opened(page, site, '', 2)).toEqual([`EngineLoadError: ${site.url}lib/engine.wasm is not WebAssembly (HTML, perhaps). Check the asset's path.`, 'open']);
  });

  test('nothing there, nobody there, damaged, of another entry', async ({ page, site }) => {
    await page.route('**/engine.wasm', (route) => route.fulfill({ status: 404, body: 'no' }));
    expect(await opened(page, site, '')).toEqual([`EngineLoadError: ${site.url}lib/engine.wasm: HTTP 404. Check that it is served beside the script.`]);
    await page.unroute('**/engine.wasm');
    await page.route('**/engine.wasm', (route) => route.abort('internetdisconnected'));
    expect(await opened(page, site, '')).toEqual([expect.stringMatching(/^EngineLoadError: .*engine\.wasm could not be loaded: offline, or connect-src/)]);
    await page.unroute('**/engine.wasm');
    expect(await opened(page, site, 'cut')).toEqual(['EngineLoadError: The WebAssembly is damaged.']);
    expect(await opened(page, site, 'lists')).toEqual(['EngineLoadError: This WebAssembly does not belong to this script: it is of another version, or of another entry.']);
    expect(await opened(page, site, 'refused')).toEqual(['EngineLoadError: The WebAssembly could not be had: the host would not']);
    expect(await opened(page, site, 'read')).toEqual([`EngineLoadError: ${site.url}lib/engine.wasm was read before: hand over a function that asks again.`]);
    expect(await opened(page, site, 'html')).toEqual(["EngineLoadError: What was given as WebAssembly is not WebAssembly (HTML, perhaps). Check the asset's path."]);
    await page.evaluate(() => {
      const { instantiate } = WebAssembly;
      Object.assign(WebAssembly, { instantiate: () => (Object.assign(WebAssembly, { instantiate }), Promise.reject(new RangeError('out of memory'))) });
    });
    expect(await opened(page, site, '', 2)).toEqual(['EngineLoadError: The WebAssembly could not be started: no memory, perhaps.', 'open']);
  });

  test('the page forbids WebAssembly', async ({ page, site, browserName }) => {
    const policy = security_headers({ endpoints: [String(site.config['endpoint'])] })['Content-Security-Policy'] as string;
    await page.route('**/harness.html', async (route) => route.fulfill({ response: await route.fetch(), headers: { 'content-type': 'text/html', 'content-security-policy': policy.replace(" 'wasm-unsafe-eval'", '') } }));
    await page.reload();
    const said = await opened(page, site, '');
    test.info().annotations.push({ type: 'said', description: `${browserName}: ${said.join()}` });
    expect(said).toEqual(["EngineLoadError: WebAssembly was refused: the page's script-src needs 'wasm-unsafe-eval'."]);
  });
});

test('from inside a script, for elements, too', async ({ page, vault }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(...(request.url().endsWith('.wasm') ? [request.url()] : [])));
  await page.evaluate(
    async ({ endpoint, id }) => {
      await import('/lib/inline-pictures.js' as string);
      await import('/lib/register-all.js' as string);
      const element = document.createElement('azure-backup-jobs') as import('../../web/src/elements/azure_backup_jobs.ts').AzureBackupJobs;
      Object.assign(element, { endpoint, vault: id, getToken: () => 'simulated-token' });
      document.body.append(element);
    },
    { endpoint: vault.origin, id: vault.simulator.vault() },
  );
  await expect(page.locator('azure-backup-jobs [part~=row]').first()).toBeVisible();
  expect(asked).toEqual([]);
});

test('a list that comes after a job, from another entry, has an engine that can list', async ({ page, vault }) => {
  await page.evaluate(
    async ({ endpoint, id }) => {
      const getToken = () => 'simulated-token';
      const add = (name: string) => document.body.append(Object.assign(document.createElement(name), { endpoint, vault: id, getToken, job: '00000000-0000-0000-0000-000000000000' }));
      await import('/lib/register-job.js' as string);
      add('azure-backup-job');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await import('/lib/register-jobs.js' as string);
      add('azure-backup-jobs');
    },
    { endpoint: vault.origin, id: vault.simulator.vault() },
  );
  await expect(page.locator('azure-backup-jobs [part~=row]').first()).toBeVisible();
});
