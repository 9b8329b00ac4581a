/** A host that is built from the packed package, with the fixtures of the browser suite: a vault, the page's policy, and a console that must stay silent. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { dist } from '../../web/tools/build.mjs';
import { expect, serveSite, test as base, type Site, type Vault } from '../browser/fixtures.ts';
import { room } from './pack.mjs';

export { expect, room };
export type { Site, Vault };

/** Builds a consumer for this project of Playwright alone: two that run side by side would write into one folder. */
export function built(consumer: string, project: string): string {
  const out = join(room, 'out', `${consumer}-${project}`);
  const { status, stdout, stderr } = spawnSync('node', [join(room, 'consumers', 'build.mjs'), consumer, out], { encoding: 'utf8', cwd: room });
  if (status !== 0) throw new Error(`${consumer} could not be built:\n${stdout}${stderr}`);
  // Browsers ask for one, and note it in the console where there is none.
  writeFileSync(join(out, 'favicon.ico'), '');
  return out;
}

export const test = base.extend<{ consumer: string; serve: (change?: (headers: Headers) => Headers, pages?: Record<string, string>) => Promise<string>; viteDev: (version: string, script: string, excluded: string) => Promise<string> }>({
  /** Of consumers/build.mjs; else the fixtures' own page with the package's files in /lib/. */
  consumer: ['', { option: true }],
  folder: async ({ consumer }, use, info) => use(consumer ? built(consumer, info.project.name) : dist),
  /** The site on one more origin, with other headers or pages; until the test ends. */
  serve: async ({ page, site, folder }, use) => {
    const servers: Awaited<ReturnType<typeof serveSite>>[] = [];
    await use(async (change, pages) => {
      servers.push(await serveSite(folder, site.config, pages, change));
      return servers.at(-1)!.url;
    });
    // First the page: it may still load something from them.
    await page.close();
    for (const server of servers) await server.close();
  },
  /** Vite's server for development on a script; its address. */
  viteDev: async ({}, use, info) => {
    const servers: ChildProcess[] = [];
    await use(async (version, script, excluded) => {
      const server = spawn('node', [join(room, 'consumers', 'vite_dev.mjs'), join(room, 'out', `dev-${info.workerIndex}`), version, script, excluded], { cwd: room, stdio: ['pipe', 'pipe', 'inherit'] });
      servers.push(server);
      return new Promise<string>((resolve, reject) => {
        server.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
        server.once('exit', (code) => reject(new Error(`Vite ended with ${code}`)));
      });
    });
    for (const server of servers) {
      if (server.exitCode !== null) continue;
      server.stdin?.end();
      await once(server, 'exit');
    }
  },
});

/** The page's policy with something put in the place of something else; fails where it is not there. */
export const withPolicy = (before: string, after: string) => (headers: Headers) => {
  const policy = headers['Content-Security-Policy'] ?? '';
  if (!policy.includes(before)) throw new Error(`no ${before} in ${policy}`);
  return { ...headers, 'Content-Security-Policy': policy.replace(before, after) };
};

/** What hosts are told by their address. */
export const address = (vault: Vault, path = '') => `${path}?${new URLSearchParams({ endpoint: vault.origin, vault: vault.simulator.vault() })}`;

type Headers = Record<string, string>;

/** Rows are there, and a job opens. */
export async function showsJobs(page: Page, list: Locator = page.locator('azure-backup-jobs')): Promise<void> {
  await expect(list.locator('[part=row]').nth(9)).toBeVisible();
  await list.locator('[part=row]').first().click();
  await expect(list.locator('[part=drawer] azure-backup-job [part=status]')).toContainText(/Failed after/);
}

const versionOf = (name: string) => (JSON.parse(readFileSync(join(name.startsWith('/') ? name : join(room, 'node_modules', name), 'package.json'), 'utf8')) as { version: string }).version;

/** Everything that the page has loaded but the vault's answers, in bytes; from before it is opened until `note` is called. */
export function weigh(page: Page, vault: Vault): { note(consumer: string, version: string): Promise<void> } {
  const bodies = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    const url = response.url();
    if (!url.startsWith(vault.origin) && url.startsWith('http') && response.ok()) bodies.set(url, response.body());
  });
  return {
    async note(consumer, version) {
      let raw = 0;
      let brotli = 0;
      for (const body of bodies.values()) {
        const bytes = new Uint8Array(await body);
        raw += bytes.length;
        brotli += brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
      }
      const browser = page.context().browser()!;
      const name = browser.browserType().name();
      mkdirSync(join(room, 'noted'), { recursive: true });
      writeFileSync(join(room, 'noted', `${consumer.replace(/\W+/g, '-')}-${name}.json`), JSON.stringify({ consumer, version: version && versionOf(version), browser: `${name} ${browser.version()}`, files: bodies.size, raw, brotli }));
      // A page that loads nothing has not been weighed.
      expect(raw).toBeGreaterThan(100_000);
    },
  };
}
