/** An element on an empty page, with a getToken that the test plays. */
import type { Locator, Page } from '@playwright/test';
import type { AzureBackupJob } from '../../web/src/elements/azure_backup_job.ts';
import type { Contact, Engine, TokenRequest } from '../../web/src/engine/index.ts';
import { openHarness, type Site, type Vault } from './fixtures.ts';

/** What the page keeps for the test. */
export interface Stage {
  engine: Engine;
  element: AzureBackupJob;
  tokens: { calls: TokenRequest[]; next: (request: TokenRequest) => string | Promise<string> };
}

declare global {
  interface Window {
    stage: Stage;
  }
}

export interface Mount {
  readonly text: string;
  readonly vault?: string;
  readonly requestTimeout?: number;
  /** The first tokens, in order; the last one stays. */
  readonly tokens?: readonly string[];
}

export async function mount(page: Page, site: Site, vault: Vault, options: Mount): Promise<Locator> {
  await openHarness(page, site);
  await page.evaluate(
    async ({ endpoint, text, vaultId, requestTimeout, list }) => {
      const { openEngine } = (await import('/lib/index.js' as string)) as typeof import('../../web/src/engine/index.ts');
      await import('/lib/register-jobs.js' as string);
      const tokens: Stage['tokens'] = { calls: [], next: () => (list.length > 1 ? (list.shift() as string) : (list[0] as string)) };
      const engine = await openEngine({
        endpoint,
        getToken: (request) => {
          tokens.calls.push(request);
          return tokens.next(request);
        },
        pollEvery: { floor: 100, ceiling: 200 }, requestsPerHour: 10_000,
        requestTimeout,
      });
      const element = document.createElement('azure-backup-job');
      Object.assign(element, { engine, follow: text, vault: vaultId });
      document.body.append(element);
      window.stage = { engine, element, tokens };
    },
    { endpoint: vault.origin, text: options.text, vaultId: options.vault ?? '', requestTimeout: options.requestTimeout ?? 10_000, list: [...(options.tokens ?? ['simulated-token'])] },
  );
  return page.locator('azure-backup-job');
}

/** The watch's contact as the API tells it. */
export function contactOf(page: Page): Promise<Contact | null | undefined> {
  return page.evaluate(() => window.stage.element.watch?.state.contact);
}
