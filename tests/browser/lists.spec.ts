/** Whole vaults, through the module of the lists in a real browser: what is asked, what the rows say, and that nothing is left behind. */
import type { Page } from '@playwright/test';
import type { JobGroup, JobRow, JobWindow, ListEngine, VaultState, VaultWatch } from '../../web/src/engine/lists.ts';
import { expect, heldInMemory, keepMemory, keysOf, openHarness, test, type Vault } from './fixtures.ts';

interface Held {
  engine: ListEngine;
  watch: VaultWatch;
  view: ReturnType<ListEngine['jobs']>;
}
const vaultOf = (text: string) => text.slice(0, text.search(/\/backup(Jobs|Operations)/i));

/** Watches the simulator's vault; a second call watches it once more. */
async function watch(page: Page, vault: Vault): Promise<void> {
  await page.evaluate(
    async ({ endpoint, id }) => {
      const { openListEngine } = (await import('/lib/lists.js' as string)) as typeof import('../../web/src/engine/lists.ts');
      const engine = await openListEngine({ endpoint, getToken: () => 'simulated-token', requestsPerHour: 10_000, pollEvery: { floor: 100, ceiling: 300 } });
      Object.assign(globalThis, { held: { engine, watch: engine.watchVault(id), view: engine.jobs() } satisfies Held });
    },
    { endpoint: vault.origin, id: vaultOf(vault.sample('backup-fails').text) },
  );
}

const state = (page: Page): Promise<VaultState> => page.evaluate(() => (globalThis as unknown as { held: Held }).held.watch.state);
const rows = (page: Page, first = 0, count = 50): Promise<JobWindow> =>
  page.evaluate(({ first, count }) => (globalThis as unknown as { held: Held }).held.view.rows(first, count), { first, count });

test('a vault is listed, covered, and its jobs are followed to their ends', async ({ page, site, vault }) => {
  await openHarness(page, site);
  await watch(page, vault);
  await expect.poll(async () => (await state(page)).listed).toBe(true);
  await expect.poll(async () => (await state(page)).loading).toBe(0);
  const first = await rows(page);
  expect(first.total).toBeGreaterThan(0);
  expect(first.all).toBe(first.total);
  // The hand-written types of list_boundary.ts against what the module really hands over.
  const keys = (value: object | undefined) => Object.keys(value ?? {}).sort();
  expect(keys(await state(page))).toEqual(keysOf<VaultState>()('stage', 'vault', 'contact', 'listed', 'coveredFrom', 'wantedFrom', 'loading', 'missing', 'revision', 'clockSkew'));
  expect(keys(first)).toEqual(keysOf<JobWindow>()('changed', 'total', 'waiting', 'generation', 'all', 'groups', 'rows', 'ended'));
  expect(keys(first.rows[0])).toEqual(keysOf<JobRow>()('row', 'key', 'vault', 'job', 'saidAt', 'told', 'forecast'));
  const running = first.rows.filter(({ job }) => job.status.state === 'in-progress');
  expect(running.length).toBeGreaterThan(0);
  for (const { job, key, told, vault: of } of first.rows) {
    expect(key.endsWith(`/${job.name}`)).toBe(true);
    expect(told).toBe(true);
    expect(job.id.toLowerCase().startsWith(of.id.toLowerCase())).toBe(true);
  }
  vault.advance(4 * 3600);
  await expect.poll(async () => (await rows(page)).rows.find(({ key }) => key === running[0]?.key)?.job.status.state).toMatch(/^(completed|completed-with-warnings|failed|cancelled)$/);
});

test('what does not change costs one answer and no work; a question is answered in its order', async ({ page, site, vault }) => {
  await openHarness(page, site);
  await watch(page, vault);
  await expect.poll(async () => (await state(page)).loading === 0 && (await state(page)).listed).toBe(true);
  vault.advance(24 * 3600);
  await expect.poll(async () => (await rows(page)).rows.every(({ job }) => job.status.state !== 'in-progress')).toBe(true);
  const found = await page.evaluate(() => {
    const { view } = (globalThis as unknown as { held: Held }).held;
    view.ask({ states: ['failed'], sort: 'item', ascending: true, group: 'error' });
    const failed = view.rows(0, 100);
    view.ask({ search: failed.rows[0]?.job.item.slice(1, 5).toUpperCase() ?? '?' });
    const searched = view.rows(0, 100);
    view.ask({ group: 'status' });
    return { failed, searched, all: view.rows(0, 0) };
  });
  expect(found.failed.rows.map(({ job }) => job.status.state)).toEqual(found.failed.rows.map(() => 'failed'));
  expect(Object.keys(found.failed.groups[0] ?? {}).sort()).toEqual(keysOf<JobGroup>()('label', 'state', 'count'));
  expect(found.failed.groups.reduce((sum, { count }) => sum + count, 0)).toBe(found.failed.total);
  expect(found.searched.total).toBeGreaterThan(0);
  expect(found.all.groups.reduce((sum, { count }) => sum + count, 0)).toBe(found.all.total);
  const asked = vault.asked();
  const { revision } = await state(page);
  await expect.poll(() => vault.asked()).toBeGreaterThan(asked + 2);
  expect((await state(page)).revision).toBe(revision);
  expect((await rows(page)).changed).toBe(false);
});

test('another token later, a vault that may not be read, and text that is no vault', async ({ page, site, vault }) => {
  await openHarness(page, site);
  const refused = await page.evaluate(
    async ({ endpoint, id, job }) => {
      const { openListEngine } = (await import('/lib/lists.js' as string)) as typeof import('../../web/src/engine/lists.ts');
      const tokens = ['forbidden-token'];
      const engine = await openListEngine({ endpoint, getToken: () => tokens[0] ?? '', pollEvery: { floor: 100, ceiling: 200 } });
      const errors = [job, 'nonsense', ''].map((text) => {
        try {
          engine.watchVault(text);
          return 'none';
        } catch (error) {
          return (error as { code: string }).code;
        }
      });
      const watch = engine.watchVault(id);
      const until = (holds: () => boolean) => new Promise<void>((resolve) => watch.subscribe(() => holds() && resolve()));
      await until(() => watch.state.contact.state === 'stopped');
      const status = watch.state.contact.error?.httpStatus;
      tokens[0] = 'simulated-token';
      watch.refresh();
      await until(() => watch.state.listed);
      const usage = engine.usage();
      const saved = engine.save();
      watch.close();
      const after = engine.usage();
      // A reload goes on where it was: jobs are followed, vaults watched.
      const [again] = engine.restore(JSON.parse(JSON.stringify([...saved, { text: job, vault: '' }])));
      const restored = [again?.state.stage, engine.vaults.map(({ state }) => state.vault.id), saved];
      engine.close();
      return { errors, status, usage, after, restored };
    },
    { endpoint: vault.origin, id: vaultOf(vault.sample('backup-fails').text), job: vault.sample('backup-fails').text },
  );
  expect(refused.errors).toEqual(['resource-id-malformed', 'resource-id-malformed', 'resource-id-malformed']);
  expect(refused.status).toBe(403);
  const id = vaultOf(vault.sample('backup-fails').text);
  expect(refused.restored).toEqual(['jobs', [id], [{ text: id, vault: '' }]]);
  expect(refused.usage.feeds).toBeGreaterThan(0);
  expect(refused.after).toMatchObject({ feeds: 0, requests: 0, timer: false });
});

test('the memory holds neither a token nor, once it is closed, what the service itself keeps secret', async ({ page, site, vault }) => {
  const token = 'canary-2c94ab';
  vault.simulator.setTokens([token]);
  await keepMemory(page);
  await openHarness(page, site);
  const { text } = vault.sample('operation-ilr');
  await page.evaluate(
    async ({ endpoint, id, token, text }) => {
      const { openListEngine } = (await import('/lib/lists.js' as string)) as typeof import('../../web/src/engine/lists.ts');
      const engine = await openListEngine({ endpoint, getToken: () => token, requestsPerHour: 10_000, requestTimeout: 500, pollEvery: { floor: 100, ceiling: 300 } });
      const watch = engine.watchVault(id);
      Object.assign(globalThis, { held: { engine, watch, view: engine.jobs() } satisfies Held, operation: engine.follow(text) });
    },
    { endpoint: vault.origin, id: vaultOf(vault.sample('backup-fails').text), token, text },
  );
  await expect.poll(async () => (await state(page)).loading === 0 && (await state(page)).listed).toBe(true);
  for (const answer of [{ kind: 'hang' }, { kind: 'drop' }, { kind: 'drip', msPerByte: 20 }, { kind: 'status', status: 401 }] as const) {
    vault.simulator.addFault({ path: 'backupJobs', times: -1, answer });
    await expect.poll(async () => (await state(page)).contact.error).toBeTruthy();
    vault.simulator.clearFaults();
    await page.evaluate(() => (globalThis as unknown as { held: Held }).held.watch.refresh());
    await expect.poll(async () => (await state(page)).contact.error).toBeNull();
  }
  vault.advance(20);
  const stage = () => page.evaluate(() => (globalThis as unknown as { operation: { state: { stage: string } } }).operation.state.stage);
  await expect.poll(stage).toMatch(/^ended/);
  const asked = vault.simulator.log.findLast(({ url }) => url.includes('operationsStatus'))?.url ?? '';
  const body = await page.evaluate(async ({ url, token }) => (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text(), { url: vault.origin + asked, token });
  const { clientScripts } = (JSON.parse(body) as { properties: { recoveryTarget: { clientScripts: { scriptContent: string; url: string | null }[] } } }).properties.recoveryTarget;
  const secrets = clientScripts.flatMap(({ scriptContent, url }) => [scriptContent, ...(url ? [url] : [])]);
  expect(secrets.length).toBeGreaterThan(2);
  expect(await heldInMemory(page, [token])).toEqual([]);
  await page.evaluate(() => (globalThis as unknown as { held: Held }).held.engine.close());
  expect(await heldInMemory(page, [token, ...secrets, ...secrets.map((secret) => secret.slice(40, 72))])).toEqual([]);
});
