/** The list for everyone, and against everyone: axe in its states, narrow widths, hostile text in every field, a token that stays where it belongs. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, injectedIn, test } from './fixtures.ts';

test.use({ busy: true });

const ready = async (page: Page): Promise<Locator> => {
  const list = page.locator('azure-backup-jobs');
  await expect(list.locator('[part=footer]')).toContainText('all since');
  await expect(list.locator('[part=row]').first()).toBeVisible();
  return list;
};

const looks = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }] as const;
for (const look of looks) {
  for (const dir of ['ltr', 'rtl']) {
    test(`axe finds nothing in the list, ${Object.values(look).join(' ')}, ${dir}`, async ({ page, site, vault, browserName }) => {
      // axe takes four times as long in Firefox.
      test.setTimeout(browserName === 'firefox' ? 240_000 : 90_000);
      await page.emulateMedia(look);
      const scan = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
        expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).slice(0, 3).join('; ')}`)).toEqual([]);
      };
      await site.open();
      await page.evaluate((value) => (document.documentElement.dir = value), dir);
      const list = await ready(page);
      await scan('list');
      await list.locator('select[name=group]').selectOption('error');
      await list.locator('[part=group]').nth(1).click();
      await list.locator('[part=menu] summary').click();
      await scan('filtered, with the menu open');
      await list.locator('[part=menu] summary').click();
      await list.locator('[part=row]').first().click();
      await expect(list.locator('[part=drawer] [part=earlier] li').first()).toBeVisible();
      await scan('a job beside it');
      await list.locator('[part=close]').click();
      await list.locator('input[type=search]').fill('nothing like it');
      await scan('nothing found');
      vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'status', status: 403 } });
      await expect(list.locator('.notice')).toBeVisible();
      await scan('refused');
    });
  }
}

test('at 320 px nothing scrolls sideways, and a job takes the place of the list', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await site.open();
  const list = await ready(page);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await wide()).toBeLessThanOrEqual(320);
  await list.locator('[part=row]').nth(1).click();
  await expect(list.locator('[part=drawer] [part=status]')).toBeVisible();
  await expect(list.locator('[part=grid]')).toBeHidden();
  expect(await wide()).toBeLessThanOrEqual(320);
  await list.locator('[part=close]').click();
  await expect(list.locator('[part=grid]')).toBeVisible();
});

const payloads = ['<img src=x onerror="window.hit=1">', '"><script>window.hit=1</script>', "javascript:window.hit=1//'", '<svg/onload=window.hit=1>', '${window.hit=1}{{window.hit=1}}', '</style><iframe srcdoc="<script>parent.hit=1</script>">'];

test('script in every text does nothing, in the list, beside it, in filters and in files', async ({ page, site, vault }) => {
  const place = vault.simulator.vault();
  const body = (index: number, detailed: boolean) => {
    const text = payloads[index % payloads.length] as string;
    return {
      id: `${place}/backupJobs/job-${index}`, name: `job-${index}`, type: text,
      properties: {
        jobType: text, entityFriendlyName: `${text}${index}`, operation: text, status: index % 2 ? 'Failed' : text, backupManagementType: text, workloadType: text, activityId: text, containerName: text,
        startTime: new Date(Date.now() - 3_600_000 * (index + 1)).toISOString(), endTime: new Date(Date.now() - 3_000_000 * (index + 1)).toISOString(), duration: 'PT10M', actionsInfo: [text], somethingNew: text,
        errorDetails: [{ errorCode: text, errorTitle: text, errorString: text, recommendations: payloads }],
        ...(detailed ? { extendedInfo: { tasksList: [{ taskId: text, status: text, duration: 'PT1M' }], propertyBag: { [text]: text }, dynamicErrorMessage: text } } : {}),
      },
    };
  };
  for (let index = 0; index < payloads.length; ++index) vault.simulator.addFault({ path: `backupJobs/job-${index}`, times: -1, answer: { kind: 'status', status: 200, body: JSON.stringify(body(index, true)) } });
  vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'body', body: JSON.stringify({ value: payloads.map((_, index) => body(index, false)) }) } });
  await site.open();
  const list = await ready(page);
  for (const column of ['error', 'item', 'operation', 'type']) await list.locator('select[name=group]').selectOption(column);
  await list.locator('[part=group]').first().click();
  await expect(list.locator('[part=filter]')).toBeVisible();
  await list.locator('[part=clear]').click();
  const rows = list.locator('[part=row]');
  await expect(rows).toHaveCount(payloads.length);
  for (let index = 0; index < payloads.length; ++index) {
    await rows.nth(index).click();
    await expect(list.locator('[part=drawer] h2')).toHaveText(await rows.nth(index).locator('.name').innerText());
    await expect(list.locator('[part=drawer] [part=task]').first()).toBeVisible();
  }
  await list.locator('[part=close]').click();
  await page.goto(`${page.url().split('#')[0]}#${new URLSearchParams({ vaults: place, search: payloads[0] as string, item: payloads[1] as string, error: payloads[2] as string, operation: payloads[3] as string })}`);
  await expect(list.locator('[part=filter]')).toHaveCount(2);
  expect(await injectedIn(page)).toEqual({ count: 0, hit: false });
});

test('the token is nowhere but in the requests', async ({ page, site, vault }) => {
  vault.simulator.setTokens(['pasted-canary-token']);
  site.config['simulated'] = { ...(site.config['simulated'] as object), token: 'pasted-canary-token' };
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await site.open();
  const list = await ready(page);
  await list.locator('[part=row]').first().click();
  await expect(list.locator('[part=drawer] [part=status]')).toBeVisible();
  const file = await page.evaluate(async () => {
    let text = '';
    for await (const part of document.querySelector('azure-backup-jobs')!.export('json')) text += part.text;
    return text;
  });
  const traces = await page.evaluate(() => JSON.stringify([location.href, document.documentElement.outerHTML, document.querySelector('azure-backup-jobs')!.shadowRoot!.innerHTML, { ...localStorage }, { ...sessionStorage }, document.cookie, history.state]));
  for (const text of [traces, file, said.join('\n'), page.url()]) expect(text).not.toContain('canary');
  expect(vault.simulator.log.some(({ url }) => url.includes('canary'))).toBe(false);
});
