/** Pages that are hard on what they embed: ids and globals in its way, and hundreds of comings and goings. */
import type { CDPSession } from '@playwright/test';
import { address, expect, showsJobs, test } from './host.ts';
import { openHarness } from '../browser/fixtures.ts';

/** What scripts look for on `window`, as ids of the host's own content: there a global of that name is that element. */
const ids = [
  ...['litHtmlVersions', 'litHtmlPolyfillSupport', 'litIssuedWarnings', 'ShadyDOM', 'ShadyCSS', 'customElementsPolyfill', 'reactiveElementVersions'],
  ...['Module', 'process', 'global', 'require', 'define', 'exports', 'module', 'Buffer', 'wasmMemory', 'wasmBinary', 'HEAP8', 'Fetch', 'ENVIRONMENT_IS_NODE', 'importScripts'],
  ...['engine', 'jobs', 'job', 'vault', 'config', 'endpoint', 'token', 'filter', 'grid', 'list', 'drawer', 'card', 'status', 'name', 'row-0', 'row-1'],
];
/** What a form of that name hides of `document`, where nothing of the page's own needs it. What every script needs (createElement, importNode …) no library can do without. */
const formNames = ['visibilityState', 'hidden', 'documentElement', 'activeElement', 'body', 'defaultView', 'createRange', 'fonts', 'location', 'adoptedStyleSheets', 'title'];

/** What hosts and what they load do to everyone's globals: old libraries, monitoring, zones. */
const hostile = `
{
const { setTimeout: begin, fetch: ask, XMLHttpRequest: Request } = window;
const { define } = CustomElementRegistry.prototype;
Object.prototype.inherited = 'of everyone';
Array.prototype.each = function () {};
Array.prototype.toJSON = () => 'not an array';
String.prototype.strip = function () { return ''; };
Object.assign(window, { Module: { onRuntimeInitialized: null }, process: { versions: { node: '8' }, type: 'renderer', env: {} }, require: () => { throw new Error('no require here'); }, exports: {}, module: { exports: {} }, global: {}, $: () => {}, _: {} });
window.define = Object.assign(() => { throw new Error('no AMD here'); }, { amd: true });
window.setTimeout = (run, ms, ...rest) => begin.call(window, () => run(...rest), ms);
window.fetch = (...asked) => ask.call(window, ...asked).then((answer) => answer);
window.XMLHttpRequest = class extends Request { open(...asked) { this.watched = asked; super.open(...asked); } };
CustomElementRegistry.prototype.define = function (name, element, options) { (window.seen ??= []).push(name); return define.call(this, name, element, options); };
window.onerror = () => false;
console.debug = console.info = undefined;
}
`;

test.describe('a host in the way', { tag: '@firefox' }, () => {
  test.use({ busy: true });

  test('with ids and names that hide globals, and globals that are not what they were', async ({ page, serve, vault }) => {
    const content = [...ids.map((id) => `<form id="${id}"><input name="push"><input name="id"></form>`), ...formNames.map((name) => `<form name="${name}"></form>`)].join('');
    const host = await serve(undefined, {
      '/hostile.html': `<!doctype html><html lang="en"><meta charset="utf-8"><title>A host</title><link rel="icon" href="icon.svg"><body>${content}<script src="globals.js"></script><script type="module" src="app.js"></script></body></html>`,
      '/globals.js': hostile,
      '/app.js': `import './lib/register-jobs.js';
const asked = new URLSearchParams(window.location.search);
const list = Object.assign(document.createElement('azure-backup-jobs'), { endpoint: asked.get('endpoint'), vault: asked.get('vault'), getToken: () => 'simulated-token' });
Element.prototype.append.call(document.querySelector('html'), list);`,
    });
    await page.goto(address(vault, `${host}hostile.html`));
    await showsJobs(page);
    // The host is what it should be: an id did hide a global, and its registry was asked.
    expect(await page.evaluate(() => [(window as unknown as { litHtmlVersions: Element }).litHtmlVersions.tagName, (window as unknown as { seen: string[] }).seen])).toEqual(['FORM', ['azure-backup-job', 'azure-backup-jobs']]);
  });
});

interface Watched {
  timers: Set<number>;
  listeners: number;
  memories: WebAssembly.Memory[];
}

/** What is alive: timers, listeners on what outlives elements, memories of WebAssembly. Before the page is opened. */
function watchLife(): void {
  const watched: Watched = { timers: new Set(), listeners: 0, memories: [] };
  Object.assign(globalThis, { watched });
  const { setTimeout: begin, clearTimeout: end, setInterval: repeat } = globalThis;
  globalThis.setTimeout = ((run: (...rest: unknown[]) => void, ms?: number, ...rest: unknown[]) => {
    const timer = begin(() => (watched.timers.delete(timer), run(...rest)), ms) as unknown as number;
    watched.timers.add(timer);
    return timer;
  }) as never;
  globalThis.setInterval = ((run: () => void, ms?: number) => {
    const timer = repeat(run, ms) as unknown as number;
    watched.timers.add(timer);
    return timer;
  }) as never;
  globalThis.clearTimeout = globalThis.clearInterval = ((timer: number) => (watched.timers.delete(timer), end(timer))) as never;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const outlives = (target: unknown) => target === window || target === document || target === undefined || target instanceof MediaQueryList;
  EventTarget.prototype.addEventListener = function (this: EventTarget, ...given: Parameters<typeof addEventListener>) {
    if (outlives(this)) {
      ++watched.listeners;
      const { signal } = Object(given[2]) as AddEventListenerOptions;
      if (signal) addEventListener.call(signal, 'abort', () => --watched.listeners, { once: true });
    }
    return addEventListener.apply(this, given);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget, ...given: Parameters<typeof removeEventListener>) {
    if (outlives(this)) --watched.listeners;
    return removeEventListener.apply(this, given);
  };
  const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module, imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>;
  (WebAssembly as { instantiate: unknown }).instantiate = async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
    const instance = await instantiate(module, imports);
    watched.memories.push(...Object.values(instance.exports).filter((one) => one instanceof WebAssembly.Memory));
    return instance;
  };
}

/**
 * The bytes of objects, strings, functions and nodes of documents that are alive: the JS heap without what the browser compiles, which grows with the first thousand mounts by a fifth of the whole
 * (all of it machine code, by the same snapshots) and would hide what is left behind.
 */
async function heldIn(client: CDPSession): Promise<number> {
  let text = '';
  const add = ({ chunk }: { chunk: string }) => void (text += chunk);
  client.on('HeapProfiler.addHeapSnapshotChunk', add);
  await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  client.off('HeapProfiler.addHeapSnapshotChunk', add);
  const { snapshot, nodes } = JSON.parse(text) as { snapshot: { meta: { node_fields: string[]; node_types: [string[]] } }; nodes: number[] };
  const { node_fields: fields, node_types: [types] } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) if (!['code', 'synthetic', 'hidden'].includes(types[nodes[at + type]!]!)) bytes += nodes[at + size]!;
  return bytes;
}

/** The whole JS heap after collection, machine code included. */
async function heapOf(client: CDPSession): Promise<number> {
  for (let time = 0; time < 3; ++time) await client.send('HeapProfiler.collectGarbage');
  return ((await client.send('Runtime.getHeapUsage')) as { usedSize: number }).usedSize;
}

for (const [how, withEngine] of [
  ['an engine of its own', true],
  ['getToken alone, so that each mount opens an engine and closes it', false],
] as const) {
  test(`mounted and unmounted 500 times with ${how}, it leaves nothing (row 19)`, async ({ page, site, vault }) => {
    test.slow();
    vault.simulator.configure({ budgetPerHour: Infinity });
    await page.addInitScript(watchLife);
    await openHarness(page, site);
    const client = await page.context().newCDPSession(page);
    const life = async (heap = NaN) => {
      return page.evaluate(
        (heap) => {
          const { watched, usage } = globalThis as unknown as { watched: Watched; usage: () => unknown };
          return { heap, timers: watched.timers.size, listeners: watched.listeners, memories: watched.memories.map(({ buffer }) => buffer.byteLength), usage: usage() };
        },
        heap,
      );
    };
    await page.evaluate(
      async ({ endpoint, id, withEngine }) => {
        await import('/lib/register-jobs.js' as string);
        const { openListEngine } = (await import('/lib/lists.js' as string)) as typeof import('../../web/src/engine/lists.ts');
        const getToken = () => 'simulated-token';
        const engine = withEngine ? await openListEngine({ endpoint, getToken, requestsPerHour: 100_000 }) : null;
        const none = { feeds: 0, jobs: 0, requests: 0, timer: false };
        Object.assign(globalThis, {
          usage: () => engine?.usage() ?? none,
          async mounts(times: number) {
            for (let time = 0; time < times; ++time) {
              const one = Object.assign(document.createElement('azure-backup-jobs'), { vault: id, ...(engine ? { engine } : { endpoint, getToken }) });
              document.body.append(one);
              await one.updateComplete;
              // Of every ten, one has shown its rows and an open job before it goes; the others go while they ask.
              if (time % 10 === 0) {
                const shown = (selector: string) =>
                  new Promise<HTMLElement>((resolve) => {
                    const look = () => {
                      const found = one.shadowRoot?.querySelector<HTMLElement>(selector);
                      if (found) resolve(found);
                      else requestAnimationFrame(look);
                    };
                    look();
                  });
                (await shown('[part~=row]')).click();
                await shown('[part=drawer] azure-backup-job');
              }
              one.remove();
            }
          },
        });
      },
      { endpoint: vault.origin, id: vault.simulator.vault(), withEngine },
    );
    const mounts = (times: number) => page.evaluate((times) => (globalThis as unknown as { mounts: (times: number) => Promise<void> }).mounts(times), times);
    const nothing = { timers: 0, usage: { feeds: 0, jobs: 0, requests: 0, timer: false } };
    await mounts(100);
    await expect.poll(() => life()).toMatchObject(nothing);
    const before = await life(await heldIn(client));
    await mounts(500);
    await expect.poll(() => life()).toMatchObject(nothing);
    const after = await life(await heldIn(client));
    test.info().annotations.push({ type: 'life', description: JSON.stringify({ before, after }) });
    expect(before.memories).toHaveLength(1);
    expect(after.memories).toEqual(before.memories);
    expect(after.listeners).toBe(before.listeners);
    expect(after.heap).toBeLessThanOrEqual(before.heap * 1.05);
    // Once the browser has compiled what it will, the whole heap has to stand still, too.
    await mounts(400);
    const compiled = await heapOf(client);
    await mounts(500);
    await expect.poll(() => life()).toMatchObject(nothing);
    const whole = await heapOf(client);
    test.info().annotations.push({ type: 'whole heap', description: `${compiled} ${whole}` });
    expect(whole).toBeLessThanOrEqual(compiled * 1.05);
    const asked = vault.asked();
    expect(asked).toBeGreaterThan(50);
    await page.waitForTimeout(1500);
    expect(vault.asked()).toBe(asked);
  });
}
