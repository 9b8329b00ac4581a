/** How the engine follows: lists, pauses, waits, reloads, hidden pages, slept laptops and wrong clocks, over the real wire. */
import type { Page } from '@playwright/test';
import { documentationOperationJobId, documentationVault, vaultId } from '../../web/src/simulator/index.ts';
import { expect, openHarness, test, type Vault } from './fixtures.ts';

interface Held {
  engine: import('../../web/src/engine/index.ts').Engine;
  api: typeof import('../../web/src/engine/index.ts');
  watches: import('../../web/src/engine/index.ts').Watch[];
}

/** An engine in the page that follows these samples, or paths. */
async function follow(page: Page, vault: Vault, keys: readonly string[], options: { ceiling?: number } = {}): Promise<void> {
  await page.evaluate(
    async ({ endpoint, texts, ceiling }) => {
      const api = (await import('/lib/index.js' as string)) as Held['api'];
      const engine = await api.openEngine({ endpoint, getToken: () => 'simulated-token', requestsPerHour: 10_000, ...(ceiling ? { pollEvery: { floor: 100, ceiling } } : {}) });
      Object.assign(globalThis, { held: { api, engine, watches: texts.map((text) => engine.follow(text)) } });
    },
    { endpoint: vault.origin, texts: keys.map((key) => (key.startsWith('/') ? key : vault.sample(key).text)), ceiling: options.ceiling ?? 0 },
  );
}

const lists = (vault: Vault) => vault.simulator.log.filter(({ method, url }) => method === 'GET' && /\/backupJobs\?/.test(url)).length;
const questions = (vault: Vault) => vault.simulator.log.filter(({ method, url }) => method === 'POST' && url.includes('Microsoft.ResourceGraph')).length;
const running = (page: Page) => page.evaluate(() => (globalThis as unknown as { held: Held }).held.watches.filter(({ state }) => state.jobs[0]?.job?.status.state === 'in-progress').length);

test('two jobs of a vault: one list tells of both, and of how they end', async ({ page, site, vault }) => {
  await openHarness(page, site);
  await follow(page, vault, ['backup-completes', 'backup-fails'], { ceiling: 200 });
  await expect.poll(() => vault.asked()).toBeGreaterThan(1);
  vault.advance(6);
  await expect.poll(() => running(page)).toBe(2);
  await expect.poll(() => lists(vault)).toBeGreaterThan(2);
  vault.advance(2000);
  const ends = await page.evaluate(async () => {
    const { api, watches } = (globalThis as unknown as { held: Held }).held;
    const all = await api.resultOfAll(watches, { timeout: 20_000 });
    const thrown = all.map((end) => {
      try {
        return api.expectCompleted(end).outcome;
      } catch (error) {
        return error instanceof api.JobNotCompletedError ? `${error.name} ${error.message} ${error.end.jobs[0]?.errors.length}` : String(error);
      }
    });
    return { thrown, tasks: all.map(({ jobs }) => jobs[0]?.detailed) };
  });
  expect(ends.thrown).toEqual(['completed', 'JobNotCompletedError failed 1']);
  // What the jobs did is read once more, after their ends.
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { held: Held }).held.watches.map(({ state }) => state.jobs[0]?.job?.tasks.every(({ status }) => status.state !== 'in-progress')))).toEqual([true, true]);
  const rest = vault.asked();
  await page.waitForTimeout(1000);
  expect(vault.asked()).toBe(rest);
});

test('in the background jobs are read from the list alone; what someone waits for is read by itself', async ({ page, site, vault }) => {
  await openHarness(page, site);
  await follow(page, vault, ['backup-fails', 'restore-progress'], { ceiling: 200 });
  await page.evaluate(() => {
    const { watches } = (globalThis as unknown as { held: Held }).held;
    for (const watch of watches) watch.attention = 'background';
    void watches[0]?.result();
  });
  await expect.poll(() => running(page)).toBe(2);
  await expect.poll(() => lists(vault)).toBeGreaterThan(2);
  const singles = () => watchedIds.map((id) => vault.simulator.log.filter(({ method, url }) => method === 'GET' && url.includes(`/${id}?`)).length);
  const watchedIds = ['backup-fails', 'restore-progress'].map((key) => vault.sample(key).text.split('/').at(-1));
  const [, other] = singles();
  vault.advance(6000);
  await expect.poll(() => states(page)).toEqual(['failed', 'completed']);
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { held: Held }).held.watches[0]?.state.jobs[0]?.job?.tasks.some(({ status }) => status.state === 'failed'))).toBe(true);
  await page.waitForTimeout(500);
  expect(singles()[1]).toBe(other);
});

// Of three vaults, in two subscriptions.
const fleet = ['backup-fails', 'bv-postgres-restore', `${vaultId(documentationVault)}/backupJobs/${documentationOperationJobId}`];
const states = (page: Page) => page.evaluate(() => (globalThis as unknown as { held: Held }).held.watches.map(({ state }) => state.jobs[0]?.job?.status.state));

test('jobs of three vaults: one question to Resource Graph tells of them all', async ({ page, site, vault }) => {
  await openHarness(page, site);
  await follow(page, vault, fleet, { ceiling: 200 });
  await expect.poll(() => running(page)).toBe(3);
  await expect.poll(() => questions(vault)).toBeGreaterThan(3);
  expect(lists(vault)).toBe(0);
  vault.advance(1000);
  await expect.poll(() => states(page)).toEqual(['failed', 'in-progress', 'in-progress']);
  vault.advance(3000);
  await expect.poll(() => states(page)).toEqual(['failed', 'completed', 'completed']);
});

test('without permission for Resource Graph each vault is asked, and nothing is shown as lost', async ({ page, site, vault }) => {
  vault.simulator.configure({ resourceGraph: false });
  await openHarness(page, site);
  await follow(page, vault, fleet, { ceiling: 200 });
  await expect.poll(() => running(page)).toBe(3);
  await expect.poll(() => questions(vault)).toBe(1);
  vault.advance(1000);
  await expect.poll(() => states(page)).toEqual(['failed', 'in-progress', 'in-progress']);
  vault.advance(3000);
  await expect.poll(() => states(page)).toEqual(['failed', 'completed', 'completed']);
  expect(questions(vault)).toBe(1);
});

test('paused is quiet, resumed catches up; a wait has its limit and the watch goes on', async ({ page, site, vault }) => {
  await openHarness(page, site);
  await follow(page, vault, ['backup-completes'], { ceiling: 200 });
  await expect.poll(() => vault.asked()).toBeGreaterThan(1);
  vault.advance(6);
  await expect.poll(() => running(page)).toBe(1);
  const timedOut = await page.evaluate(async () => {
    const { watches: [watch], api } = (globalThis as unknown as { held: Held }).held;
    return watch?.result({ timeout: 300 }).catch((error: unknown) => error instanceof api.WaitTimeoutError);
  });
  expect(timedOut).toBe(true);
  await page.evaluate(() => (globalThis as unknown as { held: Held }).held.watches[0]?.pause());
  await page.waitForTimeout(300);
  const paused = vault.asked();
  vault.advance(2000);
  await page.waitForTimeout(1200);
  expect(vault.asked()).toBe(paused);
  expect(await page.evaluate(() => (globalThis as unknown as { held: Held }).held.watches[0]?.state.contact.state)).toBe('paused');
  const outcome = await page.evaluate(async () => {
    const { watches: [watch] } = (globalThis as unknown as { held: Held }).held;
    watch?.resume();
    return (await watch?.result({ timeout: 10_000 }))?.outcome;
  });
  expect(outcome).toBe('completed');
});

test('what was followed goes on after a reload, from ids alone', async ({ page, site, vault }) => {
  await openHarness(page, site);
  await follow(page, vault, ['backup-completes', 'backup-fails'], { ceiling: 200 });
  await expect.poll(() => vault.asked()).toBeGreaterThan(1);
  vault.advance(6);
  await expect.poll(() => running(page)).toBe(2);
  await page.evaluate(() => sessionStorage.setItem('saved', JSON.stringify((globalThis as unknown as { held: Held }).held.engine.save())));
  await page.reload();
  const saved = await page.evaluate(() => sessionStorage.getItem('saved') ?? '');
  expect(JSON.parse(saved)).toHaveLength(2);
  expect(saved).not.toMatch(/[?&]|token|Bearer/);
  vault.advance(2000);
  const outcomes = await page.evaluate(
    async ({ endpoint, saved }) => {
      const { openEngine, resultOfAll } = (await import('/lib/index.js' as string)) as Held['api'];
      const engine = await openEngine({ endpoint, getToken: () => 'simulated-token', pollEvery: { floor: 100, ceiling: 200 } });
      return (await resultOfAll(engine.restore(JSON.parse(saved) as ReturnType<typeof engine.save>), { timeout: 10_000 })).map(({ outcome }) => outcome);
    },
    { endpoint: vault.origin, saved },
  );
  expect(outcomes.sort()).toEqual(['completed', 'failed']);
});

/** Runs the page's clock, with pauses in which real answers arrive. */
async function run(page: Page, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; ++minute) {
    await page.clock.runFor(60_000);
    await page.waitForTimeout(15);
  }
}

test.describe('with a clock of its own', () => {
  test.beforeEach(async ({ page, site, vault }) => {
    await page.clock.install();
    await openHarness(page, site);
    await follow(page, vault, ['backup-completes']);
    await expect.poll(() => vault.asked()).toBeGreaterThan(0);
    vault.advance(6);
    await expect.poll(async () => (await page.clock.runFor(1000), running(page))).toBe(1);
  });

  test('a hidden page asks every five minutes at most, and catches up when it is seen', async ({ page, vault }) => {
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const before = vault.asked();
    await run(page, 60);
    expect(vault.asked() - before).toBeLessThanOrEqual(12);
    expect(vault.asked() - before).toBeGreaterThan(6);
    vault.advance(2000);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(async () => (await page.clock.runFor(1000), running(page))).toBe(0);
  });

  test('a laptop that slept for eight hours asks once', async ({ page, vault }) => {
    const before = vault.asked();
    await page.clock.fastForward('08:00:00');
    await expect.poll(() => vault.asked()).toBe(before + 1);
    await page.waitForTimeout(300);
    expect(vault.asked()).toBe(before + 1);
  });

  test('pulling the network shows offline at once; back, it asks at once', async ({ page, vault }) => {
    const state = () => page.evaluate(() => (globalThis as unknown as { held: Held }).held.watches[0]?.state.contact.state);
    await page.context().setOffline(true);
    await expect.poll(state).toBe('offline');
    const before = vault.asked();
    await run(page, 5);
    expect(vault.asked()).toBe(before);
    await page.context().setOffline(false);
    await expect.poll(() => vault.asked()).toBeGreaterThan(before);
    await expect.poll(async () => (await page.clock.runFor(1000), state())).toBe('fresh');
  });
});

test('a clock that is wrong by a day is said, and misleads nothing', async ({ page, site, vault }) => {
  await page.clock.install({ time: Date.now() + 86_400_000 });
  await site.open();
  const job = await site.follow('backup-completes');
  await expect.poll(() => vault.asked()).toBeGreaterThan(0);
  vault.advance(6);
  await expect.poll(async () => (await page.clock.runFor(1000), job.locator('[part=freshness]').last().textContent())).toContain('ahead of Azure');
  await expect(job.locator('[part=status]').last()).toContainText('Running');
  vault.advance(2000);
  await expect.poll(async () => (await page.clock.runFor(5000), job.locator('[part=status]').last().textContent())).toContain('Completed');
});
