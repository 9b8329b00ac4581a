// Pages in Chromium: a new one for each measurement, what is measured in it, and what the wire saw.
import { serve_page } from '../../web/tools/serve.mjs';
import { traced } from './trace.mjs';
import { vault } from './vault_of_many.mjs';

export async function launch() {
  const { chromium } = await import('@playwright/test');
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

/** A page of a browser without a past. `use` is given the page and its protocol session. */
export async function with_page(browser, { arm, files, viewport = { width: 1280, height: 900 } }, use) {
  const site = await serve_page({ port: 4490, config: { endpoint: arm.origin }, extra: files });
  const context = await browser.newContext({ viewport });
  try {
    const page = await context.newPage();
    return await use(page, await context.newCDPSession(page), site.url);
  } finally {
    await context.close();
    await site.close();
  }
}

const slow_down = (session, rate) => session.send('Emulation.setCPUThrottlingRate', { rate });

/** Bytes after collection: objects and buffers. WebAssembly's memory is not among them. */
async function memory(session) {
  for (let i = 0; i < 2; ++i) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize;
}

/** Milliseconds of the main thread so far, all tasks. */
async function main_thread(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

/**
 * One contender does one thing on an empty page: `list`, or `refresh` after a list and another refresh. Loading its scripts is not of it.
 * → { first, all, total | changed, main, longest (of its tasks), many (of 50 ms), heap, wasm, asked, preflights, bytes }
 */
export function measure(browser, { arm, files, id, does = 'list', count, fleet = false, slowed = 1, end_some = 0, latency }) {
  arm.begin();
  return with_page(browser, { arm, files }, async (page, session, url) => {
    await page.goto(`${url}bench.html`);
    await session.send('Performance.enable');
    const empty = await memory(session);
    await page.evaluate(async ({ id: name, ...where }) => {
      const { open } = await import(`/${name}.js`);
      globalThis.contender = await open(where);
    }, { id, endpoint: arm.origin, vault, fleet });
    const step = (name) => page.evaluate(([what, argument]) => globalThis.contender[what](argument), [name, { count }]);
    if (does === 'refresh') {
      // What was there before need not be waited for. The first refresh may be by other URLs than the list: it is the later ones that come again and again.
      arm.answer_after(0);
      await step('list');
      await step('refresh');
      arm.answer_after(latency);
      const { asked, preflights, bytes } = arm.counts;
      arm.end_some(end_some);
      return { ...(await timed(() => step('refresh'))), ...less(arm.counts, { asked, preflights, bytes }) };
    }
    const taken = await timed(() => step('list'));
    const heap = (await memory(session)) - empty;
    const wasm = await page.evaluate(() => globalThis.contender.wasm?.() ?? 0);
    return { ...taken, ...arm.counts, heap, wasm };

    async function timed(run) {
      await page.waitForTimeout(100);
      await slow_down(session, slowed);
      const before = await main_thread(session);
      const { result, longest, many } = await traced(browser, page, run);
      const main = (await main_thread(session)) - before;
      await slow_down(session, 1);
      return { ...result, main, longest, many };
    }
  });
}

const less = (counts, before) => Object.fromEntries(Object.keys(counts).map((key) => [key, counts[key] - before[key]]));

/** A page of first rows, from the beginning of its navigation: → { row, rows: when the first and the fiftieth were in the DOM, main, asked, preflights, loaded: its files' paths }. */
export function first_rows(browser, { arm, files, id, slowed }) {
  arm.begin();
  // So high that our element draws fifty rows: it draws those on screen.
  return with_page(browser, { arm, files, viewport: { width: 1280, height: 2000 } }, async (page, session, url) => {
    // The browser's process for the site has begun; its files are not there yet.
    await page.goto(`${url}bench.html`);
    await session.send('Performance.enable');
    const loaded = [];
    page.on('response', (response) => response.url().startsWith(url) && response.ok() && loaded.push(new URL(response.url()).pathname));
    await slow_down(session, slowed);
    const before = await main_thread(session);
    await page.goto(`${url}first_${id}.html?${new URLSearchParams({ endpoint: arm.origin, vault })}`);
    await page.waitForFunction(() => globalThis.fifty_rows, null, { polling: 100, timeout: 60_000 });
    const main = (await main_thread(session)) - before;
    const { row, rows } = await page.evaluate(() => ({ row: globalThis.first_row, rows: globalThis.fifty_rows }));
    return { row, rows, main, ...arm.counts, loaded };
  });
}
