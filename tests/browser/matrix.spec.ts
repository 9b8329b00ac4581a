/**
 * The rows of the fault matrix that the wire shows, through emscripten_fetch and on a clock of the test's own: when the next request goes out, to the
 * second; what the state is meanwhile; that what was shown stays shown; and that following goes on by itself.
 */
import type { Page } from '@playwright/test';
import type { ContactState } from '../../web/src/engine/index.ts';
import type { FaultAnswer } from '../../web/src/simulator/index.ts';
import { expect, openHarness, test, type Vault } from './fixtures.ts';

interface Held {
  watches: import('../../web/src/engine/index.ts').Watch[];
  /** When requests for jobs and lists went out, on the page's clock. */
  sent: number[];
}

interface Row {
  readonly name: string;
  readonly answer: FaultAnswer | (() => FaultAnswer);
  readonly state: ContactState;
  /** How long after the faulty answer the next request goes out, in seconds; none: not before the user asks. */
  readonly wait?: readonly [least: number, most: number];
  /** Whether scripts may read the headers that matter here; hidden unless so. */
  readonly readable?: true;
  /** Two jobs are followed, and the fault is in the list. */
  readonly list?: true;
  /** So many times; once where not said. */
  readonly times?: number;
  /** Until it shows: where browsers ask again by themselves. */
  readonly lasts?: true;
}

const status = (code: number, more: object = {}): FaultAnswer => ({ kind: 'status', status: code, ...more });
const throttled = (retryAfter: string | null, seconds = 40, headers = {}): FaultAnswer => status(429, { seconds, retryAfter, headers });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();
const retried = { state: 'retrying', wait: [0.5, 2] } as const;
const second = 1000;

const rows: readonly Row[] = [
  ...[500, 502, 503, 504].map((code) => ({ name: `${code}`, answer: status(code, { retryAfter: null }), ...retried })),
  // Browsers ask again by themselves, Chromium once.
  { name: '408', answer: status(408), state: 'retrying', wait: [0.5, 5], lasts: true },
  { name: '500 six times: longer and longer, never over a minute', answer: status(500), state: 'retrying', wait: [0.5, 61], times: 6 },
  ...[400, 403, 404, 409].map((code) => ({ name: `${code}`, answer: status(code), state: 'stopped' as const })),
  { name: '429, its words', answer: throttled('7'), state: 'throttled', wait: [40, 45] },
  { name: '429 without a word or header', answer: status(429, { retryAfter: null, body: '{}' }), state: 'throttled', wait: [60, 67] },
  { name: '429 with seconds', answer: throttled('25'), readable: true, state: 'throttled', wait: [25, 28.5] },
  { name: '429 with a date', answer: () => throttled(inSeconds(90), 5), readable: true, state: 'throttled', wait: [60, 101] },
  { name: '429 with a date gone by', answer: throttled('Mon, 21 May 2018 10:23:17 GMT', 5), readable: true, state: 'throttled', wait: [1, 3] },
  { name: '429 with a negative number: its words', answer: throttled('-5'), readable: true, state: 'throttled', wait: [40, 45] },
  { name: '429 with 0', answer: throttled('0'), readable: true, state: 'throttled', wait: [1, 3] },
  { name: '429 with 999999999: an hour at most', answer: throttled('999999999'), readable: true, state: 'throttled', wait: [3600, 3970] },
  { name: '429 with 400 digits: an hour at most', answer: throttled('9'.repeat(400)), readable: true, state: 'throttled', wait: [3600, 3970] },
  { name: '503 that names its wait', answer: status(503, { retryAfter: '33' }), readable: true, state: 'retrying', wait: [33, 35] },
  { name: '200 that is cut off', answer: { kind: 'truncate', at: 60 }, ...retried },
  { name: '200 that is no JSON', answer: { kind: 'invalid-json' }, ...retried },
  { name: '200 without a body', answer: { kind: 'empty' }, ...retried },
  { name: '204', answer: status(204), ...retried },
  { name: '202', answer: status(202), ...retried },
  { name: '200 with HTML', answer: { kind: 'html' }, ...retried },
  { name: '200 that is no UTF-8', answer: { kind: 'invalid-utf8' }, ...retried },
  { name: '304: nothing new', answer: status(304), state: 'fresh', wait: [1, 121] },
  { name: 'a connection that breaks', answer: { kind: 'drop' }, state: 'retrying', wait: [0.5, 5], lasts: true },
  { name: 'a list that links to itself', answer: { kind: 'next-link' }, list: true, state: 'retrying', wait: [0.5, 9] },
  { name: 'a list whose second page is on another host', answer: { kind: 'next-link', url: 'https://management.azure.com.evil.example/x' }, list: true, state: 'retrying', wait: [0.5, 9] },
  { name: 'a list that cannot be had', answer: status(503, { retryAfter: null }), list: true, ...retried },
  { name: 'a list that is throttled', answer: throttled('7'), list: true, state: 'throttled', wait: [40, 45] },
];

async function follow(page: Page, vault: Vault, keys: readonly string[]): Promise<void> {
  await page.evaluate(
    async ({ endpoint, texts }) => {
      const sent: number[] = [];
      const send = XMLHttpRequest.prototype.send;
      XMLHttpRequest.prototype.send = function (body) {
        sent.push(performance.now());
        send.call(this, body);
      };
      const api = (await import('/lib/index.js' as string)) as typeof import('../../web/src/engine/index.ts');
      const engine = await api.openEngine({ endpoint, getToken: () => 'simulated-token', requestsPerHour: 10_000 });
      Object.assign(globalThis, { held: { sent, watches: texts.map((text) => engine.follow(text)) } });
    },
    { endpoint: vault.origin, texts: keys.map((key) => vault.sample(key).text) },
  );
}

interface Seen {
  states: (ContactState | undefined)[];
  jobs: (string | undefined)[];
  sent: number[];
  now: number;
  /** Until the first next attempt. */
  left: number;
}

const look = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const { watches, sent } = (globalThis as unknown as { held: Held }).held;
    return { states: watches.map(({ state }) => state.contact.state), jobs: watches.map(({ state }) => state.jobs[0]?.job?.status.state), sent, now: performance.now(), left: Math.min(...watches.map(({ state }) => (state.contact.nextAt ?? 0) - performance.now())) };
  });

/** Moves the page's clock on, a step at a time with a pause in which answers arrive, until it holds; at once to where something is next planned. */
async function runUntil(page: Page, holds: (seen: Seen) => boolean, limit: number, step = second / 2): Promise<Seen> {
  for (let ran = 0; ; ) {
    // Answers take real time: what is on its way is waited for.
    await page.waitForTimeout(20);
    const seen = await look(page);
    if (holds(seen)) return seen;
    if (ran > limit) throw new Error(`not within ${limit / 1000} s: ${JSON.stringify(seen)}`);
    const stride = Math.max(step, seen.left - second);
    await page.clock.runFor(stride);
    ran += stride;
  }
}

for (const { name, answer, state, wait, readable, list, times, lasts } of rows) {
  test(`${name}`, async ({ page, site, vault }) => {
    const log = () => vault.simulator.log.filter(({ fault }) => fault !== undefined);
    if (readable) vault.simulator.configure({ exposeHeaders: ['Retry-After', 'Date'] });
    await page.clock.install();
    await openHarness(page, site);
    await follow(page, vault, list ? ['backup-fails', 'restore-progress'] : ['backup-fails']);
    await runUntil(page, ({ jobs }) => jobs.every((job) => job === 'in-progress'), 60 * second);
    if (list) {
      // A first list, so that it tells of both.
      await runUntil(page, () => vault.simulator.log.some(({ url }) => /backupJobs\?/.test(url)), 300 * second);
      await runUntil(page, ({ states }) => states.every((contact) => contact === 'fresh'), 60 * second);
    }
    vault.simulator.addFault({ path: list ? 'backupJobs?' : 'backupJobs/', times: lasts ? Infinity : (times ?? 1), answer: typeof answer === 'function' ? answer() : answer });
    await runUntil(page, () => log().length >= (times ?? 1), 900 * second);
    const hit = await runUntil(page, ({ states }) => state === 'fresh' || states.every((contact) => contact === state), 5 * second, 100);
    vault.simulator.clearFaults();
    expect(hit.jobs, 'what was shown stays, and has not failed').toEqual(hit.jobs.map(() => 'in-progress'));
    if (!wait) {
      const later = await runUntil(page, ({ now }) => now > hit.now + 600 * second, 700 * second, 60 * second);
      expect(later.sent.length, 'it is left alone').toBe(hit.sent.length);
      expect(later.states[0]).toBe(state);
      await page.evaluate(() => (globalThis as unknown as { held: Held }).held.watches[0]?.refresh());
    } else {
      const [least, most] = wait;
      const next = await runUntil(page, ({ sent }) => sent.length > hit.sent.length, (most + 5) * second, most > 600 ? 30 * second : second / 2);
      // The answer came a little after the request, on a clock that stood still or ran half a second.
      const waited = ((next.sent[hit.sent.length] ?? 0) - (hit.sent.at(-1) ?? 0)) / second;
      expect(waited).toBeGreaterThanOrEqual(least - 0.01);
      expect(waited, JSON.stringify({ hit, next })).toBeLessThanOrEqual(most + 1);
    }
    await runUntil(page, ({ states }) => states.every((contact) => contact === 'fresh'), 300 * second);
    vault.advance(900);
    const end = await runUntil(page, ({ jobs }) => jobs[0] === 'failed', 200 * second);
    expect(end.jobs[0]).toBe('failed');
  });
}
