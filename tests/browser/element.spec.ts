/** How hosts use the element and the engine: properties in any order, removal, several engines, answers from elsewhere. */
import { contactOf, mount } from './element.ts';
import { expect, openHarness, test } from './fixtures.ts';

test('set and removed in one turn, it never asks', async ({ page, site, vault }) => {
  const job = await mount(page, site, vault, { text: vault.sample('documentation-job').text });
  await expect(job).toContainText('Final. Polling has ended.');
  const asked = vault.asked();
  const usage = await page.evaluate(async (text) => {
    const { element, engine } = window.stage;
    element.follow = text;
    element.remove();
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return engine.usage();
  }, vault.sample('backup-fails').text);
  expect(usage).toEqual({ feeds: 0, jobs: 0, requests: 0, timer: false });
  expect(vault.asked()).toBe(asked);
  await page.evaluate(() => document.body.append(window.stage.element));
  await expect(job.locator('[part=status]')).toContainText('Running');
});

test('with getToken alone: a new function takes over without starting anew, and the last element closes the engine', async ({ page, site, vault }) => {
  await openHarness(page, site);
  await page.evaluate(
    async ({ endpoint, text }) => {
      await import('/lib/register-jobs.js' as string);
      const [first, second] = [document.createElement('azure-backup-job'), document.createElement('azure-backup-job')];
      const shared = () => 'simulated-token';
      for (const element of [first, second]) {
        Object.assign(element, { endpoint, getToken: shared, job: text });
        document.body.append(element);
      }
    },
    { endpoint: vault.origin, text: vault.sample('documentation-job').text },
  );
  const jobs = page.locator('azure-backup-job');
  for (const index of [0, 1]) await expect(jobs.nth(index)).toContainText('Final. Polling has ended.');
  expect(vault.asked()).toBe(1);
  const same = await page.evaluate(async () => {
    const element = document.querySelector('azure-backup-job')!;
    const before = element.watch;
    element.getToken = () => 'another';
    await element.updateComplete;
    return before === element.watch;
  });
  expect(same).toBe(true);
  expect(vault.asked()).toBe(1);
  await page.evaluate(() => document.querySelectorAll('azure-backup-job').forEach((element) => element.remove()));
});

test('refresh() after a stop: what is awaited then is what comes', async ({ page, site, vault }) => {
  await mount(page, site, vault, { text: vault.sample('backup-fails').text, tokens: ['simulated-token'] });
  await expect(page.locator('[part=status]')).toContainText('Running');
  vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'status', status: 403 } });
  await expect(page.locator('.notice')).toHaveAttribute('data-error', 'forbidden');
  const first = await page.evaluate(() => window.stage.element.watch!.result().catch((error: { code: string }) => error.code));
  expect(first).toBe('forbidden');
  vault.simulator.clearFaults();
  const outcome = page.evaluate(() => {
    const watch = window.stage.element.watch!;
    watch.refresh();
    return watch.result().then((end) => end.outcome);
  });
  await expect(page.locator('.notice')).toHaveCount(0);
  vault.advance(900);
  expect(await outcome).toBe('failed');
});

test('an unchanged poll fires no change', async ({ page, site, vault }) => {
  const job = await mount(page, site, vault, { text: vault.sample('unknown-status').text });
  await expect(job.locator('[part=status]')).toContainText('Paused');
  const changes = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let count = 0;
        window.stage.element.addEventListener('backup-job-change', () => ++count);
        setTimeout(() => resolve(count), 1500);
      }),
  );
  const polls = vault.asked();
  expect(polls).toBeGreaterThan(2);
  // The service's own duration moves on from poll to poll while a job runs; here it does not.
  expect(changes).toBeLessThan(polls);
});

test('an answer redirected to another origin is not believed', async ({ page, site, vault, hostSimulator }) => {
  const elsewhere = await hostSimulator({ port: 0 });
  try {
    // A policy that would let it through, so that the engine's own check is what holds.
    site.config['endpoint'] = `${vault.origin} ${elsewhere.origin}`;
    const job = await mount(page, site, vault, { text: vault.sample('backup-fails').text });
    await expect(job.locator('[part=status]')).toContainText('Running');
    const path = new URL(vault.simulator.log.at(-1)!.url, vault.origin);
    const forged = JSON.stringify({ id: path.pathname, name: 'x', properties: { status: 'Completed', entityFriendlyName: 'forged' } });
    elsewhere.simulator.addFault({ times: -1, answer: { kind: 'status', status: 200, body: forged } });
    vault.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'status', status: 302, body: '', headers: { location: elsewhere.origin + path.pathname } } });
    await expect(job.locator('.notice')).toHaveAttribute('data-error', 'redirected');
    await expect(job).not.toContainText('forged');
    await expect(job.locator('[part=status]')).toContainText('Running');
    expect((await contactOf(page))?.error?.code).toBe('redirected');
  } finally {
    await elsewhere.close();
  }
});
