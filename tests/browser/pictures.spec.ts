/** What is protected and what fails, as a user has it: the sentence, what is flagged, the way to the jobs, and what is said where something may not be read. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { Cause, CausesAnswer, ItemHistory, ItemRow, ItemRun, ItemsAnswer, PictureEngine } from '../../web/src/engine/pictures.ts';
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

test('a kind of items, and a sort of backups, may have a limit of its own', async ({ page, site }) => {
  const view = await openItems(page, site);
  const count = async () => Number(/^\D*(\d+) of/.exec(await headline(view).innerText())?.[1]);
  const overdue = await count();
  const kind = view.locator('select[name=limit-of]');
  await kind.selectOption({ label: 'Azure VM' });
  await expect(view.locator('select[name=limit] option:checked')).toHaveText('no limit of its own');
  await view.locator('select[name=limit]').selectOption('168');
  await expect(headline(view)).toContainText(/\d+ of \d+ items have no good backup within their limits/);
  expect(await count()).toBeLessThan(overdue);
  await expect(page).toHaveURL(/view=items&limit.AzureIaasVM=168/);
  await expect(kind.locator('option:checked')).toHaveText('Azure VM: 7 days');
  const url = page.url();
  const seen = await headline(view).innerText();
  await page.goto('about:blank');
  await page.goto(url);
  await expect(headline(view)).toHaveText(seen);
  await kind.selectOption('AzureIaasVM');
  await expect(view.locator('select[name=limit]')).toHaveValue('168');
  await view.locator('select[name=limit]').selectOption('');
  await expect(headline(view)).toContainText('in 26 hours');
  await expect(page).not.toHaveURL(/limit/);
  // A sort of backups: databases are fine by their logs, and lack a full one.
  await kind.selectOption({ label: 'Full backup' });
  await view.locator('select[name=limit]').selectOption('24');
  await expect(page).toHaveURL(/limit\.Backup\+%28Full%29=24/);
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

test('the history of an item is told without a request, sizes where a detail was read anyway, and leads to its jobs', async ({ page, site, vault }) => {
  const view = await openItems(page, site);
  const row = await item(view, 'vm-web-01');
  await expect(row).toContainText('usually');
  const asked = vault.asked();
  await row.locator('[part=look]').click();
  const history = view.locator('dialog.history');
  await expect(history.getByRole('heading', { name: 'History of vm-web-01' })).toBeVisible();
  const bars = history.locator('[part=run]');
  expect(await bars.count()).toBeGreaterThan(5);
  await expect(bars.last()).toHaveAttribute('aria-current', 'true');
  await expect(history.locator('.plot .usual')).toHaveCount(1);
  await expect(history.getByRole('columnheader', { name: 'Size' })).toHaveCount(0);
  const rows = history.locator('tbody tr');
  expect(await rows.count()).toBeGreaterThanOrEqual(await bars.count());
  expect(vault.asked() - asked, 'nothing is asked for it but what is asked anyway').toBeLessThan(3);
  await page.keyboard.press('Escape');
  await expect(history).toHaveCount(0);
  // By keys, and on to one of its jobs.
  await view.locator('[part=grid]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect(history).toBeVisible();
  const good = rows.filter({ hasText: 'good backup' }).first();
  const start = await good.getByRole('button').innerText();
  await good.getByRole('button').click();
  const job = page.locator('azure-backup-jobs azure-backup-job');
  await expect(job.locator('h2')).toHaveText('vm-web-01');
  await expect(job).toContainText('Backup Size');
  // That detail told a size.
  await page.goBack();
  await view.locator('[part=look]').first().click();
  await expect(history.getByRole('columnheader', { name: 'Size' })).toBeVisible();
  await expect(rows.filter({ hasText: start })).toContainText(/[\d,]+ MB/);
  await history.locator('[part=history-jobs]').click();
  await expect(page.locator('azure-backup-jobs [part=row]').first()).toContainText('vm-web-01');
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

test('? tells the keys of the view that it is pressed in', async ({ page, site }) => {
  const view = await openItems(page, site);
  const told = async (element: Locator) => {
    await page.keyboard.press('?');
    await expect(element.locator('dialog.keys')).toBeVisible();
    const keys = await element.locator('dialog.keys dt').allInnerTexts();
    await page.keyboard.press('Escape');
    await expect(element.locator('dialog.keys')).toHaveCount(0);
    return keys;
  };
  expect(await told(view)).toEqual(['↑ ↓', 'Home End', 'Page ↑ Page ↓', 'Enter', 'Space', 'Esc', '/', '?']);
  await page.getByRole('link', { name: 'Failures' }).click();
  const failures = page.locator('azure-backup-failures');
  await expect(failures.locator('[part=cause]').first()).toBeVisible();
  expect(await told(failures)).toEqual(['?']);
  await failures.locator('[part=refresh]').focus();
  expect(await told(failures)).toEqual(['?']);
  await page.keyboard.press('?');
  await failures.locator('dialog.keys [part=single-keys]').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(failures.locator('dialog.keys')).toHaveCount(0);
  await page.getByRole('link', { name: 'Jobs' }).click();
  await expect(page.locator('azure-backup-jobs [part=row]').first()).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.locator('dialog.keys'), 'off is off in every view').toHaveCount(0);
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
    const items = engine.items({ count: 500 });
    return { items, causes: engine.causes(), histories: items.rows.map((row) => engine.history(row)), none: engine.history({ key: 'nothing' }) };
  });
  const keys = (value: object | undefined) => Object.keys(value ?? {}).sort();
  expect(keys(answers.items)).toEqual(keysOf<ItemsAnswer>()('changed', 'counted', 'overdue', 'unknown', 'kinds', 'total', 'listed', 'problem', 'coveredFrom', 'daysFrom', 'rows'));
  for (const row of answers.items.rows) {
    expect(keys(row)).toEqual(keysOf<ItemRow>()('key', 'vault', 'id', 'name', 'jobsItem', 'place', 'managementType', 'workloadType', 'policy', 'protection', 'deletedUntil', 'state', 'kind', 'limit', 'lacking', 'candidates', 'lastGood', 'running', 'last', 'usual', 'strayed', 'days'));
    expect(row.days).toHaveLength(14);
  }
  expect(answers.none).toBeNull();
  for (const history of answers.histories) {
    expect(keys(history ?? undefined)).toEqual(keysOf<ItemHistory>()('total', 'runs', 'usual', 'candidates', 'coveredFrom'));
    for (const run of history?.runs ?? []) expect(keys(run)).toEqual(keysOf<ItemRun>()('job', 'operation', 'outcome', 'state', 'start', 'duration', 'size', 'error'));
  }
  expect(answers.histories.some((history) => (history?.runs.length ?? 0) > 5 && history?.usual)).toBe(true);
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
      await view.locator('[part=look]').first().click();
      await expect(view.locator('dialog.history [part=run]').first()).toBeVisible();
      await scan('history');
      await page.keyboard.press('Escape');
      await expect(view.locator('dialog.history')).toHaveCount(0);
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
  const view = await openItems(page, site);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await wide()).toBeLessThanOrEqual(320);
  await view.locator('[part=look]').first().click();
  const history = view.locator('dialog.history');
  await expect(history.locator('[part=run]').first()).toBeVisible();
  expect(await history.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
  await history.locator('[part=history-close]').click();
  await expect(history).toHaveCount(0);
  await page.getByRole('link', { name: 'Failures' }).click();
  await expect(page.locator('[part=cause]').first()).toBeVisible();
  expect(await wide()).toBeLessThanOrEqual(320);
});
