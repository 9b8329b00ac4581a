/** The demo: the page on a static host, on a simulated Azure in a service worker. */
import { expect, test } from './fixtures.ts';

test.use({ busy: true });

test('runs without anything behind it, says what it is, and takes no token', async ({ page, site, vault }) => {
  await page.goto(`${site.url}demo.html`);
  await expect(page.locator('.badge')).toHaveText('Demo');
  await expect(page.locator('footer.help')).toContainText('no token is accepted');
  await expect(page.locator('azure-backup-jobs [role=row]').nth(3)).toBeVisible();
  await page.getByRole('button', { name: 'Choose vaults' }).click();
  await expect(page.locator('[data-estate=listed]')).toContainText('From Azure Resource Graph');
  await expect(page.locator('input[type=password]')).toHaveCount(0);
  await page.getByRole('button', { name: /^Show all/ }).click();
  await expect(page.locator('azure-backup-jobs [role=row]').nth(3)).toBeVisible();
  expect(vault.asked(), 'what the page’s own settings name was never asked').toBe(0);
  // The real page beside it is not touched.
  await page.goto(site.url);
  await expect(page.locator('.badge')).toHaveText('Simulated vault');
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});

test('a job is triggered nowhere, but followed and cancelled', async ({ page, site }) => {
  await page.goto(`${site.url}demo.html`);
  await page.getByRole('button', { name: 'Choose vaults' }).click();
  await page.locator('[data-sample=restore-progress]').click();
  const job = page.locator('azure-backup-job');
  await expect(job.locator('[part=status]').first()).toContainText('Running');
  await job.getByRole('button', { name: 'Cancel job…' }).click();
  await job.getByRole('button', { name: 'Yes, cancel it' }).click();
  await expect(job.locator('[part=status]').first()).toContainText(/Cancelling|Cancelled/);
});
