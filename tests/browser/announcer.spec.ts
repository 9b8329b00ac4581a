/** What the elements of a page say aloud, together. */
import type { Page } from '@playwright/test';
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

/** What assistive technology has: what is inert is not among it. */
async function heardRegions(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const texts = nodes.filter(({ ignored, role }) => !ignored && role?.value === 'status').map(({ childIds }) => nodes.filter(({ nodeId, name }) => childIds?.includes(nodeId) && name).map(({ name }) => String(name?.value)).join(''));
  await session.detach();
  return texts;
}

test('what is said while a modal dialog is open, the element’s own or its host’s, is said in it', async ({ page, site, vault, browserName }) => {
  test.slow();
  await openHarness(page, site);
  await page.evaluate(
    async ({ endpoint, id }) => {
      const { openPictureEngine } = (await import('/lib/pictures.js' as string)) as typeof import('../../web/src/engine/pictures.ts');
      await import('/lib/register-all.js' as string);
      const engine = await openPictureEngine({ endpoint, getToken: () => 'simulated-token', requestsPerHour: 100_000, pollEvery: { floor: 100, ceiling: 250 } });
      document.body.append(Object.assign(document.createElement('azure-backup-items'), { engine, vault: id }));
      // A portal's component that shows in a dialog of its own what it is given.
      const host = document.createElement('div');
      host.id = 'portal';
      const dialog = document.createElement('dialog');
      dialog.append(document.createElement('slot'));
      host.attachShadow({ mode: 'open' }).append(dialog);
      document.body.append(host);
      const list = Object.assign(document.createElement('azure-backup-jobs'), { engine, vault: id });
      Object.assign(globalThis, { open: () => (host.append(list), dialog.showModal()), close: () => dialog.close() });
    },
    { endpoint: vault.origin, id: vault.simulator.vault() },
  );
  const region = page.getByRole('status');
  const items = page.locator('azure-backup-items');
  await expect(region).toContainText('items have no good backup', { timeout: 15_000 });
  /** What is said, and where. */
  const said = () => region.evaluateAll((regions) => regions.map((at) => ({ room: [at.parentElement?.localName, at.parentElement?.className].filter(Boolean).join('.'), text: at.textContent })));
  // Time passes until something else is said.
  const saysMore = async (room: string) => {
    // With a dialog that is gone its region went, too.
    const before = (await said())[0]?.text ?? '';
    await expect(async () => {
      vault.advance(3600);
      await expect.poll(async () => (await said()).map((now) => now.text !== '' && now.text !== before && now.room), { timeout: 7_000 }).toEqual([room]);
    }).toPass({ timeout: 30_000 });
    if (browserName === 'chromium') expect(await heardRegions(page)).toEqual([(await said())[0]?.text]);
  };
  await items.locator('[part=look]').first().click();
  await saysMore('dialog.history');
  await page.keyboard.press('Escape');
  await expect(items.locator('dialog')).toHaveCount(0);
  await items.locator('[part=grid]').focus();
  await page.keyboard.press('?');
  await saysMore('dialog.keys');
  await page.keyboard.press('Escape');
  await page.evaluate(() => (globalThis as unknown as { open(): void }).open());
  await expect(page.locator('azure-backup-jobs [part=row]').first()).toBeVisible();
  await saysMore('dialog');
  await page.evaluate(() => (globalThis as unknown as { close(): void }).close());
  await saysMore('body');
});
