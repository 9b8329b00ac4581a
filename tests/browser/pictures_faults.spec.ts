/** What is said of items and failures where the service does not tell all. */
import { expect, test } from './fixtures.ts';

test.use({ busy: true });

test('a backup that Azure lists no more is said to run nowhere', async ({ page, site, vault }) => {
  const place = vault.simulator.vault();
  const job = { entityFriendlyName: 'vm-lost', containerName: 'iaasvmcontainerv2;rg;vm-lost', backupManagementType: 'AzureIaasVM', jobType: 'AzureIaaSVMJob', operation: 'Backup', status: 'InProgress', startTime: new Date(Date.now() - 60_000).toISOString(), duration: 'PT1M' };
  const item = { friendlyName: 'vm-lost', containerName: 'IaasVMContainerV2;rg;vm-lost', backupManagementType: 'AzureIaasVM', workloadType: 'VM', protectionState: 'Protected' };
  const lists = (jobs: readonly object[]) => {
    vault.simulator.clearFaults();
    vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'status', status: 200, body: JSON.stringify({ value: jobs }) } });
    vault.simulator.addFault({ path: '/backupProtectedItems', times: -1, answer: { kind: 'status', status: 200, body: JSON.stringify({ value: [{ id: `${place}/protectedItems/vm-lost`, name: 'vm-lost', properties: item }] }) } });
  };
  lists([{ id: `${place}/backupJobs/lost`, name: 'lost', properties: job }]);
  await site.open('#' + new URLSearchParams({ vaults: place, view: 'items' }));
  const view = page.locator('azure-backup-items');
  const strip = view.locator('[part=item]').locator('[role=img]');
  await expect(strip).toHaveAttribute('aria-label', /1 running \(/);
  lists([]);
  await view.locator('[part=refresh]').click();
  await expect(strip).toHaveAttribute('aria-label', /1 no longer listed \(/);
  await expect(strip).not.toHaveAttribute('aria-label', /running/);
  await expect(view.locator('[part=item]')).toContainText('Azure lists this job no more');
  await view.locator('[part=item]').locator('[part=look]').click();
  const past = view.locator('dialog.history tbody');
  await expect(past).toContainText('no longer listed');
  await expect(past.locator('[data-state=unknown]')).toHaveCount(1);
});

test('where the list of items may not be read, jobs tell of those they name, and it says so', async ({ page, site, vault }) => {
  vault.simulator.addFault({ path: '/backupProtectedItems', times: -1, answer: { kind: 'status', status: 403 } });
  await site.open('#' + new URLSearchParams({ vaults: vault.simulator.vault(), view: 'items' }));
  const view = page.locator('azure-backup-items');
  const headline = view.locator('[part=headline]');
  await expect(headline).toContainText(/\d+ of \d+ items seen in the last 14 days/);
  await expect(headline).toContainText('could not be read');
  await expect(headline).toContainText('You may not read this.');
  await expect(view.locator('[part=item]').first()).toContainText('Overdue');
  vault.simulator.clearFaults();
  await view.locator('[part=refresh]').click();
  await expect(headline).not.toContainText('seen in the last');
});

test('where neither jobs nor items may be read, nothing looks as if it were on its way', async ({ page, site, vault }) => {
  for (const path of ['backupJobs', '/backupProtectedItems']) vault.simulator.addFault({ path, times: -1, answer: { kind: 'status', status: 403 } });
  await site.open('#' + new URLSearchParams({ vaults: vault.simulator.vault(), view: 'items' }));
  await expect(page.locator('azure-backup-items [part=empty]')).toHaveText('Could not ask');
  await page.getByRole('link', { name: 'Failures' }).click();
  const failures = page.locator('azure-backup-failures');
  await expect(failures.locator('[part=empty]')).toHaveText('Could not ask');
  vault.simulator.clearFaults();
  await failures.locator('[part=refresh]').click();
  await expect(failures.locator('[part=cause]').first()).toBeVisible();
});
