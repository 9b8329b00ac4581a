/** A list of jobs for a test: the page's, or an element by itself. */
import type { Locator, Page } from '@playwright/test';
import { expect, openHarness, type Site, type Vault } from './fixtures.ts';

export const listIn = (page: Page) => page.locator('azure-backup-jobs');
export const rowsOf = (list: Locator) => list.locator('[part=row]');
export const countOf = async (list: Locator, counter: string) => Number((await list.locator(`[data-counter=${counter}] strong`).innerText()).replace(/\D/g, ''));

/** The page on the busy vault, all of it read. */
export async function openList(page: Page, site: Site): Promise<Locator> {
  await site.open();
  const list = listIn(page);
  await expect(list.locator('[part=footer]')).toContainText('all since');
  await expect(list.locator('[part=footer]')).not.toContainText('reading back');
  return list;
}

/** The element alone, with an engine of its own, in an empty page. */
export async function mountList(page: Page, site: Site, vault: Vault, properties: Record<string, unknown> = {}): Promise<Locator> {
  await openHarness(page, site);
  await page.evaluate(
    async ({ endpoint, id, properties }) => {
      const { openListEngine } = (await import('/lib/lists.js' as string)) as typeof import('../../web/src/engine/lists.ts');
      await import('/lib/register-jobs.js' as string);
      const engine = await openListEngine({ endpoint, getToken: () => 'simulated-token', requestsPerHour: 100_000, pollEvery: { floor: 100, ceiling: 250 } });
      const element = Object.assign(document.createElement('azure-backup-jobs'), { engine, vault: id, ...properties });
      Object.assign(globalThis, { element, engine });
      document.body.append(element);
    },
    { endpoint: vault.origin, id: vault.simulator.vault(), properties },
  );
  const list = listIn(page);
  await expect(list.locator('[part=footer]')).toContainText('all since');
  await expect(list.locator('[part=footer]')).not.toContainText('reading back');
  return list;
}
