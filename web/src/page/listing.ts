/** What the page lists, and how its address says so. */
import type { Column } from '../engine/list_engine.ts';

export const views = ['jobs', 'items', 'failures'] as const;
/** Of many vaults each row says whose it is. */
export const fleetColumns: readonly Column[] = ['status', 'item', 'operation', 'start', 'duration', 'vault', 'error'];

export interface Listing {
  /** Resource ids with commas between them, or everyVault. */
  readonly vaults: string;
  readonly view: (typeof views)[number];
  /** As the view's element takes it. */
  readonly filter: string;
}

/** Only resource ids and filters go into the URL: operation URLs carry signatures. */
export function inUrl(name: 'job' | 'vault' | 'vaults' | 'view'): string {
  return new URLSearchParams(location.hash.slice(1)).get(name) ?? '';
}

/** The rest of the address is the view's filter. */
export function listingInUrl(vaults: string): Listing {
  const filter = new URLSearchParams(location.hash.slice(1));
  filter.delete('vaults');
  filter.delete('view');
  return { vaults, view: views.find((view) => view === inUrl('view')) ?? 'jobs', filter: filter.toString() };
}

export function listUrl({ vaults, view, filter }: Listing): string {
  return `#${new URLSearchParams({ vaults, ...(view === 'jobs' ? {} : { view }) })}${filter ? `&${filter}` : ''}`;
}

/** A vault is not followed: its jobs are listed. */
export const isVault = (text: string) => /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.(RecoveryServices\/vaults|DataProtection\/backupVaults)\/[^/]+\/?$/i.test(text);
