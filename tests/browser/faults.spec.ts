/**
 * Everything goes wrong, in a real browser: each fault has an honest state of its own on the page and in the API, nothing that was shown is lost,
 * "could not ask" never looks like "the job failed", and recovery needs no reload.
 */
import type { Locator, Page } from '@playwright/test';
import type { ContactState, ErrorCode } from '../../web/src/engine/index.ts';
import type { FaultAnswer } from '../../web/src/simulator/index.ts';
import { contactOf, mount } from './element.ts';
import { expect, test, type Vault } from './fixtures.ts';

interface Case {
  readonly name: string;
  readonly answer: FaultAnswer;
  readonly contact: ContactState;
  readonly code: ErrorCode;
  readonly says: RegExp;
  /** Stopped: the user has to ask again. */
  readonly halts?: true;
}

const status = (code: number, more: object = {}): FaultAnswer => ({ kind: 'status', status: code, ...more });
const down = { contact: 'retrying', code: 'service-failed', says: /Azure could not answer just now/ } as const;
const unreadable = { contact: 'retrying', code: 'answer-unreadable', says: /answer could not be read/ } as const;

const cases: readonly Case[] = [
  { name: '400', answer: status(400), contact: 'stopped', code: 'request-refused', says: /refused the request/, halts: true },
  { name: '403', answer: status(403), contact: 'stopped', code: 'forbidden', says: /Backup Reader.*AuthorizationFailed/s, halts: true },
  { name: '404', answer: status(404), contact: 'stopped', code: 'not-found', says: /does not know this/, halts: true },
  { name: '409', answer: status(409), contact: 'stopped', code: 'request-refused', says: /refused the request/, halts: true },
  { name: '408', answer: status(408), ...down },
  { name: '500', answer: status(500), ...down },
  { name: '502 as HTML', answer: status(502), ...down },
  { name: '503', answer: status(503, { retryAfter: null }), ...down },
  { name: '504', answer: status(504), ...down },
  { name: '429', answer: status(429, { seconds: 2, retryAfter: '1' }), contact: 'throttled', code: 'throttled', says: /asked us to wait.*try again after '2' seconds/is },
  { name: 'truncated body', answer: { kind: 'truncate', at: 60 }, contact: 'retrying', code: 'network', says: /could not be reached/ },
  { name: 'not JSON', answer: { kind: 'invalid-json' }, ...unreadable },
  { name: 'empty body', answer: { kind: 'empty' }, ...unreadable },
  { name: '204', answer: status(204), ...unreadable },
  { name: 'HTML with 200', answer: { kind: 'html' }, ...unreadable },
  { name: 'invalid UTF-8', answer: { kind: 'invalid-utf8' }, ...unreadable },
  { name: 'JSON of another shape', answer: { kind: 'body', body: '{"value":[]}' }, ...unreadable },
  { name: 'connection dropped', answer: { kind: 'drop' }, contact: 'retrying', code: 'network', says: /could not be reached/ },
  { name: 'no answer', answer: { kind: 'hang' }, contact: 'retrying', code: 'timed-out', says: /did not answer in time/ },
  { name: 'endless body', answer: { kind: 'drip', msPerByte: 50 }, contact: 'retrying', code: 'timed-out', says: /did not answer in time/ },
];

async function running(page: Page, site: Parameters<typeof mount>[1], vault: Vault, requestTimeout = 10_000, tokens?: string[]): Promise<Locator> {
  const job = await mount(page, site, vault, { text: vault.sample('backup-fails').text, requestTimeout, ...(tokens ? { tokens } : {}) });
  await expect(job.locator('[part=status]')).toContainText('Running');
  return job;
}

/** The job is shown to its own end, without a reload. */
async function expectTheEnd(job: Locator, vault: Vault): Promise<void> {
  vault.advance(900);
  await expect(job.locator('[part=status]')).toContainText('Failed after 14 min', { timeout: 15_000 });
  await expect(job.locator('.notice')).toHaveCount(0);
}

for (const { name, answer, contact, code, says, halts } of cases) {
  test(`${name}`, async ({ page, site, vault }) => {
    const job = await running(page, site, vault, 800);
    vault.simulator.addFault({ path: 'backupJobs', times: -1, answer });
    await expect(job.locator('.notice')).toHaveAttribute('data-error', code);
    await expect(job.locator('.notice')).toContainText(says);
    // What was shown stays, and the job has not failed.
    await expect(job.locator('[part=status]')).toContainText('Running');
    await expect(job.locator('[part=task]').first()).toContainText('Take Snapshot');
    expect(await job.locator('[part=job]').getAttribute('data-state')).toBe('in-progress');
    expect(await contactOf(page)).toMatchObject({ state: contact, error: { code } });
    vault.simulator.clearFaults();
    if (halts) {
      const asked = vault.asked();
      await page.waitForTimeout(600);
      expect(vault.asked()).toBe(asked);
      await job.getByRole('button', { name: 'Try again' }).click();
    }
    await expectTheEnd(job, vault);
  });
}

test('throttled: a readable Retry-After is obeyed', async ({ page, site, vault }) => {
  vault.simulator.configure({ exposeHeaders: ['Retry-After'] });
  const job = await running(page, site, vault);
  vault.simulator.addFault({ path: 'backupJobs', answer: status(429, { seconds: 300, retryAfter: '2' }) });
  await expect(job.locator('.notice')).toHaveAttribute('data-error', 'throttled');
  const contact = await contactOf(page);
  const wait = (contact?.nextAt ?? 0) - (await page.evaluate(() => performance.now()));
  // Two seconds, and up to a tenth more so that many pages do not come back together.
  expect(wait).toBeLessThan(2300);
  await expectTheEnd(job, vault);
  const at = vault.simulator.log.findIndex(({ status: code }) => code === 429);
  expect((vault.simulator.log[at + 1]?.at ?? 0) - (vault.simulator.log[at]?.at ?? 0)).toBeGreaterThanOrEqual(1990);
});

test('throttled: hidden by CORS, the words of the body are obeyed', async ({ page, site, vault }) => {
  const job = await running(page, site, vault);
  vault.simulator.addFault({ path: 'backupJobs', answer: status(429, { seconds: 3, retryAfter: '1' }) });
  await expect(job.locator('.freshness')).toContainText('Throttled');
  await job.getByRole('button', { name: 'Refresh now' }).click();
  await expectTheEnd(job, vault);
  const at = vault.simulator.log.findIndex(({ status: code }) => code === 429);
  expect((vault.simulator.log[at + 1]?.at ?? 0) - (vault.simulator.log[at]?.at ?? 0)).toBeGreaterThanOrEqual(2990);
});

test('a slow body is waited for, and said to be asked for', async ({ page, site, vault }) => {
  const job = await running(page, site, vault);
  vault.simulator.addFault({ path: 'backupJobs', answer: { kind: 'delay-body', ms: 1500 } });
  await expect(job.locator('.freshness')).toContainText(/asking/i);
  await expect(job.locator('.notice')).toHaveCount(0);
  await expectTheEnd(job, vault);
});

test('401 once: one fresh token, and nobody notices', async ({ page, site, vault }) => {
  const job = await running(page, site, vault, 10_000, ['expired-token', 'simulated-token']);
  const calls = await page.evaluate(() => window.stage.tokens.calls);
  expect(calls.slice(0, 2)).toEqual([{}, { forceRefresh: true }]);
  expect(calls.slice(2).every((call) => Object.keys(call).length === 0)).toBe(true);
  await expectTheEnd(job, vault);
});

test('401 once: the claims of a readable challenge are passed on', async ({ page, site, vault }) => {
  vault.simulator.configure({ exposeHeaders: ['WWW-Authenticate'] });
  await running(page, site, vault, 10_000, ['revoked-token', 'simulated-token']);
  const calls = await page.evaluate(() => window.stage.tokens.calls);
  expect(calls[1]).toEqual({ forceRefresh: true, claims: expect.stringMatching(/^[\w+/=-]+$/) });
});

test('401 twice: sign in again, until the user does', async ({ page, site, vault }) => {
  const job = await running(page, site, vault);
  vault.simulator.setTokens([]);
  await expect(job.locator('.notice')).toHaveAttribute('data-contact', 'sign-in');
  await expect(job.locator('[part=status]')).toContainText('Running');
  expect(await page.evaluate(() => window.stage.element.watch?.result().catch((error: { code: string }) => error.code))).toBe('sign-in-needed');
  const asked = vault.asked();
  await page.waitForTimeout(600);
  expect(vault.asked()).toBe(asked);
  vault.simulator.setTokens(['simulated-token']);
  await job.getByRole('button', { name: 'Try again' }).click();
  await expectTheEnd(job, vault);
});

test('on the page, an expired token is asked for anew and following goes on', async ({ page, site, vault }) => {
  delete site.config['simulated'];
  await site.open();
  await page.getByLabel('Operation URL, its JSON answer, or a job id').fill(vault.sample('backup-fails').text);
  await page.getByLabel('Access token').fill('simulated-token');
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await expect(site.job.locator('[part=status]')).toContainText('Running');
  vault.simulator.setTokens(['fresh-token']);
  await expect(page.getByRole('heading', { name: 'Use a fresh token' })).toBeVisible();
  await page.getByLabel('Access token').fill('fresh-token');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expectTheEnd(site.job, vault);
  await expect(page.getByRole('heading', { name: 'Use a fresh token' })).toHaveCount(0);
});

test('getToken rejects: said in its words, tried again by itself', async ({ page, site, vault }) => {
  const job = await running(page, site, vault);
  await page.evaluate(() => (window.stage.tokens.next = () => Promise.reject(new Error('the pop-up was blocked'))));
  await expect(job.locator('.notice')).toHaveAttribute('data-error', 'token-failed');
  await expect(job.locator('.notice')).toContainText('the pop-up was blocked');
  await expect(job.locator('[part=status]')).toContainText('Running');
  expect(await contactOf(page)).toMatchObject({ state: 'retrying', error: { code: 'token-failed' } });
  await page.evaluate(() => (window.stage.tokens.next = () => 'simulated-token'));
  await expectTheEnd(job, vault);
});

test('getToken hangs: said so, and one can ask anew', async ({ page, site, vault }) => {
  test.setTimeout(60_000);
  const job = await running(page, site, vault);
  await page.evaluate(() => (window.stage.tokens.next = () => new Promise(() => {})));
  await expect(job.locator('.notice')).toHaveAttribute('data-contact', 'waiting-for-token', { timeout: 15_000 });
  await expect(job.locator('[part=status]')).toContainText('Running');
  const calls = await page.evaluate(() => window.stage.tokens.calls.length);
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => window.stage.tokens.calls.length)).toBe(calls);
  await page.evaluate(() => (window.stage.tokens.next = () => 'simulated-token'));
  await job.getByRole('button', { name: 'Try again' }).click();
  await expectTheEnd(job, vault);
});

test('what is no token is never sent', async ({ page, site, vault }) => {
  for (const bad of ['', ' ', 'two\nlines', '"quoted"\r\nX-Injected: 1', 'naïve', 'x'.repeat(40_000)]) {
    const job = await mount(page, site, vault, { text: vault.sample('backup-fails').text, tokens: [bad] });
    await expect(job.locator('.notice')).toHaveAttribute('data-error', 'token-invalid');
  }
  const job = await mount(page, site, vault, { text: vault.sample('backup-fails').text });
  await page.evaluate(() => (window.stage.tokens.next = () => undefined as unknown as string));
  await expect(job.locator('.notice')).toHaveAttribute('data-error', 'token-invalid');
  expect(vault.simulator.log.filter(({ status: code }) => code !== 200 && code !== 204)).toEqual([]);
});

test('offline and back', async ({ page, site, vault, context }) => {
  const job = await running(page, site, vault);
  await context.setOffline(true);
  await expect(job.locator('.notice')).toHaveAttribute('data-contact', 'offline');
  await expect(job.locator('[part=status]')).toContainText('Running');
  expect(await contactOf(page)).toMatchObject({ state: 'offline' });
  await page.waitForTimeout(300);
  const asked = vault.asked();
  await page.waitForTimeout(800);
  expect(vault.asked()).toBe(asked);
  await context.setOffline(false);
  await expectTheEnd(job, vault);
});

test('removed in flight leaves nothing behind; added again it goes on', async ({ page, site, vault }) => {
  const job = await running(page, site, vault);
  vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'slow', ms: 1000 } });
  await expect(job.locator('.freshness')).toContainText(/asking/i);
  expect(await page.evaluate(() => (window.stage.element.remove(), window.stage.engine.usage()))).toEqual({ feeds: 0, jobs: 0, requests: 0, timer: false });
  const asked = vault.asked();
  await page.waitForTimeout(1500);
  expect(vault.asked()).toBe(asked);
  vault.simulator.clearFaults();
  await page.evaluate(() => document.body.append(window.stage.element));
  await expect(job.locator('[part=status]')).toContainText('Running');
  await expectTheEnd(job, vault);
});

test('two elements on one job share its poll', async ({ page, site, vault }) => {
  const job = await running(page, site, vault);
  await page.evaluate(() => {
    const { engine, element } = window.stage;
    const twin = document.createElement('azure-backup-job');
    Object.assign(twin, { engine, follow: element.follow });
    document.body.append(twin);
  });
  await expect(job).toHaveCount(2);
  await expect(job.nth(1).locator('[part=status]')).toContainText('Running');
  expect(await page.evaluate(() => window.stage.engine.usage().feeds)).toBe(1);
  vault.advance(900);
  for (const index of [0, 1]) await expect(job.nth(index).locator('[part=status]')).toContainText('Failed');
});

test('bad input is a typed error, nothing crashes and no token leaves', async ({ page, site, vault }) => {
  const job = await mount(page, site, vault, { text: vault.sample('documentation-job').text });
  await expect(job).toContainText('Final. Polling has ended.');
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) foreign.push(request.url());
  });
  const before = await page.evaluate(() => window.stage.tokens.calls.length);
  const codes = await page.evaluate((origin) => {
    const { engine } = window.stage;
    const host = new URL(origin).host;
    const path = '/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/backupOperations/o';
    const inputs: [string, string, string?][] = [
      ['not-json', '{"status":"Succeeded"}}'],
      ['wrong-shape', '{"value":[]}'],
      ['wrong-shape', '[]'],
      ['too-deep', `{"a":${'['.repeat(30 << 20)}`],
      ['not-json', `{"status":${'9'.repeat(400)}}`],
      ['not-json', '{"status":"\\ud800"}'],
      ['wrong-shape', '{"st\ud800atus":"x"}'],
      ['too-large', `{"a":"${'x'.repeat(33 << 20)}"}`],
      ['resource-id-malformed', '{"status":"Succeeded","properties":{"jobId":"../x"}}', '/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v'],
      ['resource-id-malformed', 'job', '/subscriptions//resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v'],
      ['url-refused', `https://evil.example${path}`],
      ['url-refused', `//evil.example${path}`],
      ['url-refused', `/\\evil.example${path}`],
      ['url-refused', `${origin}@evil.example${path}`],
      ['url-refused', `${origin}.evil.example${path}`],
      ['url-refused', `http://user@${host}${path}`],
      ['url-refused', `${origin}1${path}`],
      ['url-refused', `https://${host}${path}`],
      ['url-refused', `${origin}\t${path}`],
      ['url-refused', 'javascript:alert(1)'],
    ];
    return inputs.map(([expected, text, vaultId]) => {
      try {
        engine.follow(text, vaultId ? { vault: vaultId } : {}).close();
        return [expected, 'followed', text.slice(0, 60)];
      } catch (error) {
        return [expected, (error as { code: string }).code, text.slice(0, 60)];
      }
    });
  }, vault.origin);
  for (const [expected, code, text] of codes) expect(code, text).toBe(expected);
  await page.waitForTimeout(300);
  expect(foreign).toEqual([]);
  expect(await page.evaluate(() => window.stage.tokens.calls.length)).toBe(before);
});

test('an answer of 30 MB of nesting is refused and the next one is read', async ({ page, site, vault }) => {
  const job = await running(page, site, vault);
  vault.simulator.addFault({ path: 'backupJobs', answer: { kind: 'body', body: `{"a":${'['.repeat(30 << 20)}` } });
  await expect.poll(() => vault.simulator.log.some(({ fault }) => fault === 'body')).toBe(true);
  await expectTheEnd(job, vault);
});
