/** What is drawn of a list is what its grid is scrolled to. */
import type { Locator } from '@playwright/test';
import type { AzureBackupJobs } from '../../web/src/elements/jobs.ts';
import { expect, test } from './fixtures.ts';
import { mountList, openList } from './job_list.ts';

test.use({ busy: true });

/** Rows are drawn wherever the grid has been scrolled to. */
async function expectRowsInSight(list: Locator): Promise<void> {
  const uncovered = () =>
    list.locator('[role=grid]').evaluate((grid) => {
      const { top, height, left, width } = grid.getBoundingClientRect();
      return [0.3, 0.5, 0.7].filter((share) => !(grid.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height * share)?.closest('[part=row]'));
    });
  await expect.poll(uncovered).toEqual([]);
}

const scrolledTo = (list: Locator) => list.locator('[role=grid]').evaluate((grid) => grid.scrollTop);

test('rows are where the grid is scrolled to, also after a job hid them, and a filter behind it leads to the top', async ({ page, site }) => {
  await page.setViewportSize({ width: 800, height: 900 });
  const list = await openList(page, site);
  const grid = list.locator('[role=grid]');
  for (const counter of ['', 'completed']) {
    await grid.evaluate((element) => element.scrollTo(0, 8000));
    await expectRowsInSight(list);
    await grid.click();
    await expect(list.locator('[part=close]')).toBeVisible();
    await expect(grid).toBeHidden();
    if (counter) await list.locator(`[data-counter=${counter}]`).click();
    await list.locator('[part=close]').click();
    await expect(grid).toBeVisible();
    await expectRowsInSight(list);
    expect(await scrolledTo(list)).toBe(counter ? 0 : 8000);
  }
});

test('a host may hide the list, show it again and move it: rows are where it is scrolled to', async ({ page, site, vault }) => {
  const list = await mountList(page, site, vault);
  const host = (change: string) =>
    page.evaluate(async (what) => {
      const { element, engine } = globalThis as unknown as { element: AzureBackupJobs; engine: { watchVault(id: string): unknown } };
      if (what === 'move') {
        // Another one is on that vault, and so its jobs are there as soon as it is read.
        engine.watchVault(element.vault);
        document.body.append(element);
      } else element.style.display = what === 'hide' ? 'none' : '';
      await new Promise((resolve) => setTimeout(resolve, 200));
    }, change);
  await list.locator('[role=grid]').evaluate((element) => element.scrollTo(0, 8000));
  await expectRowsInSight(list);
  await host('hide');
  await host('show');
  await expectRowsInSight(list);
  expect(await scrolledTo(list)).toBe(8000);
  await host('move');
  await expectRowsInSight(list);
});
