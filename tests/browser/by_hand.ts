/** The page as someone uses it who has a token and a vault's id, and no simulator's samples. */
import type { Locator, Page } from '@playwright/test';
import type { Vault } from './fixtures.ts';

/** The id of the vault that the simulator's jobs are of. */
export function idOf(vault: Vault): string {
  const { text } = vault.sample('backup-fails');
  return text.slice(text.indexOf('/subscriptions/'), text.search(/\/backup(Jobs|Operations)/i));
}

/** Pastes both; returns the list's rows. */
export async function listByHand(page: Page, vault: Vault): Promise<Locator> {
  await page.locator('#what').fill(idOf(vault));
  await page.locator('#token').fill('simulated-token');
  await page.locator('button[type=submit]').click();
  return page.locator('azure-backup-jobs [part~=row]');
}
