/** Cancelling as a user does it, against a service that accepts, refuses, and takes its time. */
import { expect, openHarness, test } from './fixtures.ts';

test('a cancel is asked for twice, believed late, and followed to its end', async ({ site, vault }) => {
  const job = await site.follow('restore-progress');
  await job.getByRole('button', { name: 'Cancel job…' }).click();
  // Nothing was sent yet, and the safe answer has the focus.
  const posts = () => vault.simulator.log.filter(({ method }) => method === 'POST');
  await expect(job.getByRole('button', { name: 'Keep it running' })).toBeFocused();
  await job.getByRole('button', { name: 'Keep it running' }).press('Enter');
  await expect(job.getByRole('button', { name: 'Cancel job…' })).toBeFocused();
  expect(posts()).toHaveLength(0);

  await job.getByRole('button', { name: 'Cancel job…' }).press('Enter');
  await job.getByRole('button', { name: 'Yes, cancel it' }).click();
  await expect(job.locator('[part=cancel]')).toContainText('Azure accepted the cancel');
  await expect(job.getByRole('button', { name: 'Cancel job…' })).toHaveCount(0);
  await expect(job.locator('[part=status]').first()).toContainText('Cancelling');
  vault.advance(120);
  await expect(job.locator('[part=status]').first()).toContainText('Cancelled');
  await expect(job.locator('[part=cancel]')).toHaveCount(0);
  expect(posts()).toHaveLength(1);
  expect(posts()[0]?.status).toBe(202);
});

test('a refusal is explained in the service’s words, and the job runs on', async ({ site, vault }) => {
  const job = await site.follow('backup-completes');
  vault.advance(5);
  await expect(job.getByRole('button', { name: 'Cancel job…' })).toBeVisible();
  vault.advance(10 * 60);  // its snapshot is being copied by now
  await job.getByRole('button', { name: 'Cancel job…' }).click();
  await job.getByRole('button', { name: 'Yes, cancel it' }).click();
  const part = job.locator('[part=cancel]');
  await expect(part).toContainText('The cancel did not go through');
  await expect(part).toContainText('Azure said');
  await expect(part).toContainText('only while its snapshot is taken');
  await expect(job.locator('[part=status]').last()).toContainText('Running');
  // The asking itself is in no trouble, and another try is possible.
  await expect(job.locator('[part=notice]')).toHaveCount(0);
  await expect(job.getByRole('button', { name: 'Cancel job…' })).toBeVisible();
});

test('a double click cancels once', async ({ site, vault }) => {
  const job = await site.follow('restore-progress');
  await job.getByRole('button', { name: 'Cancel job…' }).click();
  await job.getByRole('button', { name: 'Yes, cancel it' }).dblclick();
  await expect(job.locator('[part=cancel]')).toContainText('accepted');
  expect(vault.simulator.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('no permission to cancel is said, and the job is still followed', async ({ site, vault }) => {
  vault.simulator.addFault({ method: 'POST', path: '/cancel', answer: { kind: 'status', status: 403 } });
  const job = await site.follow('restore-progress');
  await job.getByRole('button', { name: 'Cancel job…' }).click();
  await job.getByRole('button', { name: 'Yes, cancel it' }).click();
  await expect(job.locator('[part=cancel]')).toContainText('does not have authorization');
  await expect(job.locator('[part=freshness]').first()).toContainText('Updated');
});

test('the headless API throws where nothing can be cancelled', async ({ page, site, vault }) => {
  await openHarness(page, site);
  const codes = await page.evaluate(
    async ({ endpoint, ended }) => {
      const { openEngine } = await import('/lib/index.js' as string);
      const engine = await openEngine({ endpoint, getToken: () => 'simulated-token', pollEvery: { floor: 100, ceiling: 200 }, requestsPerHour: 10_000 });
      const watch = engine.follow(ended);
      const found: string[] = [];
      const cancel = () => {
        try {
          watch.cancel();
        } catch (error) {
          found.push((error as { code: string }).code);
        }
      };
      cancel();
      await watch.result();
      cancel();
      engine.close();
      return found;
    },
    { endpoint: vault.origin, ended: vault.sample('documentation-job').text },
  );
  expect(codes).toEqual(['cancel-refused', 'cancel-refused']);
});
