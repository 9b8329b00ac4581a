/** A page and a simulated vault of its own for every test, on two origins; the test fails on any violation of the page's policy and any error in the console. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { dist, load_simulator } from '../../web/tools/build.mjs';
import { root } from '../../web/tools/setup.mjs';
import { serve_page } from '../../web/tools/serve.mjs';
import type { hostSimulator } from '../../web/src/simulator/node_host.ts';
import type { Sample } from '../../web/src/simulator/index.ts';

type Host = Awaited<ReturnType<typeof hostSimulator>>;

export interface Vault extends Host {
  sample(key: string): Sample;
  /** Requests for jobs and operations so far, without preflights. */
  asked(): number;
}

export interface Site {
  /** Opens the page, ready to be used. */
  open(path?: string): Promise<void>;
  /** Opens the page and follows a sample of the simulator as a user would. */
  follow(key: string): Promise<Locator>;
  readonly job: Locator;
  readonly url: string;
  config: Record<string, unknown>;
}

export interface Options {
  /** Where the page's files are. */
  folder: string;
  /** Simulated seconds a second. */
  factor: number;
  /** With a vault that holds a few thousand jobs, which the page then shows. */
  busy: boolean;
  /** So many subscriptions, vaults and jobs besides. */
  fleet: { subscriptions: number; vaults: number; jobs: number } | null;
  /** Errors in the console that this test brings about. */
  expectedErrors: RegExp | null;
}

const harness = '<!doctype html><html lang="en"><meta charset="utf-8"><title>harness</title><link rel="icon" href="icon.svg"><body></body></html>';

/** The pages in `folder`, on an origin of their own; `pages` and what becomes of the headers are a test's. `npm test` has the library from the packed package. */
export const serveSite = (folder: string, config: Record<string, unknown>, pages: Record<string, string> = {}, change?: (headers: Record<string, string>) => Record<string, string>) =>
  serve_page({
    port: 0, config: () => config, folder, extra: { '/harness.html': harness, ...pages }, ...(change ? { change } : {}),
    ...(folder === dist && process.env['PACKED_LIB'] ? { lib: process.env['PACKED_LIB'] } : {}),
  });

/** Violations are told through the console, where the test looks. */
function watchViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
}

/** A type's keys, sorted; the compiler holds the list to the type: a missing or foreign name is an error. */
export const keysOf = <T>() => <const K extends readonly (keyof T)[]>(...keys: K & ([keyof T] extends [K[number]] ? unknown : never)) => [...keys].sort();

export const test = base.extend<Options & { vault: Vault; site: Site }, { hostSimulator: typeof hostSimulator }>({
  folder: [dist, { option: true }],
  factor: [1, { option: true }],
  busy: [false, { option: true }],
  fleet: [null, { option: true }],
  expectedErrors: [null, { option: true }],

  hostSimulator: [async ({}, use) => use((await load_simulator()).hostSimulator as typeof hostSimulator), { scope: 'worker' }],

  vault: async ({ hostSimulator, factor, busy, fleet }, use) => {
    const host = await hostSimulator({ port: 0, factor, ...(busy || fleet ? { simulator: { busy, budgetPerHour: Infinity, ...(fleet ? { fleet } : {}) } } : {}) });
    const vault: Vault = {
      ...host,
      sample: (key) => host.simulator.samples().find((sample) => sample.key === key) as Sample,
      asked: () => host.simulator.log.filter(({ method }) => method !== 'OPTIONS').length,
    };
    await use(vault);
    await host.close();
  },

  site: async ({ page, vault, folder, busy, expectedErrors }, use) => {
    const config: Record<string, unknown> = {
      endpoint: vault.origin,
      simulated: { speed: 1, token: 'simulated-token', samples: vault.simulator.samples(), ...(busy ? { vaults: [vault.simulator.vault()] } : {}) },
      pollEvery: { floor: 100, ceiling: 250 }, requestsPerHour: 10_000,
    };
    const server = await serveSite(folder, config);
    const faults: string[] = [];
    await page.addInitScript(watchViolations);
    // A browser notes every refused request of a page that asks (Firefox as an error of the page); those are what many tests are about.
    const isRefusal = (text: string, url: string) => /Failed to load resource|Cross-Origin Request Blocked|blocked by CORS/.test(text) && `${text} ${url}`.match(/https?:\/\/[^/ ]+/g)?.some((origin) => String(config['endpoint']).includes(origin));
    page.on('pageerror', (error) => {
      const text = `${error.name} ${error.message} ${error.stack}`;
      if (!isRefusal(text, '') && !expectedErrors?.test(text)) faults.push(`uncaught: ${error.stack ?? error.message}`);
    });
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      if (isRefusal(message.text(), message.location().url)) return;
      if (!expectedErrors?.test(message.text())) faults.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    const site: Site = {
      url: server.url,
      config,
      job: page.locator('azure-backup-job'),
      async open(path = '') {
        await page.goto(server.url + path);
      },
      async follow(key) {
        await site.open();
        await page.locator(`[data-sample=${key}]`).click();
        return site.job;
      },
    };
    await use(site);
    await page.close();
    await server.close();
    expect(faults, 'console and policy').toEqual([]);
  },
});

export { expect };

/** Opens an empty page of the site's origin, for the headless API. */
export async function openHarness(page: Page, site: Site): Promise<void> {
  await page.goto(`${site.url}harness.html`);
}

/** Keeps the engine's memory within reach of heldInMemory(); before the page is opened. */
export async function keepMemory(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module, imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>;
    (WebAssembly as { instantiate: unknown }).instantiate = async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
      const instance = await instantiate(module, imports);
      Object.assign(globalThis, { memory: Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory) });
      return instance;
    };
  });
}

/** Which of the texts are in the engine's memory. */
export async function heldInMemory(page: Page, texts: readonly string[]): Promise<string[]> {
  const { size, held } = await page.evaluate((texts) => {
    const heap = new TextDecoder('latin1').decode((globalThis as unknown as { memory: WebAssembly.Memory }).memory.buffer);
    return { size: heap.length, held: texts.filter((text) => heap.includes(text)) };
  }, texts);
  expect(size).toBeGreaterThan(1 << 20);
  return held;
}

/** What hostile text has brought into the page: elements that nobody of ours makes, and whether any of its script ran (`window.hit`). */
export const injectedIn = (page: Page) =>
  page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    let count = 0;
    for (const root of roots) {
      count += root.querySelectorAll('img, iframe, script:not([src]), [onerror], [onload], a[href^="javascript"]').length;
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
    }
    return { count, hit: 'hit' in window };
  });

export function fixture(name: string): string {
  return readFileSync(join(root, 'tests', 'fixtures', name), 'utf8');
}

/** The documentation's job, without the brace too many. */
export function documentationJob(): string {
  const text = fixture('documentation/job_as_published.json').trim();
  return text.slice(0, -1);
}
