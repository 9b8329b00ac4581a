/** The files that hosts are set up with (web/hosting) say what security_headers() says, and nginx serves the page under exactly that. */
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { dist } from '../../web/tools/build.mjs';
import { clouds } from '../../web/tools/clouds.mjs';
import { root } from '../../web/tools/setup.mjs';
import { public_headers, security_headers, types } from '../../web/tools/serve.mjs';
import { listByHand } from './by_hand.ts';
import { expect, test } from './fixtures.ts';
import { serveWithNginx } from './nginx.ts';

const hosting = (file: string) => readFileSync(join(root, 'web', 'hosting', file), 'utf8');
const extensions = () => new Set(readdirSync(dist).map((file) => extname(file)));

test('nginx.conf, staticwebapp.config.json and the table in words say the same', () => {
  const wanted = public_headers();
  const nginx = Object.fromEntries([...hosting('nginx.conf').matchAll(/^ *add_header (\S+) "(.*)" always;$/gm)].map(([, name, value]) => [name, value]));
  expect(nginx).toEqual(wanted);
  const { globalHeaders, mimeTypes } = JSON.parse(hosting('staticwebapp.config.json')) as Record<'globalHeaders' | 'mimeTypes', Record<string, string>>;
  const { 'Cache-Control': caching, ...headers } = globalHeaders;
  expect(headers).toEqual(wanted);
  expect(caching).toBe('no-cache');
  const words = hosting('README.md');
  const rows = Object.fromEntries([...words.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|$/gm)].map(([, name, value]) => [name, value]));
  expect(rows).toMatchObject(wanted);
  for (const { endpoint, logins } of Object.values(clouds)) for (const host of [endpoint, ...logins]) expect(words).toContain(host);
  for (const extension of extensions()) {
    expect(mimeTypes[extension]).toBe(types[extension]);
    expect(rows[extension]).toBe(types[extension]);
  }
});

test('under nginx with these headers the page lists a vault, and nothing is violated', async ({ page, site, vault }, info) => {
  void site;
  const nginx = await serveWithNginx(info.outputPath('nginx'), { endpoint: vault.origin });
  try {
    const seen = new Map<string, Record<string, string>>();
    const elsewhere: string[] = [];
    page.on('response', (response) => {
      const url = response.url();
      if (url.startsWith(nginx.url)) seen.set(url.slice(nginx.url.length), response.headers());
      else if (!url.startsWith(`${vault.origin}/`)) elsewhere.push(url);
    });
    await page.goto(nginx.url);
    const rows = await listByHand(page, vault);
    await expect(rows.first()).toBeVisible();
    await rows.first().click();
    await expect(page.locator('azure-backup-jobs [part~=drawer]')).toBeVisible();

    const wanted = security_headers({ endpoints: [vault.origin], logins: [...clouds.public.logins] });
    expect([...seen.keys()]).toEqual(expect.arrayContaining(['', 'config.json', 'page.css', 'page.js', 'pictures.wasm']));
    expect(elsewhere).toEqual([]);
    for (const [file, headers] of seen) {
      for (const [name, value] of Object.entries(wanted)) expect(headers[name.toLowerCase()], `${file}: ${name}`).toBe(value);
      expect(headers['content-type'], file).toBe(types[extname(file) || '.html']);
      expect(headers['cache-control'], file).toBe(file.startsWith('chunk-') ? 'max-age=315360000' : 'no-cache');
    }
    const chunks = [...seen.keys()].filter((file) => file.startsWith('chunk-'));
    expect(chunks.length).toBeGreaterThan(0);
  } finally {
    await nginx.close();
  }
});

test('nginx: what is not there, and what is to be kept, come under the same headers', async ({ vault }, info) => {
  const nginx = await serveWithNginx(info.outputPath('nginx'), { endpoint: vault.origin });
  try {
    const wanted = security_headers({ endpoints: [vault.origin], logins: [...clouds.public.logins] });
    for (const [path, status] of [['nowhere', 404], ['azure-backup-jobs.html', 200], ['demo.html', 200], ['demo-worker.js', 200]] as const) {
      const answer = await fetch(nginx.url + path);
      expect(answer.status, path).toBe(status);
      for (const [name, value] of Object.entries(wanted)) expect(answer.headers.get(name), `${path}: ${name}`).toBe(value);
      expect(answer.headers.get('content-disposition'), path).toBe(path === 'azure-backup-jobs.html' ? 'attachment' : null);
    }
    const wasm = await fetch(`${nginx.url}pictures.wasm`, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(wasm.headers.get('content-encoding')).toBe('gzip');
  } finally {
    await nginx.close();
  }
});

test.describe('workers', () => {
  test.use({ expectedErrors: /TrustedScriptURL|require-trusted-types-for/ });

  test('the policy lets the demo register its worker by its policy, and nobody a text', async ({ page, site, vault, browserName }, info) => {
    void site;
    const nginx = await serveWithNginx(info.outputPath('nginx'), { endpoint: vault.origin });
    try {
      await page.goto(nginx.url);
      const scope = await page.evaluate(async () => {
        interface Policies {
          createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(text: string): string };
        }
        const { trustedTypes } = globalThis as unknown as { trustedTypes: Policies };
        const url = trustedTypes.createPolicy('demo-worker', { createScriptURL: () => 'demo-worker.js' }).createScriptURL('');
        const registration = await navigator.serviceWorker.register(url, { scope: './demo' });
        const { scope } = registration;
        await registration.unregister();
        return scope;
      });
      expect(scope).toBe(`${nginx.url}demo`);
      // Firefox refuses it, too, and tells of it as an error of the page, where the fixture looks.
      const asText = () => page.evaluate(() => navigator.serviceWorker.register('demo-worker.js').then(() => '', (error: unknown) => (error as Error).name));
      if (browserName === 'chromium') expect(await asText()).toBe('TypeError');
    } finally {
      await nginx.close();
    }
  });
});
