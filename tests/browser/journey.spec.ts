/** The main job of the product: from what a trigger answered to the job's end. */
import { documentationJob, expect, fixture, openHarness, test } from './fixtures.ts';

test('from the operation to the completed job, live, and then no more', async ({ page, site, vault }) => {
  const job = await site.follow('backup-completes');
  await expect(job).toContainText('Waiting for the operation to name its job');
  vault.advance(5);
  await expect(job).toContainText('The operation succeeded and named its job');
  await expect(job.getByRole('heading', { name: 'vm-web-01' })).toBeVisible();
  await expect(job.locator('[part=status]')).toContainText('Running');
  await expect(job.locator('[part=task]')).toHaveText([/Take Snapshot.*Running/s, /Transfer data to vault\s*Not started/]);

  vault.advance(600);
  await expect(job.locator('[part=task]')).toHaveText([/Take Snapshot.*Completed/s, /Transfer data to vault.*Running/s]);
  await expect(job.locator('[part=status]')).toContainText(/Running for 10 min/);

  vault.advance(700);
  await expect(job.locator('[part=status]')).toHaveText(/\bCompleted in 20 mins? 23 secs?$/);
  for (const fact of ['Started', 'Ended', 'Duration', 'Activity id', 'Job id', 'VM Name', 'Backup Size']) await expect(job.locator('dt').getByText(fact, { exact: true })).toBeVisible();
  await expect(job).toContainText('Final. Polling has ended.');
  await expect(page.getByRole('status')).toHaveText(/vm-web-01: Completed in/);

  const asked = vault.asked();
  await page.waitForTimeout(1500);
  expect(vault.asked()).toBe(asked);
});

test.describe('hidden headers', () => {
  test.use({ expectedErrors: /Refused to get unsafe header "Retry-After"/ });

  test('CORS is real: a preflight came first, and Retry-After cannot be read', async ({ page, site, vault }) => {
    await site.follow('backup-completes');
    await expect(site.job).toContainText('Waiting for the operation');
    const [first, second] = vault.simulator.log;
    expect(first?.method).toBe('OPTIONS');
    expect(second?.method).toBe('GET');
    const hidden = await page.evaluate(
      ({ url }) =>
        new Promise<{ status: number; retryAfter: string | null; all: string }>((resolve) => {
          const xhr = new XMLHttpRequest();
          xhr.open('GET', url);
          xhr.setRequestHeader('Authorization', 'Bearer simulated-token');
          xhr.onload = () => resolve({ status: xhr.status, retryAfter: xhr.getResponseHeader('Retry-After'), all: xhr.getAllResponseHeaders() });
          xhr.send();
        }),
      { url: vault.sample('backup-completes').text },
    );
    expect(hidden.status).toBe(200);
    expect(hidden.retryAfter).toBeNull();
    expect(hidden.all).not.toContain('x-ms');
  });
});

test('a preflight serves many polls', async ({ site, vault }) => {
  await site.follow('backup-fails');
  await expect.poll(() => vault.asked()).toBeGreaterThan(8);
  // Chromium needs one; Firefox may need a few before it keeps one. Then there are no more.
  const preflights = () => vault.simulator.log.filter(({ method }) => method === 'OPTIONS').length;
  const before = preflights();
  expect(before).toBeLessThanOrEqual(4);
  const asked = vault.asked();
  await expect.poll(() => vault.asked()).toBeGreaterThan(asked + 8);
  expect(preflights()).toBe(before);
});

test('a failed job says what went wrong and what to do', async ({ site, vault }) => {
  const job = await site.follow('backup-fails');
  await expect(job.locator('[part=status]')).toContainText('Running');
  vault.advance(900);
  await expect(job.locator('[part=status]')).toContainText('Failed after 14 min');
  const error = job.locator('[part=error]');
  await expect(error).toContainText(/Code \d+/);
  await expect(error).toContainText('Recommended actions');
  expect(await error.locator('li').count()).toBeGreaterThan(1);
  await expect(job.locator('dt').getByText('Activity id')).toBeVisible();
});

test('a cancelled job passes through cancelling', async ({ site, vault }) => {
  const job = await site.follow('restore-cancelled');
  await expect(job).toContainText('Waiting for the operation');
  vault.advance(10);
  await expect(job.locator('[part=status]')).toContainText('Running');
  vault.advance(370);
  await expect(job.locator('[part=status]')).toContainText('Cancelling');
  vault.advance(120);
  await expect(job.locator('[part=status]')).toContainText('Cancelled after');
});

test('a job with warnings shows them as such', async ({ site, vault }) => {
  const job = await site.follow('backup-warns');
  await expect(job.locator('[part=status]')).toContainText('Running');
  vault.advance(600);
  await expect(job.locator('[part=status]')).toContainText('Completed with warnings after 9 min');
  await expect(job.getByRole('heading', { name: 'Warnings' })).toBeVisible();
});

test('a restore shows its progress, bytes and how little the estimate is worth', async ({ site, vault }) => {
  const job = await site.follow('restore-progress');
  await expect(job.locator('[part=status]')).toContainText('Running');
  await expect(job.locator('progress')).toHaveCount(0);
  vault.advance(1200);
  await expect(job.locator('[part=progress]')).toContainText('% done');
  await expect(job.locator('[part=progress]')).toContainText('as a rule too little');
  await expect(job).toContainText('GBs Transferred');
});

test('a status nobody knows is shown as it came, and followed on', async ({ site, vault }) => {
  const job = await site.follow('unknown-status');
  await expect(job.locator('[part=status]')).toHaveText('The service says “Paused”');
  await expect(job).not.toContainText('Completed');
  vault.advance(400);
  await expect(job.locator('[part=status]')).toContainText('Completed in');
});

test('an operation that fails shows its error and that there is no job', async ({ site, vault }) => {
  const job = await site.follow('operation-failed');
  await expect(job).toContainText('Waiting for the operation');
  vault.advance(10);
  await expect(job.locator('[part=status]')).toHaveText('The operation failed');
  await expect(job.locator('[part=error]')).toContainText('UserErrorGuestAgentStatusUnavailable');
  await expect(job).toContainText('It names no job.');
});

test('an operation that makes no job says so', async ({ site, vault }) => {
  const job = await site.follow('operation-no-job');
  await expect(job).toContainText('Waiting for the operation');
  vault.advance(10);
  await expect(job.locator('[part=status]')).toHaveText('The operation succeeded without a job');
});

test('an operation of several jobs shows them all', async ({ site, vault }) => {
  const job = await site.follow('operation-many-jobs');
  await expect(job).toContainText('Waiting for the operation');
  vault.advance(15);
  await expect(job.locator('article')).not.toHaveCount(1);
  const jobs = await job.locator('article').count();
  await expect(job).toContainText(`named ${jobs} jobs`);
});

test.describe('typed and pasted', () => {
  for (const key of ['operation-json', 'backup-warns', 'backup-fails', 'backup-completes']) {
    test(`${key} into the form`, async ({ page, site, vault }) => {
      await site.open();
      const sample = vault.sample(key);
      await page.getByLabel('Operation URL, its JSON answer, or a job id').fill(sample.text);
      if (sample.vault) await page.getByLabel('Vault resource id').fill(sample.vault);
      await page.getByRole('button', { name: 'Follow', exact: true }).click();
      vault.advance(6);
      await expect(site.job.locator('[part=status]')).toContainText('Running');
    });
  }

  test('bad input is said at once, and nothing is asked', async ({ page, site, vault }) => {
    const cases: [string, RegExp][] = [
      ['what is this', /neither an operation’s URL/],
      ['41f3e94b-ae6b-4a20-b422-65abfcaf03e5', /vault is needed/],
      ['https://evil.example/subscriptions/s/backupOperations/x', /not on the Azure endpoint/],
      [fixture('documentation/job_as_published.json'), /not valid JSON/],
    ];
    for (const [text, message] of cases) {
      await site.open();
      await page.getByLabel('Operation URL, its JSON answer, or a job id').fill(text);
      await page.getByRole('button', { name: 'Follow', exact: true }).click();
      await expect(site.job.getByRole('alert')).toContainText(message);
    }
    expect(vault.simulator.log).toHaveLength(0);
  });
});

test('the job is in the URL: reload and back come to it, and no signature does', async ({ page, site, vault }) => {
  await site.follow('backup-completes');
  await expect(site.job).toContainText('Waiting for the operation');
  expect(page.url()).not.toContain('#');
  vault.advance(5);
  await expect(page).toHaveURL(/#job=.*backupJobs/);
  expect(page.url()).not.toMatch(/[?&]s=|sig|api-version/);
  await page.reload();
  await expect(site.job.getByRole('heading', { name: 'vm-web-01' })).toBeVisible();
  await page.getByRole('button', { name: 'Follow another' }).click();
  await expect(page.getByRole('heading', { name: 'Follow a backup or restore job' })).toBeVisible();
  await page.goBack();
  await expect(site.job.getByRole('heading', { name: 'vm-web-01' })).toBeVisible();
});

test('with a pasted token, held in memory only', async ({ page, site, vault }) => {
  delete site.config['simulated'];
  vault.simulator.setTokens(['pasted-canary-token']);
  await site.open();
  await page.getByLabel('Operation URL, its JSON answer, or a job id').fill(vault.sample('backup-fails').text);
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveText('A token is needed to ask Azure.');
  await page.getByLabel('Access token').fill('pasted-canary-token');
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(site.job.locator('[part=status]')).toContainText('Running');
  const traces = await page.evaluate(() => [location.href, document.documentElement.outerHTML, JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie].join('\n'));
  expect(traces).not.toContain('canary');
  expect(vault.simulator.log.some(({ url }) => url.includes('canary'))).toBe(false);
});

for (const version of ['2017-07-01', '2019-05-13']) {
  test(`the documentation page's own answers, api-version ${version}`, async ({ page, site }) => {
    const vaultPath = '/Subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/Default-RecoveryServices-ResourceGroup-centralindia/providers/Microsoft.RecoveryServices/vaults/abdemovault';
    const asked: string[] = [];
    const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'authorization', 'Content-Type': 'application/json' };
    await page.route('https://management.azure.com/**', (route) => {
      if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204, headers });
      asked.push(route.request().url());
      return route.fulfill({ status: 200, headers, body: documentationJob() });
    });
    site.config['endpoint'] = 'https://management.azure.com';
    await site.open();
    const input = page.getByLabel('Operation URL, its JSON answer, or a job id');
    // The operation's final answer names job 41f3….
    await input.fill(fixture('documentation/operation.json'));
    await page.getByLabel('Vault resource id').fill(vaultPath);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await expect(site.job).toContainText('The operation succeeded and named its job');
    // What the input told is on the screen before the job has been asked for.
    await expect.poll(() => asked[0]).toContain('/backupJobs/41f3e94b-ae6b-4a20-b422-65abfcaf03e5?');
    // The job's URL as the page writes it, in the page's version.
    await page.getByRole('button', { name: 'Follow another' }).click();
    await input.fill(`https://management.azure.com${vaultPath}/backupJobs/7ddead57-bcb9-4269-ac31-6a1b57588700?api-version=${version}`);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await expect(site.job.locator('[part=status]')).toHaveText(/\bCompleted in 20 mins? 23 secs?$/);
    expect(asked.at(-1)).toContain(`7ddead57-bcb9-4269-ac31-6a1b57588700?api-version=${version}`);
    await expect(site.job.locator('[part=task]')).toHaveText([/Take Snapshot\s*Completed\s*0 secs?/, /Transfer data to vault\s*Completed\s*0 secs?/]);
    for (const [name, value] of [
      ['VM Name', 'uttestvmub1'],
      ['Backup Size', '2332 MB'],
      ['Activity id', '7df8e874-1d66-4f81-8e91-da2fe054811d'],
      ['Started', '21 May 2018, 10:35:40'],
      ['Job id', '7ddead57-bcb9-4269-ac31-6a1b57588700'],
    ] as const) {
      await expect(site.job.locator('dl > div', { has: page.locator('dt').getByText(name, { exact: true }) })).toContainText(value);
    }
  });
}

test('headless: states, result and typed errors', async ({ page, site, vault }) => {
  await openHarness(page, site);
  const seen = page.evaluate(
    async ({ endpoint, text }) => {
      const { openEngine, BackupJobsError } = await import('/lib/index.js' as string);
      const engine = await openEngine({ endpoint, getToken: () => 'simulated-token', pollEvery: { floor: 100, ceiling: 200 }, requestsPerHour: 10_000 });
      const codes: string[] = [];
      for (const bad of ['', 'https://evil.example/operations/x']) {
        try {
          engine.follow(bad);
        } catch (error) {
          codes.push(error instanceof BackupJobsError ? (error as { code: string }).code : String(error));
        }
      }
      const watch = engine.follow(text);
      const stages: string[] = [];
      for await (const state of watch.states()) if (stages.at(-1) !== state.stage) stages.push(state.stage);
      const end = await watch.result();
      const abort = new AbortController();
      const other = engine.follow(text, { signal: abort.signal });
      const rejected = other.result().catch((error: unknown) => error);
      abort.abort('enough');
      const reason = other.closed ? await rejected : 'not closed';
      watch.close();
      const usage = engine.usage();
      engine.close();
      return { codes, stages, outcome: end.outcome, item: end.jobs[0]?.item, reason: String(reason?.outcome ?? reason), usage };
    },
    { endpoint: vault.origin, text: vault.sample('backup-completes').text },
  );
  await expect.poll(() => vault.asked()).toBeGreaterThan(1);
  vault.advance(6);
  await expect.poll(() => vault.asked()).toBeGreaterThan(4);
  vault.advance(1300);
  const result = await seen;
  expect(result.codes).toEqual(['input-empty', 'url-refused']);
  expect(result.stages).toEqual(['operation', 'jobs', 'ended-jobs']);
  expect(result.outcome).toBe('completed');
  expect(result.item).toBe('vm-web-01');
  expect(result.usage).toEqual({ feeds: 0, jobs: 0, requests: 0, timer: false });
});
