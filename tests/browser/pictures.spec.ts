/** What is protected and what fails, as a user has it: the sentence, what is flagged, the way to the jobs, and what is said where something may not be read. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { Cause, CausesAnswer, ItemRow, ItemsAnswer, PictureEngine } from '../../web/src/engine/pictures.ts';
import { expect, injectedIn, keysOf, openHarness, test, type Site } from './fixtures.ts';

test.use({ busy: true });

const itemsOf = (view: Locator) => view.locator('[part=item]');
const headline = (view: Locator) => view.locator('[part=headline]');

async function openItems(page: Page, site: Site): Promise<Locator> {
  await site.open();
  await page.getByRole('link', { name: 'Items' }).click();
  const view = page.locator('azure-backup-items');
  await expect(headline(view)).toContainText(/\d+ of \d+ items have no good backup in 26 hours/);
  return view;
}

/** The one of that name, found by searching for it. */
async function item(view: Locator, name: string): Promise<Locator> {
  await view.locator('input[type=search]').fill(name);
  await expect(itemsOf(view).first()).toContainText(name);
  return itemsOf(view).first();
}

test('the items say which have no good backup, trouble first, and the limit is the reader’s', async ({ page, site }) => {
  const view = await openItems(page, site);
  const count = async () => Number(/^\D*(\d+) of/.exec(await headline(view).innerText())?.[1]);
  const overdue = await count();
  expect(overdue).toBeGreaterThan(5);
  await expect(itemsOf(view).first()).toContainText('Overdue');
  await expect(itemsOf(view).first()).toContainText('failed');
  await view.locator('select[name=limit]').selectOption('168');
  await expect(headline(view)).toContainText('in 7 days');
  expect(await count()).toBeLessThan(overdue);
  expect(await count()).toBeGreaterThan(0);
  await expect(page).toHaveURL(/view=items&limit=168/);
  await view.locator('input[name=only-trouble]').check();
  await expect(itemsOf(view)).toHaveCount(await count());
  await expect(page).toHaveURL(/limit=168&trouble=1/);
  // A colleague sees the same by the link.
  const url = page.url();
  const seen = await headline(view).innerText();
  await page.goto('about:blank');
  await page.goto(url);
  await expect(headline(view)).toHaveText(seen);
  await expect(view.locator('input[name=only-trouble]')).toBeChecked();
});

test('what stopped, was stopped, waits, was deleted, left or cannot be told apart is each said as what it is', async ({ page, site }) => {
  const view = await openItems(page, site);
  const stopped = await item(view, 'vm-batch-01');
  await expect(stopped).toContainText('Overdue');
  await expect(stopped).toContainText('7 days ago');
  await expect(stopped.locator('[role=img]')).toHaveAttribute('aria-label', /good backup.*no backup|no backup.*good backup/);
  await expect(await item(view, 'vm-legacy-01')).toContainText('Protection stopped');
  await expect(await item(view, 'vm-legacy-02')).toContainText('Deleted, can be restored until');
  const fresh = await item(view, 'vm-new-01');
  await expect(fresh).toContainText('Waits for its first backup');
  await expect(fresh).toContainText('none seen');
  await expect(await item(view, 'vm-retired-01')).toContainText('Not in the vault’s list of items any more');
  await expect(await item(view, 'payroll')).toContainText('One of 2 items of this name');
  await expect(await item(view, 'vm-web-01')).toContainText('usually');
});

test('an item leads to its jobs, by keys as well, and the back button returns', async ({ page, site }) => {
  const view = await openItems(page, site);
  await page.keyboard.press('/');
  await page.keyboard.type('inventory');
  await expect(itemsOf(view)).toHaveCount(1);
  await view.locator('[part=grid]').focus();
  await page.keyboard.press('ArrowDown');
  await expect(view.locator('[part=grid]')).toHaveAttribute('aria-activedescendant', 'item-0');
  await page.keyboard.press('Enter');
  const rows = page.locator('azure-backup-jobs [part=row]');
  await expect(rows.first()).toContainText('inventory [sql-prod-01]');
  for (const text of await rows.locator('.item').allInnerTexts()) expect(text).toContain('inventory [sql-prod-01]');
  await page.goBack();
  await expect(itemsOf(view)).toHaveCount(1);
});

test('where the list of items may not be read, jobs tell of those they name, and it says so', async ({ page, site, vault }) => {
  vault.simulator.addFault({ path: '/backupProtectedItems', times: -1, answer: { kind: 'status', status: 403 } });
  await site.open('#' + new URLSearchParams({ vaults: vault.simulator.vault(), view: 'items' }));
  const view = page.locator('azure-backup-items');
  await expect(headline(view)).toContainText(/\d+ of \d+ items seen in the last 14 days/);
  await expect(headline(view)).toContainText('could not be read');
  await expect(headline(view)).toContainText('You may not read this.');
  await expect(itemsOf(view).first()).toContainText('Overdue');
  vault.simulator.clearFaults();
  await view.locator('[part=refresh]').click();
  await expect(headline(view)).not.toContainText('seen in the last');
});

test('a token that has expired is asked for in every view, and keys that are off stay off', async ({ page, site, vault }) => {
  delete (site.config as { simulated?: unknown }).simulated;
  site.config['simulated'] = undefined;
  vault.simulator.setTokens(['first-token', 'second-token']);
  await site.open();
  await page.getByLabel('Operation URL, its JSON answer, or a job id').fill(vault.simulator.vault());
  await page.getByLabel('Access token').fill('first-token');
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await page.getByRole('link', { name: 'Items' }).click();
  const view = page.locator('azure-backup-items');
  await expect(headline(view)).toContainText('no good backup');
  await view.locator('[part=grid]').focus();
  await page.keyboard.press('?');
  await view.locator('dialog.keys [part=single-keys]').uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Failures' }).click();
  await page.getByRole('link', { name: 'Items' }).click();
  await view.locator('[part=grid]').focus();
  await page.keyboard.press('?');
  await expect(view.locator('dialog.keys')).toHaveCount(0);
  vault.simulator.setTokens(['second-token']);
  await view.locator('[part=refresh]').click();
  const field = page.getByLabel('Access token');
  await expect(field).toBeVisible();
  await page.getByRole('link', { name: 'Failures' }).click();
  await expect(field).toBeVisible();
  await field.fill('second-token');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(field).toHaveCount(0);
});

test('failures are told by cause, with what to do, and lead to their jobs', async ({ page, site, vault }) => {
  await site.open();
  const list = page.locator('azure-backup-jobs');
  await expect(list.locator('[part=footer]')).toContainText('all since');
  await expect(list.locator('[part=footer]')).not.toContainText('reading back');
  const asked = vault.asked();
  await page.getByRole('link', { name: 'Failures' }).click();
  const view = page.locator('azure-backup-failures');
  await expect(headline(view)).toContainText(/\d+ failed jobs, \d+ causes/);
  expect(vault.asked() - asked, 'what was read is not read again').toBeLessThan(4);
  const cause = view.locator('[part=cause]').first();
  await expect(cause).toContainText('not succeeded since');
  await expect(cause).toContainText('Recommended actions');
  await expect(cause.locator('[part=affected][data-state=failed]').first()).toBeVisible();
  const jobs = Number(/(\d+) jobs/.exec(await cause.innerText())?.[1]);
  const code = (await cause.getAttribute('data-code')) ?? '';
  const name = await cause.locator('[part=affected] bdi').first().innerText();
  await cause.locator('[part=affected]').first().click();
  await expect(list.locator('azure-backup-job h2')).toHaveText(name);
  await page.goBack();
  await cause.locator('[part=show-jobs]').click();
  await expect(list.locator('[part=footer]')).toContainText(`${jobs} of`);
  await expect(page).toHaveURL(new RegExp(`error=${code}`));
});

test('a long list of items has few nodes, and hundreds of mounts leave nothing', async ({ page, site, vault }) => {
  test.slow();
  await openHarness(page, site);
  await page.evaluate(
    async ({ endpoint, id }) => {
      const { openPictureEngine } = (await import('/lib/pictures.js' as string)) as typeof import('../../web/src/engine/pictures.ts');
      await import('/lib/register-all.js' as string);
      const engine = await openPictureEngine({ endpoint, getToken: () => 'simulated-token', requestsPerHour: 100_000, pollEvery: { floor: 100, ceiling: 250 } });
      const element = Object.assign(document.createElement('azure-backup-items'), { engine, vault: id });
      Object.assign(globalThis, { engine, element, id });
      document.body.append(element);
    },
    { endpoint: vault.origin, id: vault.simulator.vault() },
  );
  const view = page.locator('azure-backup-items');
  await expect(headline(view)).toContainText('no good backup');
  expect(await view.evaluate((element) => element.shadowRoot?.querySelectorAll('*').length)).toBeLessThan(1_500);
  // What the types promise is what comes.
  const answers = await page.evaluate(() => {
    const engine = (globalThis as unknown as { engine: PictureEngine }).engine;
    return { items: engine.items({ count: 500 }), causes: engine.causes() };
  });
  const keys = (value: object | undefined) => Object.keys(value ?? {}).sort();
  expect(keys(answers.items)).toEqual(keysOf<ItemsAnswer>()('changed', 'counted', 'overdue', 'unknown', 'total', 'listed', 'problem', 'coveredFrom', 'daysFrom', 'rows'));
  for (const row of answers.items.rows) {
    expect(keys(row)).toEqual(keysOf<ItemRow>()('key', 'vault', 'id', 'name', 'jobsItem', 'place', 'managementType', 'workloadType', 'policy', 'protection', 'deletedUntil', 'state', 'candidates', 'lastGood', 'running', 'last', 'usual', 'strayed', 'days'));
    expect(row.days).toHaveLength(14);
  }
  expect(new Set(answers.items.rows.map(({ key }) => key)).size).toBe(answers.items.total);
  expect(keys(answers.causes)).toEqual(keysOf<CausesAnswer>()('changed', 'jobs', 'causes'));
  expect(keys(answers.causes.causes[0])).toEqual(keysOf<Cause>()('code', 'jobs', 'first', 'last', 'items', 'itemCount', 'failing', 'sample'));
  await page.evaluate(async () => {
    const { engine, element, id } = globalThis as unknown as { engine: object; element: HTMLElement; id: string };
    element.remove();
    for (let i = 0; i < 300; ++i) {
      const one = Object.assign(document.createElement(i % 2 ? 'azure-backup-items' : 'azure-backup-failures'), { engine, vault: id });
      document.body.append(one);
      await one.updateComplete;
      one.remove();
    }
  });
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { engine: PictureEngine }).engine.usage())).toEqual({ feeds: 0, jobs: 0, requests: 0, timer: false });
});

const payloads = ['<img src=x onerror="window.hit=1">', '"><script>window.hit=1</script>', "javascript:window.hit=1//'", '<svg/onload=window.hit=1>', '</style><iframe srcdoc="<script>parent.hit=1</script>">', 'constructor', '__proto__'];

test('script in every text does nothing, in items and in causes', async ({ page, site, vault }) => {
  const place = vault.simulator.vault();
  const jobs = payloads.map((text, index) => ({
    id: `${place}/backupJobs/job-${index}`, name: `job-${index}`,
    properties: {
      jobType: text, entityFriendlyName: text, operation: 'Backup', status: 'Failed', backupManagementType: text, workloadType: text, containerName: text, startTime: new Date(Date.now() - 3_600_000).toISOString(), duration: 'PT10M',
      errorDetails: [{ errorCode: text, errorTitle: text, errorString: text, recommendations: payloads }],
    },
  }));
  const items = payloads.map((text, index) => ({
    id: `${place}/protectedItems/${index}`, name: text,
    properties: { friendlyName: text, backupManagementType: index % 2 ? text : 'AzureIaasVM', workloadType: text, containerName: text, policyName: text, protectionState: text, serverName: text, sourceResourceId: text, lastBackupStatus: text },
  }));
  vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'status', status: 200, body: JSON.stringify({ value: jobs }) } });
  vault.simulator.addFault({ path: '/backupProtectedItems', times: -1, answer: { kind: 'status', status: 200, body: JSON.stringify({ value: items }) } });
  await site.open('#' + new URLSearchParams({ vaults: place, view: 'items', search: payloads[0] as string }));
  const view = page.locator('azure-backup-items');
  await expect(itemsOf(view)).not.toHaveCount(0);
  await view.locator('input[type=search]').fill('');
  await expect(itemsOf(view)).not.toHaveCount(1);
  expect(await injectedIn(page)).toEqual({ count: 0, hit: false });
  await page.getByRole('link', { name: 'Failures' }).click();
  await expect(page.locator('[part=cause]')).toHaveCount(payloads.length);
  expect(await injectedIn(page)).toEqual({ count: 0, hit: false });
});

for (const look of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }] as const) {
  for (const dir of ['ltr', 'rtl']) {
    test(`axe finds nothing in the pictures, ${Object.values(look).join(' ')}, ${dir}`, async ({ page, site, browserName }) => {
      // axe takes four times as long in Firefox.
      test.setTimeout(browserName === 'firefox' ? 240_000 : 90_000);
      await page.emulateMedia(look);
      const scan = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
        expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).slice(0, 3).join('; ')}`)).toEqual([]);
      };
      const view = await openItems(page, site);
      await page.evaluate((value) => (document.documentElement.dir = value), dir);
      await scan('items');
      await view.locator('input[type=search]').fill('nothing like it');
      await expect(view.locator('[part=empty]')).toBeVisible();
      await scan('nothing found');
      await page.getByRole('link', { name: 'Failures' }).click();
      await expect(page.locator('[part=cause]').first()).toBeVisible();
      await scan('failures');
    });
  }
}

test('at 320 px nothing scrolls sideways, in either', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openItems(page, site);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await wide()).toBeLessThanOrEqual(320);
  await page.getByRole('link', { name: 'Failures' }).click();
  await expect(page.locator('[part=cause]').first()).toBeVisible();
  expect(await wide()).toBeLessThanOrEqual(320);
});
