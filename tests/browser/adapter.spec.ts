/** The fetch adapter under assertions and a checked heap: closed and aborted in every phase of a request. */
import { mount } from './element.ts';
import { expect, heldInMemory, keepMemory, test } from './fixtures.ts';
import type { FaultAnswer } from '../../web/src/simulator/index.ts';

declare global {
  interface Window {
    memory: WebAssembly.Memory | undefined;
  }
}

const phases: Record<string, { answer?: FaultAnswer; token?: 'pending'; wait: number }> = {
  'before the token is asked for': { wait: 0 },
  'while the token is awaited': { token: 'pending', wait: 300 },
  'sent, before the headers': { answer: { kind: 'hang' }, wait: 400 },
  'after the headers, before the body': { answer: { kind: 'delay-body', ms: 5000 }, wait: 600 },
  'in the middle of the body': { answer: { kind: 'drip', msPerByte: 5 }, wait: 800 },
  'after a broken body': { answer: { kind: 'truncate', at: 50 }, wait: 400 },
  'after the answer': { wait: 600 },
};

for (const [phase, { answer, token, wait }] of Object.entries(phases)) {
  for (const how of ['watch', 'engine'] as const) {
    test(`the ${how} is closed ${phase}`, async ({ page, site, vault }) => {
      await mount(page, site, vault, { text: vault.sample('documentation-job').text });
      if (answer) vault.simulator.addFault({ path: 'a491acd4', times: -1, answer });
      const usage = await page.evaluate(
        async ({ text, token: pending, wait: ms, how: what, endpoint }) => {
          const { openEngine } = (await import('/lib/index.js' as string)) as typeof import('../../web/src/engine/index.ts');
          const engine = await openEngine({ endpoint, getToken: () => (pending ? new Promise<string>((resolve) => setTimeout(() => resolve('simulated-token'), 1200)) : 'simulated-token'), pollEvery: { floor: 100, ceiling: 200 }, requestsPerHour: 10_000 });
          const watch = engine.follow(text);
          const result = watch.result().catch((error: Error) => error.name);
          if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
          if (what === 'engine') engine.close();
          else watch.close();
          const after = what === 'engine' ? null : engine.usage();
          // Whatever is late comes now.
          await new Promise((resolve) => setTimeout(resolve, 1500));
          // The module still works for others.
          const other = await openEngine({ endpoint, getToken: () => 'simulated-token' });
          const end = await other.follow(window.stage.element.follow).result();
          other.close();
          if (what === 'watch') engine.close();
          return { after, result: await result, outcome: end.outcome };
        },
        { text: vault.sample('backup-fails').text, token: token ?? null, wait, how, endpoint: vault.origin },
      );
      expect(usage).toEqual({ after: how === 'engine' ? null : { feeds: 0, jobs: 0, requests: 0, timer: false }, result: 'ClosedError', outcome: 'completed' });
    });
  }
}

test('time-outs, failures and a heap that holds no token', async ({ page, site, vault }) => {
  vault.simulator.setTokens(['simulated-token', 'canary-7d1f3e']);
  await keepMemory(page);
  await mount(page, site, vault, { text: vault.sample('backup-fails').text, tokens: ['canary-7d1f3e'], requestTimeout: 500 });
  for (const answer of [{ kind: 'hang' }, { kind: 'drop' }, { kind: 'drip', msPerByte: 20 }, { kind: 'status', status: 502 }] as const) {
    vault.simulator.addFault({ path: 'backupJobs', times: -1, answer });
    await expect(page.locator('.notice')).toBeVisible();
    vault.simulator.clearFaults();
    await expect(page.locator('.notice')).toHaveCount(0);
  }
  expect(await heldInMemory(page, ['canary-7d1f3e'])).toEqual([]);
});
