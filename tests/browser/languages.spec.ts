/** Every language in every view: its own words, nothing cut off where there is little room, and the service's words left as they are. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ busy: true });

/** What the page is called, and how some of its numbers are said. */
const languages = {
  de: { title: 'Sicherungsaufträge', headline: /\d+ von \d+ Elementen/ },
  ja: { title: 'バックアップ ジョブ', headline: /\d+/ },
  ko: { title: '백업 작업', headline: /\d+/ },
  ru: { title: 'Задания резервного копирования', headline: /\d+/ },
  'zh-TW': { title: '備份作業', headline: /\d+/ },
} as const;

test.describe('the page itself', () => {
  test.use({ locale: 'ja-JP' });
  test('speaks the reader’s language, and another when it is chosen', async ({ page, site }) => {
    await site.open();
    await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
    await expect(page.locator('azure-backup-jobs h2').first()).toHaveText('バックアップ ジョブ');
    const tabs = page.locator('nav.views a');
    await expect(tabs.first()).not.toHaveText('Jobs');
    await page.locator('select[name=language]').selectOption('ru');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
    await expect(page.locator('azure-backup-jobs h2').first()).toHaveText('Задания резервного копирования');
    await expect(page.locator('#page > .top button').last()).toHaveText(/[а-я]/i);
    await page.locator('select[name=language]').selectOption('en');
    await expect(tabs.first()).toHaveText('Jobs');
    // A link may say it, too.
    await page.goto(`${site.url}?lang=ko`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
    await expect(page.locator('form h1, azure-backup-jobs h2').first()).toHaveText(/[가-힣]/);
  });
});

/** Labels whose words do not fit: not what a service or a user named, which may be of any length. */
const cutOff = (view: Locator) =>
  view.evaluate((element) =>
    [...(element.shadowRoot as ShadowRoot).querySelectorAll<HTMLElement>('button, h2, h3, h4, label, select, .word, [role=columnheader], [part=counter], [part=headline] *, .empty *')]
      .filter((label) => label.offsetParent && !label.closest('bdi, .visually-hidden') && label.scrollWidth > label.clientWidth + 1 && getComputedStyle(label).display !== 'inline' && getComputedStyle(label).overflowX !== 'visible')
      .map((label) => `${label.tagName} ${label.className}: ${label.textContent?.trim().slice(0, 60)}`),
  );

const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

for (const [language, { title, headline }] of Object.entries(languages)) {
  test(`${language}: list, items, failures and a job, at 320 px and wide`, async ({ page, site, vault }) => {
    test.slow();
    await site.open();
    const list = page.locator('azure-backup-jobs');
    await expect(list.locator('[part=footer]')).toBeVisible();
    await page.evaluate((lang) => (document.documentElement.lang = lang), language);
    await expect(list.locator('h2').first()).toHaveText(title);
    for (const width of [320, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate((hash) => (location.hash = hash), String(new URLSearchParams({ vaults: vault.simulator.vault(), status: 'failed' })));
      await expect(list.locator('[part=row]').first()).toBeVisible();
      expect(await cutOff(list), `list, ${width}`).toEqual([]);
      await list.locator('[part=row]').first().click();
      const job = list.locator('azure-backup-job');
      await expect(job.locator('[part=errors]')).toBeVisible();
      expect(await cutOff(job), `job, ${width}`).toEqual([]);
      expect(await wide(page)).toBeLessThanOrEqual(width);
      await page.evaluate((hash) => (location.hash = hash), String(new URLSearchParams({ vaults: vault.simulator.vault(), view: 'items' })));
      const items = page.locator('azure-backup-items');
      await expect(items.locator('[part=headline]')).toContainText(headline);
      await expect(items.locator('[part=headline]')).not.toContainText('good backup');
      await expect(items.locator('[part=item]').first()).toBeVisible();
      expect(await cutOff(items), `items, ${width}`).toEqual([]);
      expect(await items.locator('[part=header]').evaluate(({ offsetHeight }: HTMLElement) => offsetHeight), 'no name a letter a line').toBeLessThan(180);
      expect(await wide(page)).toBeLessThanOrEqual(width);
      await page.evaluate((hash) => (location.hash = hash), String(new URLSearchParams({ vaults: vault.simulator.vault(), view: 'failures' })));
      const failures = page.locator('azure-backup-failures');
      await expect(failures.locator('[part=cause]').first()).toBeVisible();
      expect(await cutOff(failures), `failures, ${width}`).toEqual([]);
      expect(await wide(page)).toBeLessThanOrEqual(width);
      // The service's own words say what they are.
      await expect(failures.locator('.advice bdi').first()).toHaveAttribute('lang', '');
    }
  });
}
