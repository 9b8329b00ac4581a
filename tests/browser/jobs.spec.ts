/** The list of all jobs, as a user has it: found, sorted, opened, exported, steady while read, and nothing left behind. */
import { readFileSync } from 'node:fs';
import type { AzureBackupJobs } from '../../web/src/elements/jobs.ts';
import { expect, openHarness, test } from './fixtures.ts';
import { countOf, listIn, mountList, openList, rowsOf } from './job_list.ts';

test.use({ busy: true });

test('failures come first, counters filter, and what is chosen is in the link', async ({ page, site }) => {
  const list = await openList(page, site);
  const failed = await countOf(list, 'failed');
  expect(failed).toBeGreaterThan(20);
  await expect(rowsOf(list).first()).toHaveAttribute('data-state', 'failed');
  await list.locator('[data-counter=completed]').click();
  await expect(rowsOf(list).first()).toHaveAttribute('data-state', 'completed');
  await expect(page).toHaveURL(/status=completed/);
  await list.locator('[data-counter=completed]').click();
  await list.locator('[data-counter=failed]').click();
  await expect(list.locator('[part=footer]')).toContainText(`${failed} of`);
  await list.locator('input[type=search]').fill('ORDERS-1');
  await expect(rowsOf(list).first()).toContainText('orders-1');
  await expect(page).toHaveURL(/status=failed&search=ORDERS-1/);
  for (const text of await rowsOf(list).allInnerTexts()) expect(text).toContain('orders-1');
  // The link shows a colleague the same.
  const url = page.url();
  await page.goto('about:blank');
  await page.goto(url);
  await expect(list.locator('input[type=search]')).toHaveValue('ORDERS-1');
  await expect(rowsOf(list).first()).toContainText('orders-1');
  await expect(list.locator('[data-counter=failed]')).toHaveAttribute('aria-pressed', 'true');
  await list.locator('[part=clear]').click();
  await expect(list.locator('[data-counter=failed]')).toHaveAttribute('aria-pressed', 'false');
  await expect(page).not.toHaveURL(/status|search/);
  await list.locator('input[type=search]').fill('no such thing');
  await expect(list.locator('[part=empty]')).toContainText('No job matches');
});

test('where the jobs may not be read, none of them is not what is said', async ({ page, site, vault }) => {
  vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'status', status: 403 } });
  await site.open();
  const list = listIn(page);
  await expect(list.locator('[part=empty]')).toHaveText('Could not ask');
  await expect(list.locator('.notice')).toContainText('You may not read this');
  vault.simulator.clearFaults();
  await list.locator('[part=refresh]').click();
  await expect(rowsOf(list).first()).toBeVisible();
  await expect(list.locator('[part=empty]')).toHaveCount(0);
});

test('columns sort both ways, and groups count and filter', async ({ page, site }) => {
  const list = await openList(page, site);
  const names = async () => (await list.locator('.space .item .name').allInnerTexts()).slice(0, 10);
  await list.locator('[data-column=item]').click();
  await expect(list.locator('[role=columnheader]').nth(1)).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(names).toEqual(Array.from({ length: 10 }, () => 'files on srv-01'));
  await list.locator('[data-column=item]').click();
  await expect.poll(names).toEqual(Array.from({ length: 10 }, () => 'vm-web-15'));
  await list.locator('select[name=group]').selectOption('error');
  await expect(list.locator('[part=group]').nth(1)).toContainText(/^\d{6,} \d+$/);
  const [code = '', count = ''] = (await list.locator('[part=group]').nth(1).innerText()).split(' ');
  await list.locator('[part=group]').nth(1).click();
  await expect(list.locator('[part=footer]')).toContainText(`${count} of`);
  await list.locator(`[data-filter=error]`).click();
  await expect(list.locator('[part=footer]')).not.toContainText(' of ');
  expect(code).not.toBe('');
});

test('a job opens beside the list and by its link, and closes by back, button and key', async ({ page, site }) => {
  const list = await openList(page, site);
  const row = rowsOf(list).nth(2);
  const name = await row.locator('.name').innerText();
  await row.click();
  const drawer = list.locator('[part=drawer]');
  await expect(drawer.locator('h2')).toHaveText(name);
  await expect(drawer.locator('[part=status]')).toContainText('Failed after');
  await expect(drawer.locator('[part=earlier] li')).not.toHaveCount(0);
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(/job=/);
  const url = page.url();
  await page.goBack();
  await expect(drawer).toHaveCount(0);
  await page.goForward();
  await expect(drawer.locator('h2')).toHaveText(name);
  await drawer.locator('[part=close]').click();
  await expect(drawer).toHaveCount(0);
  await page.goto('about:blank');
  await page.goto(url);
  await expect(drawer.locator('h2')).toHaveText(name);
  // An earlier run is one click away.
  const runs = drawer.locator('[part=run]');
  await runs.first().click();
  await expect(page).not.toHaveURL(url);
  await expect(drawer.locator('h2')).toHaveText(name);
});

test('of a job that Azure does not answer for by itself what the list told is shown, and why there is no more', async ({ page, site, vault }) => {
  const list = await openList(page, site);
  vault.simulator.addFault({ path: 'backupJobs/', times: -1, answer: { kind: 'status', status: 404, body: JSON.stringify({ error: { code: 'BMSUserErrorObjectNotFound', message: 'Object not found' } }) } });
  const row = rowsOf(list).first();
  const item = await row.locator('.name').innerText();
  await row.click();
  const job = list.locator('azure-backup-job');
  await expect(job.locator('h2')).toHaveText(item);
  await expect(job.locator('[part=header]')).toHaveAttribute('data-state', 'failed');
  await expect(job.locator('[part=errors]')).toBeVisible();
  await expect(job.locator('[part=notice]')).toContainText('Azure does not know this.');
  await expect(job.locator('dl').first()).toContainText('Activity id');
});

test('it speaks the language of its host, changes with it, and says so; a language without a catalogue is English', async ({ page, site, vault }) => {
  const list = await mountList(page, site, vault);
  const title = list.locator('h2').first();
  const card = list.locator('[part=card]').first();
  await expect(title).toHaveText('Backup jobs');
  await page.evaluate(() => (document.documentElement.lang = 'de-AT'));
  await expect(title).toHaveText('Sicherungsaufträge');
  await expect(card).toHaveAttribute('lang', 'de');
  await expect(list.locator('[part=footer]')).toContainText(/Aufträge · alle seit/);
  // What comes later, too, and the job beside the list, which is an element of its own.
  await rowsOf(list).first().click();
  await expect(list.locator('[part=drawer]')).toContainText('Frühere Läufe dieses Elements');
  await expect(list.locator('[part=drawer] [part=status]')).toContainText('Fehlgeschlagen nach');
  await list.locator('[part=menu] summary').click();
  await expect(list.locator('[part=export-csv]')).toHaveText('Als CSV');
  await page.evaluate(() => (document.documentElement.lang = 'fr'));
  await expect(title).toHaveText('Backup jobs');
  await expect(card).toHaveAttribute('lang', 'en');
  await expect(list.locator('[part=drawer]')).toContainText('Earlier runs of this item');
  await page.evaluate(() => document.querySelector('azure-backup-jobs')?.setAttribute('language', 'de'));
  await expect(title).toHaveText('Sicherungsaufträge');
  await expect(list.locator('[part=drawer] [part=status]')).toContainText('Fehlgeschlagen nach');
});

test('by keys alone: rows are walked, a job is opened and closed, and the focus comes back', async ({ page, site }) => {
  const list = await openList(page, site);
  const grid = list.locator('[role=grid]');
  await page.keyboard.press('/');
  await expect(list.locator('input[type=search]')).toBeFocused();
  await grid.focus();
  for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowDown');
  await expect(grid).toHaveAttribute('aria-activedescendant', 'row-2');
  await page.keyboard.press('End');
  const total = Number(await grid.getAttribute('aria-rowcount'));
  await expect(grid).toHaveAttribute('aria-activedescendant', `row-${total - 2}`);
  await expect(list.locator(`#row-${total - 2}`)).toBeInViewport();
  await expect(list.locator(`#row-${total - 2}`)).toHaveAttribute('aria-rowindex', String(total));
  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Enter');
  await expect(list.locator('[part=close]')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(list.locator('[part=drawer]')).toHaveCount(0);
  await expect(grid).toBeFocused();
});

test('the key ? tells of every key, and those of one character can be turned off', async ({ page, site }) => {
  const list = await openList(page, site);
  await page.keyboard.press('?');
  const dialog = list.locator('dialog.keys');
  await expect(dialog).toBeVisible();
  for (const key of ['Enter', 'Esc', '/', '?', 'Home End']) await expect(dialog.locator('kbd', { hasText: key }).first()).toBeVisible();
  await page.keyboard.press('?');
  await expect(dialog).toHaveCount(1);
  await dialog.locator('[part=single-keys]').uncheck();
  await dialog.locator('[part=keys-close]').click();
  await expect(dialog).toHaveCount(0);
  const focused = () => list.evaluate((element) => (element.shadowRoot?.activeElement as HTMLElement | null)?.getAttribute('part') ?? '');
  await page.keyboard.press('/');
  expect(await focused()).not.toBe('search');
  await list.locator('[part=grid]').focus();
  await page.keyboard.press('?');
  await page.keyboard.press('/');
  // Firefox has a use of its own for it.
  expect(await focused()).not.toBe('search');
  await expect(dialog).toHaveCount(0);
  // The menu still leads there.
  await list.locator('[part=menu] summary').click();
  await list.locator('[part=keys-open]').click();
  await dialog.locator('[part=single-keys]').check();
  await page.keyboard.press('Escape');
  await list.locator('[part=menu] summary').click();
  await list.locator('[part=grid]').focus();
  await page.keyboard.press('/');
  expect(await focused()).toBe('search');
});

test('while someone reads, rows stay where they are; what is new waits', async ({ page, site, vault }) => {
  const list = await openList(page, site);
  await list.locator('[data-column=start]').click();
  await rowsOf(list).first().hover();
  const names = () => list.locator('.space .row').evaluateAll((rows) => rows.slice(0, 8).map((row) => row.querySelector('.name')?.textContent));
  await expect(list.locator('[part=footer]')).toContainText('jobs');
  const before = await names();
  vault.advance(3600);
  await expect(list.locator('[part=pill]')).toContainText(/\d+ new jobs?/);
  expect(await names()).toEqual(before);
  // What the rows say is new all the same.
  await expect.poll(() => list.locator('.space .row[data-state=in-progress]').count()).toBeLessThan(8);
  await list.locator('[part=pill]').click();
  await expect(list.locator('[part=pill]')).toHaveCount(0);
  await expect.poll(names).not.toEqual(before);
});

test('the end of a job is told once, to the host and aloud', async ({ page, site, vault }) => {
  const list = await mountList(page, site, vault);
  await page.evaluate(() => {
    const ended: string[] = [];
    Object.assign(globalThis, { ended });
    (globalThis as unknown as { element: AzureBackupJobs }).element.addEventListener('backup-jobs-end', ({ detail }) => ended.push(...detail.rows.map(({ key }) => key)));
  });
  const running = await countOf(list, 'running');
  expect(running).toBeGreaterThan(0);
  vault.advance(5 * 3600);
  const told = () => page.evaluate(() => (globalThis as unknown as { ended: string[] }).ended);
  await expect.poll(async () => (await told()).length).toBeGreaterThanOrEqual(running);
  await expect(page.getByRole('status')).toContainText(/ended|:/, { timeout: 8000 });
  const keys = await told();
  expect(new Set(keys).size).toBe(keys.length);
});

test('what is filtered is exported, all of it and nothing else, and no cell is a formula', async ({ page, site, vault, browserName }) => {
  const list = await openList(page, site);
  await list.locator('[data-counter=failed]').click();
  const failed = await countOf(list, 'failed');
  await list.locator('[part=menu] summary').click();
  const save = async (part: string) => {
    // Playwright hears of downloads in Chromium only: in Firefox it is the file's text before it is handed over.
    if (browserName === 'firefox') {
      await page.evaluate(() => {
        const link = HTMLAnchorElement.prototype;
        URL.createObjectURL = (blob) => (Object.assign(globalThis, { blob }), 'about:blank');
        link.click = function () {
          Object.assign(globalThis, { fileName: this.download });
        };
        Object.assign(globalThis, { fileName: '' });
      });
      await list.locator(`[part=${part}]`).click();
      await expect.poll(() => page.evaluate(() => (globalThis as unknown as { fileName: string }).fileName)).not.toBe('');
      return page.evaluate(async () => {
        const { blob, fileName } = globalThis as unknown as { blob: Blob; fileName: string };
        return { name: fileName, text: await blob.text() };
      });
    }
    const [download] = await Promise.all([page.waitForEvent('download'), list.locator(`[part=${part}]`).click()]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  };
  const csv = await save('export-csv');
  expect(csv.name).toMatch(/^azure-backup-jobs-\d{4}-\d\d-\d\d\.csv$/);
  expect(csv.text.match(/^"Failed",/gm)?.length).toBe(failed);
  expect(csv.text).not.toMatch(/^"(?!Failed)/m);
  const json = JSON.parse((await save('export-json')).text) as { status: string; errors: unknown[] }[];
  expect(json.length).toBe(failed);
  expect(json.every(({ status, errors }) => status === 'Failed' && errors.length > 0)).toBe(true);
  expect(vault.simulator.log.some(({ url }) => url.includes('export'))).toBe(false);
});

test('as a plain table, page by page', async ({ page, site, vault }) => {
  const list = await mountList(page, site, vault, { view: 'table' });
  await expect(list.locator('tbody tr')).toHaveCount(50);
  await expect(list.locator('.pages')).toContainText('1 to 50 of');
  const first = await list.locator('tbody tr').first().innerText();
  await list.locator('[part=next]').click();
  await expect(list.locator('.pages')).toContainText('51 to 100 of');
  expect(await list.locator('tbody tr').first().innerText()).not.toBe(first);
  await list.locator('[part=previous]').click();
  await expect(list.locator('[part=previous]')).toBeDisabled();
  await list.locator('tbody tr button.link').first().click();
  await expect(list.locator('[part=drawer] [part=status]')).toContainText('Failed after');
});

test('a grid of thousands has few nodes, and a poll that changes nothing touches none', async ({ page, site, vault }) => {
  const list = await mountList(page, site, vault);
  // Until nothing runs and nothing more comes, so that polls change nothing.
  vault.advance(2 * 86_400);
  await expect.poll(() => countOf(list, 'running')).toBe(0);
  const nodes = () => list.evaluate((element) => element.shadowRoot!.querySelectorAll('.rows *').length);
  expect(await nodes()).toBeLessThan(1500);
  await list.locator('[role=grid]').evaluate((grid) => (grid.scrollTop = 40 * 1234));
  await expect(list.locator('#row-1240')).toBeVisible();
  expect(await nodes()).toBeLessThan(1500);
  const asked = vault.asked();
  const mutations = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let count = 0;
        const rows = (globalThis as unknown as { element: AzureBackupJobs }).element.shadowRoot!.querySelector('.space')!;
        new MutationObserver((records) => (count += records.length)).observe(rows, { subtree: true, childList: true, attributes: true, characterData: true });
        setTimeout(() => resolve(count), 2500);
      }),
  );
  expect(await mutations).toBe(0);
  expect(vault.asked()).toBeGreaterThan(asked);
});

test('two lists of one vault share one poll; hundreds come and go, and nothing stays', async ({ page, site, vault }) => {
  test.slow();
  await mountList(page, site, vault);
  const usage = () => page.evaluate(() => (globalThis as unknown as { engine: { usage(): { feeds: number; jobs: number; requests: number; timer: boolean } } }).engine.usage());
  const { feeds } = await usage();
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('azure-backup-jobs'), { engine: (globalThis as unknown as { engine: object }).engine, vault: (globalThis as unknown as { element: AzureBackupJobs }).element.vault })));
  await expect(listIn(page).nth(1).locator('[part=row]').first()).toBeVisible();
  expect((await usage()).feeds).toBe(feeds);
  await page.evaluate(async () => {
    document.querySelectorAll('azure-backup-jobs').forEach((element) => element.remove());
    const { engine, element } = globalThis as unknown as { engine: object; element: AzureBackupJobs };
    for (let i = 0; i < 500; ++i) {
      const one = Object.assign(document.createElement('azure-backup-jobs'), { engine, vault: element.vault });
      document.body.append(one);
      await one.updateComplete;
      one.remove();
    }
  });
  await expect.poll(usage).toEqual({ feeds: 0, jobs: 0, requests: 0, timer: false });
});

test('a vault that may not be read says so, and one that is none is an error to the host', async ({ page, site, vault }) => {
  await openHarness(page, site);
  const told = await page.evaluate(
    async ({ endpoint, id }) => {
      await import('/lib/register-jobs.js' as string);
      const [wrong, refused] = ['nonsense', id].map((vault) => Object.assign(document.createElement('azure-backup-jobs'), { endpoint, getToken: () => 'forbidden-token', vault }));
      const error = new Promise<string>((resolve) => wrong?.addEventListener('backup-jobs-error', ({ detail }) => resolve((detail.error as Error & { code: string }).code)));
      document.body.append(wrong as Node, refused as Node);
      return error;
    },
    { endpoint: vault.origin, id: vault.simulator.vault() },
  );
  expect(told).toBe('resource-id-malformed');
  await expect(listIn(page).nth(0).locator('[part=problem]')).toContainText('not a well-formed resource id');
  await expect(listIn(page).nth(1).locator('.notice')).toContainText('You may not read this');
  await page.evaluate(() => document.querySelectorAll('azure-backup-jobs').forEach((element) => element.remove()));
});
