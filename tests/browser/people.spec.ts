/** For everyone: axe over the states in light, dark and forced colours; the keyboard; narrow widths; what a screen reader is told. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Vault } from './fixtures.ts';

declare global {
  interface Window {
    written: string;
  }
}

const states: Record<string, (vault: Vault) => void> = {
  'backup-completes': (vault) => vault.advance(1400),
  'backup-fails': (vault) => vault.advance(900),
  'restore-progress': (vault) => vault.advance(1300),
  'operation-many-jobs': (vault) => vault.advance(15),
  'unknown-status': () => {},
  'operation-failed': (vault) => vault.advance(10),
};

for (const look of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }] as const) {
  test(`axe finds nothing, ${Object.values(look).join(' ')}`, async ({ page, site, vault }) => {
    test.setTimeout(90_000);
    await page.emulateMedia(look);
    const scan = async (name: string) => {
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`)).toEqual([]);
    };
    await site.open();
    await page.locator('form').waitFor();
    await scan('start');
    for (const [key, act] of Object.entries(states)) {
      await site.follow(key);
      await site.job.locator('article').first().waitFor();
      act(vault);
      await page.waitForTimeout(700);
      await scan(key);
    }
    vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'status', status: 429, seconds: 300 } });
    await site.follow('backup-warns');
    await site.job.locator('.notice').waitFor();
    await scan('throttled');
  });
}

test('keyboard only: choose, copy the details, follow another', async ({ page, site, vault }) => {
  // Reading the clipboard back needs a permission that not every browser grants to tests: what is written to it is kept instead.
  await page.addInitScript(() => {
    // Absent in the blank page that comes first.
    if (navigator.clipboard) navigator.clipboard.writeText = async (text) => void (window.written = text);
  });
  await site.open();
  await page.locator('[data-sample=backup-fails]').focus();
  await page.keyboard.press('Enter');
  await expect(site.job.locator('[part=status]')).toContainText('Running');
  vault.advance(900);
  await expect(site.job.locator('[part=status]')).toContainText('Failed');
  await page.keyboard.press('Tab');
  for (let i = 0; i < 5 && !(await site.job.getByRole('button', { name: 'Copy details' }).evaluate((button) => button.matches(':focus'))); ++i) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(site.job.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => window.written);
  expect(copied).toContain('vm-web-02: Failed after');
  expect(copied).toMatch(/Activity id: [0-9a-f-]{36}/);
});

test('nothing is clipped or scrolls sideways at 320 px', async ({ page, site, vault }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const key of ['backup-fails', 'restore-progress']) {
    await site.follow(key);
    await expect(site.job.locator('[part=status]')).toContainText('Running');
    vault.advance(1300);
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  }
});

test('a screen reader hears of changes, not of the passing of time', async ({ page, site, vault }) => {
  await site.follow('backup-fails');
  await expect(page.getByRole('status')).toHaveText('vm-web-02: Running');
  const said = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const region = document.querySelector('[role=status]') as HTMLElement;
        let changes = 0;
        new MutationObserver(() => ++changes).observe(region, { childList: true, characterData: true, subtree: true });
        setTimeout(() => resolve(changes), 2500);
      }),
  );
  expect(said).toBe(0);
  vault.advance(900);
  await expect(page.getByRole('status')).toHaveText(/vm-web-02: Failed after 14 min/, { timeout: 8000 });
});
