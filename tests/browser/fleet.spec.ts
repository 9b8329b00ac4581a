/** What there is to watch, and the jobs and items of all of it: Azure Resource Graph in the real browser. */
import type { PictureEngine } from '../../web/src/engine/pictures.ts';
import { expect, openHarness, test } from './fixtures.ts';

const jobReads = (log: readonly { method: string; url: string }[]) => log.filter(({ method, url }) => method === 'GET' && /\/backupJobs/i.test(url)).length;

test.describe('an estate of three subscriptions', () => {
  test.use({ fleet: { subscriptions: 3, vaults: 24, jobs: 3000 } });

  test('is found, searched, and watched whole without asking any vault', async ({ page, site, vault }) => {
    await openHarness(page, site);
    const found = await page.evaluate(async (endpoint) => {
      const { openPictureEngine, everyVault } = await import('/lib/pictures.js' as string);
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

test.describe('the page on an estate', () => {
  test.use({ fleet: { subscriptions: 3, vaults: 24, jobs: 3000 } });

  test('vaults are found by typing, chosen, and in the link that a colleague opens', async ({ page, site, vault }) => {
    await site.open();
    expect(vault.asked(), 'nothing is asked before it is wanted').toBe(0);
    await page.getByRole('button', { name: 'Choose vaults' }).click();
    await expect(page.locator('[data-estate]')).toHaveText(/^\d+ vaults, \d+ subscriptions\. From Azure Resource Graph\.$/);
    const search = page.getByLabel('Search by name, resource group, region or subscription');
    await expect(search).toBeFocused();
    const rows = page.locator('.vaults li');
    const all = await rows.count();
    await search.fill('rsv-contoso');
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await rows.nth(0).getByRole('checkbox').check();
    await rows.nth(1).getByRole('checkbox').check();
    const names = [await rows.nth(0).locator('.vault-name').textContent(), await rows.nth(1).locator('.vault-name').textContent()];
    await search.fill('no such vault anywhere');
    await expect(page.getByText('No vault has all these words.')).toBeVisible();
    await page.getByRole('button', { name: 'Show the jobs of 2 vaults' }).click();
    await expect(page.locator('azure-backup-jobs .where')).toHaveText('2 vaults');
    const link = page.url();
    for (const name of names) expect(decodeURIComponent(link)).toContain(`/${name}`);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(page.locator('azure-backup-jobs .where')).toHaveText('2 vaults');
    // And back to where one chooses.
    await page.getByRole('button', { name: 'Choose vaults' }).click();
    await expect(search).toBeFocused();
    await search.fill('rsv-contoso-weu');
    await page.keyboard.press('Enter');
    await expect(page.locator('azure-backup-jobs .where')).toHaveText('rsv-contoso-weu');
  });

  test('failures of all subscriptions are found, and the link shows them', async ({ page, site, vault }) => {
    await site.open();
    await page.getByRole('button', { name: 'Choose vaults' }).click();
    await page.getByRole('button', { name: /^Show all \d+ vaults$/ }).click();
    await expect(page.getByText('as Azure Resource Graph tells of them')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Cross-region jobs' })).toHaveCount(0);
    await page.locator('azure-backup-jobs [data-counter=failed]').click();
    await page.locator('azure-backup-jobs select[name=days]').selectOption('1');
    const first = page.locator('azure-backup-jobs [role=row][aria-rowindex="2"]');
    await expect(first).toContainText('Failed');
    await expect(page.locator('azure-backup-jobs [part=older]'), 'Resource Graph has no more than two weeks').toBeHidden();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#vaults=\*&/);
    expect(jobReads(vault.simulator.log)).toBe(0);
    await first.click();
    await expect(page.locator('azure-backup-jobs [part=drawer]')).toBeVisible();
    await expect(page.getByText('The job that is open comes from its vault')).toBeVisible();
    await expect.poll(() => jobReads(vault.simulator.log), 'an opened job is read from its vault').toBeGreaterThan(0);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await expect(page.locator('azure-backup-jobs [part=drawer]')).toBeVisible();
    await page.getByRole('link', { name: 'Items' }).click();
    await expect(page.locator('azure-backup-items .where')).toHaveText('All vaults');
    await expect(page.locator('azure-backup-items')).toContainText(/\d+ of \d+ items have no good backup/);
    await page.getByRole('link', { name: 'Failures' }).click();
    await expect(page.locator('azure-backup-failures')).toContainText('UserErrorSqlLogFull');
  });

  test('where Resource Graph may not be asked, each subscription is, and all at once is not offered', async ({ page, site, vault }) => {
    vault.simulator.configure({ resourceGraph: false });
    vault.simulator.addFault({ path: '/providers/Microsoft.DataProtection/backupVaults?', times: -1, answer: { kind: 'status', status: 403 } });
    await site.open();
    await page.getByRole('button', { name: 'Choose vaults' }).click();
    await expect(page.locator('[data-estate=listed]')).toContainText('Read subscription by subscription');
    await expect(page.locator('[data-refused]')).toContainText('Microsoft.RecoveryServices/vaults/read (role Backup Reader)');
    await expect(page.getByRole('button', { name: /^Show all/ })).toHaveCount(0);
    expect(await page.locator('.vaults li').count()).toBeGreaterThan(20);
    await page.goto(`${site.url}?linked#vaults=*`);
    await expect(page.locator('[data-reason=fleet-refused]')).toContainText('Choose vaults instead');
    // In the place of what cannot be shown.
    await expect(page.locator('azure-backup-jobs')).toHaveCount(0);
    await page.getByRole('searchbox').fill('rsv-contoso-weu');
    await page.keyboard.press('Enter');
    await expect(page.locator('azure-backup-jobs .where')).toHaveText('rsv-contoso-weu');
    await expect(page.locator('[data-reason=fleet-refused]')).toHaveCount(0);
  });

  test('an account without roles is told so, and so is one whose lists fail', async ({ page, site, vault }) => {
    vault.simulator.addFault({ path: '/subscriptions?', times: -1, answer: { kind: 'status', status: 200, body: '{"value":[]}' } });
    vault.simulator.addFault({ path: 'ResourceGraph', times: -1, answer: { kind: 'status', status: 403 } });
    await site.open();
    await page.getByRole('button', { name: 'Choose vaults' }).click();
    await expect(page.getByText('This account has no role in any subscription of this tenant.')).toBeVisible();
    vault.simulator.clearFaults();
    vault.simulator.addFault({ path: '/subscriptions?', times: -1, answer: { kind: 'status', status: 403 } });
    vault.simulator.addFault({ path: 'ResourceGraph', times: -1, answer: { kind: 'status', status: 403 } });
    await page.reload();
    await page.getByRole('button', { name: 'Choose vaults' }).click();
    await expect(page.getByText('What there is to watch cannot be read.')).toBeVisible();
    vault.simulator.clearFaults();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('[data-estate=listed]')).toContainText('vaults');
  });
});

test.describe('500 vaults', () => {
  test.use({ fleet: { subscriptions: 20, vaults: 500, jobs: 100_000 } });

  test('and 100,000 jobs are read, sorted and scrolled with few nodes', async ({ page, site }) => {
    test.setTimeout(300_000);
    await site.open();
    await page.goto(`${site.url}?linked#vaults=*`);
    await expect(page.locator('azure-backup-jobs footer')).toContainText(/10\d,\d{3} jobs · all since/, { timeout: 100_000 });
    const nodes = await page.locator('azure-backup-jobs').evaluate((element) => element.shadowRoot?.querySelectorAll('*').length ?? 0);
    expect(nodes).toBeLessThanOrEqual(1500);
    await page.locator('azure-backup-jobs [part=search]').fill('no item is called so');
    await expect(page.locator('azure-backup-jobs')).toContainText('No job matches', { timeout: 5000 });
    await page.getByRole('link', { name: 'Items' }).click();
    await expect(page.locator('azure-backup-items')).toContainText(/\d+ of [\d,]{4,} items have no good backup/, { timeout: 40_000 });
    expect(await page.locator('azure-backup-items').evaluate((element) => element.shadowRoot?.querySelectorAll('*').length ?? 0)).toBeLessThanOrEqual(1500);
    await page.getByRole('link', { name: 'Failures' }).click();
    await expect(page.locator('azure-backup-failures')).toContainText('UserErrorSqlLogFull', { timeout: 20_000 });
  });
});

test.describe('a vault in two regions', () => {
  test.use({ busy: true });

  test('its cross-region jobs are read when somebody asks, and what that costs is said', async ({ page, site, vault }) => {
    const crossRegion = () => vault.simulator.log.filter(({ method, url }) => method === 'POST' && /backupCrrJobs/.test(url)).length;
    const sample = vault.sample('cross-region');
    await site.open();
    // Its operation makes a job in the paired region.
    await page.goto(`${site.url}?vault#${new URLSearchParams({ vaults: sample.vault ?? '' })}`);
    await expect(page.locator('azure-backup-jobs [role=row]').nth(2)).toBeVisible();
    expect(crossRegion()).toBe(0);
    await page.getByRole('button', { name: 'Cross-region jobs' }).click();
    await expect(page.getByRole('heading', { name: 'Jobs in the paired region, northeurope' })).toBeVisible();
    await expect(page.locator('[data-cross-region=listed]')).toContainText('counts each reading as a write of the subscription (1 so far)');
    expect(crossRegion()).toBe(1);
    await page.getByRole('button', { name: 'Read again' }).click();
    await expect(page.locator('[data-cross-region=listed]')).toContainText('(2 so far)');
    const row = page.locator('main section .vaults button').first();
    const name = await row.locator('.vault-name').textContent();
    await row.click();
    await expect(page.locator('azure-backup-job')).toContainText(name ?? '');
    await expect(page.locator('azure-backup-job')).toContainText('Cross-region restore');
    // Of several vaults nobody wants to pay for all.
    await page.goto(`${site.url}?two#${new URLSearchParams({ vaults: `${vault.simulator.vault()},${sample.vault}` })}`);
    await expect(page.locator('azure-backup-jobs [role=row]').nth(2)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Cross-region jobs' })).toHaveCount(0);
  });
});

test('a token alone leads to the choice, is nowhere on the page, and is forgotten when that is wanted', async ({ page, site, vault }) => {
  delete site.config['simulated'];
  await page.goto(site.url);
  await page.getByLabel('Access token').fill('simulated-token');
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(page.locator('[data-estate=listed]')).toContainText('From Azure Resource Graph');
  await expect(page.locator('input[type=password]')).toHaveCount(0);
  // It ends while one chooses: one field asks for the next.
  vault.simulator.setTokens(['another-token']);
  vault.advance(3700);
  vault.simulator.addFault({ path: '/subscriptions?', times: 2, answer: { kind: 'status', status: 401 } });
  await page.getByRole('button', { name: 'Forget the token' }).click();
  await expect(page.getByLabel('Access token')).toHaveValue('');
  await expect(page.locator('.vaults li')).toHaveCount(0);
});

test.describe('settings', () => {
  test.use({ expectedErrors: /config\.json|404|500/ });

  test('that cannot be read are said: they may name another cloud', async ({ page, site }) => {
    await page.route('**/config.json', (route) => route.fulfill({ status: 500, body: 'no' }));
    await page.goto(site.url);
    await expect(page.getByRole('alert')).toHaveText('This page could not be started. config.json: 500');
    await page.unroute('**/config.json');
    await page.route('**/config.json', (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto(site.url);
    await expect(page.getByText('https://management.azure.com')).toBeVisible();
  });
});
