/** Recorded conversations through the page: the recording is the service, the clock is ours. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../../web/tools/setup.mjs';
import { expect, test } from './fixtures.ts';

interface Step {
  readonly t: number;
  readonly method: string;
  readonly kind: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly bodyText: string;
}
interface Recording {
  readonly steps: readonly Step[];
  readonly jobId: string;
  readonly finalStatus: string;
  readonly operation: string;
}

const sequences = join(process.env['CORPUS'] ?? join(root, '..', 'shared', 'corpus'), 'sequences');

const plays: [name: RegExp, end: RegExp][] = [
  // With 504s on the way, in the old forms.
  [/^azure-cli__AzureIaaSVMJob__Backup__Completed__2016-12-01/, /Completed in/],
  [/^azure-cli__AzureIaaSVMJob__Restore__Failed__2023-04-01/, /Failed after/],
  // Stops while it is being cancelled; its URLs have no host.
  [/^azure-powershell__AzureIaaSVMJob__Backup__Cancelling/, /Cancelling/],
];

/** Method and path decide, whatever the api-version; between two recorded answers the earlier one holds. */
class Replayer {
  readonly origin: string;
  readonly #recording: Recording;
  now = 0;
  asked = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
    const links = recording.steps.flatMap(({ url, headers }) => [url, headers['location'], headers['azure-asyncoperation'], headers['Location'], headers['Azure-AsyncOperation']]).flat();
    this.origin = new URL(links.find((link) => link?.includes('://')) as string).origin;
  }

  #path(url: string): string {
    return decodeURIComponent(new URL(url, this.origin).pathname).toLowerCase();
  }

  get end(): number {
    return this.#recording.steps.at(-1)?.t ?? 0;
  }

  get operationPath(): string {
    const step = this.#recording.steps.find(({ kind }) => kind === 'rsv.opstatus') as Step;
    return new URL(step.url, this.origin).pathname;
  }

  answer(url: string): Step | undefined {
    const same = this.#recording.steps.filter((step) => step.method === 'GET' && this.#path(step.url) === this.#path(url));
    return same.findLast(({ t }) => t <= this.now) ?? same[0];
  }

  async serve(page: Page): Promise<void> {
    const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'authorization' };
    await page.route(`${this.origin}/**`, (route) => {
      if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204, headers });
      ++this.asked;
      const step = this.answer(route.request().url());
      return route.fulfill(step ? { status: step.status, headers: { ...headers, 'Content-Type': 'application/json' }, body: step.bodyText } : { status: 404, headers, body: '' });
    });
  }
}

for (const [name, end] of plays) {
  test(`recorded: ${name.source.replace(/\W+/g, ' ').trim()}`, async ({ page, site }) => {
    test.setTimeout(120_000);
    test.skip(!existsSync(sequences), `recorded traffic is absent: ${sequences}`);
    const file = readdirSync(sequences).find((candidate) => name.test(candidate)) as string;
    const recording = JSON.parse(readFileSync(join(sequences, file), 'utf8')) as Recording;
    const replayer = new Replayer(recording);
    await replayer.serve(page);
    await page.clock.install();
    site.config['endpoint'] = replayer.origin;
    site.config['pollEvery'] = {};
    await site.open();
    await page.getByLabel('Operation URL, its JSON answer, or a job id').fill(replayer.operationPath);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    const status = site.job.locator('[part=status]');
    await expect(status).toBeVisible();
    // Time passes in slices shorter than any wait between two polls; each lets the wire settle.
    while (replayer.now < replayer.end + 90) {
      replayer.now += 15;
      const before = replayer.asked;
      await page.clock.runFor(15_000);
      if (replayer.asked !== before) await page.waitForTimeout(30);
    }
    await expect(status).toContainText(end);
    await expect(site.job.locator('dl > div', { has: page.locator('dt').getByText('Job id', { exact: true }) })).toContainText(recording.jobId);
    const asked = replayer.asked;
    await page.clock.runFor(600_000);
    await page.waitForTimeout(200);
    // An end is the end; what the recording leaves running is followed on.
    if (/Cancelling/.test(recording.finalStatus)) expect(replayer.asked).toBeGreaterThan(asked);
    else expect(replayer.asked).toBe(asked);
  });
}
