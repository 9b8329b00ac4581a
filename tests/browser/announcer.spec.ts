/** What the elements of a page say aloud, together. */
import { expect, openHarness, test } from './fixtures.ts';

test.use({ busy: true });

test('all elements of a page speak through one polite region, at most every five seconds, and leave none', async ({ page, site, vault }) => {
  test.slow();
  await openHarness(page, site);
  await page.evaluate(
    async ({ endpoint, id }) => {
      const { openPictureEngine } = (await import('/lib/pictures.js' as string)) as typeof import('../../web/src/engine/pictures.ts');
      await import('/lib/register-all.js' as string);
      const said: { at: number; text: string }[] = [];
      Object.assign(globalThis, { said });
      new MutationObserver(() => {
        const text = document.querySelector('[role=status]')?.textContent ?? '';
        if (text && text !== said.at(-1)?.text) said.push({ at: performance.now(), text });
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
      const engine = await openPictureEngine({ endpoint, getToken: () => 'simulated-token', requestsPerHour: 100_000, pollEvery: { floor: 100, ceiling: 250 } });
      for (const name of ['azure-backup-items', 'azure-backup-failures', 'azure-backup-jobs', 'azure-backup-items'] as const) document.body.append(Object.assign(document.createElement(name), { engine, vault: id }));
    },
    { endpoint: vault.origin, id: vault.simulator.vault() },
  );
  const region = page.getByRole('status');
  await expect(region).toContainText(/items have no good backup.*failed jobs?,|failed jobs?,.*items have no good backup/s, { timeout: 15_000 });
  for (let hours = 0; hours < 12; ++hours) {
    vault.advance(3600);
    await page.waitForTimeout(1000);
    await expect(region).toHaveCount(1);
  }
  const said = await page.evaluate(() => (globalThis as unknown as { said: { at: number; text: string }[] }).said);
  expect(said.length).toBeGreaterThan(1);
  for (const [index, { at }] of said.entries()) if (index > 0) expect(at - (said[index - 1]?.at ?? 0)).toBeGreaterThan(4_900);
  // Two of one kind say the same once.
  for (const { text } of said) expect(text.split('items have no good backup').length).toBeLessThan(3);
  await page.evaluate(() => document.querySelectorAll('azure-backup-items, azure-backup-failures, azure-backup-jobs').forEach((element) => element.remove()));
  await expect(region).toHaveCount(0);
});
