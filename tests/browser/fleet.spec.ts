/** What there is to watch, and the jobs and items of all of it: Azure Resource Graph in the real browser. */
import type { PictureEngine } from '../../web/src/engine/pictures.ts';
import { expect, openHarness, test } from './fixtures.ts';

const jobReads = (log: readonly { method: string; url: string }[]) => log.filter(({ method, url }) => method === 'GET' && /\/backupJobs/i.test(url)).length;

test.describe('an estate of three subscriptions', () => {
  test.use({ fleet: { subscriptions: 3, vaults: 24, jobs: 3000 } });

  test('is found, searched, and watched whole without asking any vault', async ({ page, site, vault }) => {
    await openHarness(page, site);
    const found = await page.evaluate(async (endpoint) => {
      const { openPictureEngine, everyVault } = await import('/azure-backup-jobs-pictures.js' as string);
      const engine: PictureEngine = await openPictureEngine({ endpoint, getToken: () => 'simulated-token', pollEvery: { floor: 100, ceiling: 250 }, requestsPerHour: 10_000 });
      const estate = engine.watchEstate();
      while (!estate.state.listed) await new Promise((done) => estate.subscribe(() => done(null)));
      const all = estate.vaults('', 0, 500);
      const one = all.rows[3] as (typeof all.rows)[number];
      const byWords = estate.vaults(`${one.subscriptionName.toUpperCase()} ${one.name}`);
      const whole = engine.watchVault(everyVault);
      while (!whole.state.listed) await new Promise((done) => whole.subscribe(() => done(null)));
      const view = engine.jobs({ group: 'vault' });
      const { all: count, groups, rows } = view.rows(0, 50);
      let items = engine.items();
      for (let i = 0; i < 100 && !items.listed; ++i) {
        await new Promise((done) => setTimeout(done, 50));
        items = engine.items();
      }
      const { problem, total, counted } = items;
      const result = {
        state: estate.state, total: all.total, kinds: [...new Set(all.rows.map(({ kind }) => kind))].sort(), found: byWords.rows.map(({ id }) => id), one: one.id,
        whole: whole.state.vault.name, covered: whole.state.coveredFrom, wanted: whole.state.wantedFrom, count, vaults: groups.length, named: rows.every(({ vault }) => vault.name !== ''),
        items: { problem, total, counted },
      };
      engine.close();
      return result;
    }, vault.origin);
    expect(found.state).toMatchObject({ stage: 'estate', listed: true, fromGraph: true, refused: 0, problem: null });
    expect(found.state.vaults).toBe(found.total);
    expect(found.total).toBeGreaterThan(24);
    expect(found.state.subscriptions).toBeGreaterThan(3);
    expect(found.kinds).toEqual(['backup', 'recovery-services']);
    expect(found.found).toContain(found.one);
    expect(found.whole).toBe('');
    expect(found.covered).not.toBeNull();
    expect(found.wanted, 'Resource Graph has no more').toBeNull();
    expect(found.count).toBeGreaterThan(3000);
    expect(found.vaults).toBeGreaterThan(20);
    expect(found.named).toBe(true);
    expect(found.items.problem).toBeNull();
    expect(found.items.counted).toBeGreaterThan(100);
    expect(jobReads(vault.simulator.log), 'no vault was asked').toBe(0);
  });
});
