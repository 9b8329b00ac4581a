/** Every kind of job and operation the simulator speaks, through the engine to its end, and on the page with its own details. */
import { expect, openHarness, test } from './fixtures.ts';

/** What each sample ends as, and what its job must show. */
const kinds: Record<string, { outcome: string; jobType?: string; shows?: readonly (string | RegExp)[] }> = {
  'dpm-backup': { outcome: 'completed', jobType: 'DpmJob', shows: ['dpm-01.contoso.example', 'DPMContainer', 'Take Snapshot', 'Backup Size'] },
  'dpm-fails': { outcome: 'failed', jobType: 'DpmJob', shows: ['could not be reached', 'Check that the server is on'] },
  'mab-backup': { outcome: 'completed', jobType: 'MabJob', shows: ['files-01.contoso.example', 'Windows', 'FileFolder'] },
  'vault-job': { outcome: 'completed', jobType: 'VaultJob', shows: ['Update encryption key', 'Key Uri'] },
  'vault-job-fails': { outcome: 'failed', jobType: 'VaultJob', shows: ['400500', 'key vault'] },
  'hana-fails': { outcome: 'failed', jobType: 'AzureWorkloadJob', shows: ['SAP HANA in Azure VM', 'cannot allocate enough memory'] },
  'share-backup': { outcome: 'completed', jobType: 'AzureStorageJob', shows: ['contosofilesweu', 'File share'] },
  'vm-v2': { outcome: 'completed', jobType: 'AzureIaaSVMJobV2', shows: ['AzureIaaSVMJobV2'] },
  'share-v2': { outcome: 'completed', jobType: 'AzureStorageJobV2', shows: ['Number Of Restored Files'] },
  'sql-v2': { outcome: 'completed', jobType: 'AzureWorkloadJobV2', shows: ['SQL in Azure VM'] },
  'bv-disk': { outcome: 'completed', jobType: '', shows: ['Azure disk', 'Trigger Backup', 'bv-contoso-weu'] },
  'bv-blob-fails': { outcome: 'failed', jobType: '', shows: ['The specified container is not found.', 'Make sure that the container exists', 'Azure blobs'] },
  'bv-postgres': { outcome: 'completed', jobType: '', shows: ['PostgreSQL', 'Transfer data to vault'] },
  'bv-aks': { outcome: 'completed', jobType: '', shows: ['Kubernetes cluster', 'Restore volumes'] },
  'cross-region': { outcome: 'completed', jobType: 'AzureIaaSVMJob', shows: ['Cross-region restore', 'Transfer data from vault'] },
  'share-fails': { outcome: 'failed', jobType: 'AzureStorageJob' },
  'mab-warns': { outcome: 'completed-with-warnings', jobType: 'MabJob' },
  'sql-restore': { outcome: 'completed', jobType: 'AzureWorkloadJob', shows: ['Full restore'] },
  'sql-cancelled': { outcome: 'cancelled', jobType: 'AzureWorkloadJob', shows: ['Cancelled after'] },
  'bv-postgres-fails': { outcome: 'failed', jobType: '', shows: ['innerError'] },
  'bv-aks-warns': { outcome: 'completed-with-warnings', jobType: '', shows: ['warningDetails'] },
  'bv-operation-failed': { outcome: 'operation-failed', shows: ['The operation failed'] },
  'operation-vault': { outcome: 'no-job' },
  'operation-validate': { outcome: 'no-job', shows: ['What the validation found', 'UserErrorTargetVmExists', 'Choose another name.'] },
  'operation-ilr': { outcome: 'no-job', shows: ['2 scripts were made', 'OperationStatusProvisionILRExtendedInfo'] },
  'operation-recovery-point': { outcome: 'no-job', shows: ['Recovery point', 'CrashConsistent'] },
};

test('the engine reads each of them to its end', async ({ page, site, vault }) => {
  await openHarness(page, site);
  // Eighteen at this pace are more than the service would allow.
  vault.simulator.configure({ budgetPerHour: Infinity });
  const samples = vault.simulator.samples().filter(({ key }) => key in kinds);
  expect(samples).toHaveLength(Object.keys(kinds).length);
  await page.evaluate(
    async ({ endpoint, samples }) => {
      const { openEngine } = await import('/lib/index.js' as string);
      const engine = await openEngine({ endpoint, getToken: () => 'simulated-token', pollEvery: { floor: 100, ceiling: 250 }, requestsPerHour: 10_000 });
      const open = samples.map(({ key, text, vault }) => ({ key, watch: engine.follow(text, { vault }) }));
      Object.assign(globalThis, { kindsOpen: open });
    },
    { endpoint: vault.origin, samples },
  );
  const states = () =>
    page.evaluate(() =>
      (globalThis as unknown as { kindsOpen: { key: string; watch: { state: { stage: string; jobs: { job: unknown }[]; contact: { answeredAt: number | null; error: { code: string } | null } } } }[] }).kindsOpen.map(({ key, watch: { state } }) => ({
        key,
        ready: state.stage.startsWith('ended') || state.jobs.some(({ job }) => job),
        answered: state.contact.answeredAt !== null,
        error: state.contact.error?.code ?? '',
      })),
    );
  // What waits to be asked for begins then: the vault's time moves on only after that.
  await expect.poll(async () => (await states()).filter(({ answered, error }) => error || !answered)).toEqual([]);
  vault.advance(15);
  await expect.poll(async () => (await states()).filter(({ ready }) => !ready)).toEqual([]);
  vault.advance(40 * 60);
  const ends = await page.evaluate(async () => {
    const { kindsOpen } = globalThis as unknown as { kindsOpen: { key: string; watch: { result(): Promise<{ outcome: string; jobs: { jobType: string }[] }> } }[] };
    return Promise.all(kindsOpen.map(async ({ key, watch }) => watch.result().then((end) => [key, end.outcome, end.jobs[0]?.jobType], (error: { code: string }) => [key, error.code])));
  });
  expect(ends).toEqual(samples.map(({ key }) => [key, kinds[key]?.outcome, kinds[key]?.jobType]));
});

for (const [key, { outcome, shows }] of Object.entries(kinds)) {
  test(`the page shows ${key} with its own details`, async ({ site, vault }) => {
    const job = await site.follow(key);
    await expect(job.locator('[part=freshness]').first()).toContainText(/Updated|Final/);
    vault.advance(15);
    if (!/^(no-job|operation-)/.test(outcome)) await expect(job.locator('article[part=job][data-state]')).toBeVisible();
    vault.advance(40 * 60);
    await expect(job.locator('[part=freshness]').first()).toContainText('Final');
    for (const text of shows ?? []) await expect(job).toContainText(text);
    await expect(job.locator('[part=notice]')).toHaveCount(0);
  });
}

test('scripts for single files are counted and never shown', async ({ page, site, vault }) => {
  const job = await site.follow('operation-ilr');
  vault.advance(10);
  await expect(job.locator('[part=freshness]').first()).toContainText('Final');
  const log = vault.simulator.log.at(-1)?.url ?? '';
  const body = await page.evaluate(async (url) => (await fetch(url, { headers: { authorization: 'Bearer simulated-token' } })).json(), vault.origin + log);
  const secrets = (body as { properties: { recoveryTarget: { clientScripts: { scriptContent: string; url: string | null }[] } } }).properties.recoveryTarget.clientScripts.flatMap(({ scriptContent, url }) => [scriptContent, url ?? 'none of it']);
  const shown = await job.evaluate((element) => element.shadowRoot?.innerHTML ?? '');
  expect(shown).toContain('OperationStatusProvisionILRExtendedInfo');
  for (const secret of secrets) expect(shown).not.toContain(secret);
});
