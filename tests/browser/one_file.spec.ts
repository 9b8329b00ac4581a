/** dist/azure-backup-jobs.html, opened from disk: it asks Azure Resource Manager and nobody else, and shows what it hears, where that admits a page without an origin. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page, TestInfo } from '@playwright/test';
import { dist } from '../../web/tools/build.mjs';
import { clouds } from '../../web/tools/clouds.mjs';
import { one_file_for } from '../../web/tools/one_file.mjs';
import { listByHand } from './by_hand.ts';
import { expect, test, type Vault } from './fixtures.ts';

const built = () => readFileSync(join(dist, 'azure-backup-jobs.html'), 'utf8');

/** Opens the file as a double-click does; returns the addresses that are asked from then on. */
async function open(page: Page, info: TestInfo, html: string): Promise<string[]> {
  const file = info.outputPath('azure-backup-jobs.html');
  writeFileSync(file, html);
  const { href } = pathToFileURL(file);
  const asked: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (url !== href && !url.startsWith('data:')) asked.push(url);
  });
  await page.goto(href);
  await expect(page.locator('#token')).toBeVisible();
  return asked;
}

/** The file as built, but for whom it asks and how often. */
const at = (vault: Vault) => one_file_for(built(), { endpoint: vault.origin, pollEvery: { floor: 100, ceiling: 250 }, requestsPerHour: 10_000 });

test('as built it asks nobody when it is opened, and may ask the three clouds alone', async ({ page, site }, info) => {
  void site;
  const html = built();
  expect(html.match(/connect-src [^;]*/)?.[0]).toBe(`connect-src ${Object.values(clouds).map(({ endpoint }) => endpoint).join(' ')}`);
  expect(html).not.toMatch(/unsafe-inline|unsafe-eval'(?<!'wasm-unsafe-eval')/);
  const asked = await open(page, info, html);
  await expect(page.locator('#token-help')).toContainText(clouds.public.endpoint);
  await expect(page.locator('.badge')).toHaveCount(0);
  // What the served page loads when it is wanted is inside.
  await page.locator('select[name=language]').selectOption('ja');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  expect(await page.title()).not.toBe('Azure Backup jobs');
  expect(asked).toEqual([]);
});

for (const allowOrigin of ['*', 'null']) {
  test(`a pasted token lists a vault where Azure admits the origin with "${allowOrigin}"`, async ({ page, site, vault }, info) => {
    void site;
    vault.simulator.configure({ allowOrigin });
    const asked = await open(page, info, at(vault));
    const rows = await listByHand(page, vault);
    await expect(rows.first()).toBeVisible();
    expect(vault.simulator.log.length).toBeGreaterThan(0);
    // The link to what is seen works from disk, too.
    expect(page.url()).toContain('#vaults=');
    await page.locator('.views a').nth(1).click();
    await expect(page.locator('azure-backup-items')).toBeVisible();
    await page.goBack();
    await expect(rows.first()).toBeVisible();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((url) => !url.startsWith(`${vault.origin}/`))).toEqual([]);
    await expect(page.locator('[data-reason=origin-null]')).toHaveCount(0);
  });
}

for (const [what, allowOrigin] of [['nobody', null], ['another origin', 'https://portal.azure.com']] as const) {
  test(`a refusal is explained where Azure admits ${what}`, async ({ page, site, vault }, info) => {
    void site;
    vault.simulator.configure({ allowOrigin });
    await open(page, info, at(vault));
    site.config['endpoint'] = vault.origin;
    const rows = await listByHand(page, vault);
    await expect(page.locator('[data-reason=origin-null]')).toBeVisible();
    await expect(rows).toHaveCount(0);
    vault.simulator.configure({ allowOrigin: 'null' });
    await expect(rows.first()).toBeVisible();
    await expect(page.locator('[data-reason=origin-null]')).toHaveCount(0);
  });
}
