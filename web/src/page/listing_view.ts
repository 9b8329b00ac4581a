/** The views of what is listed, and the way between them. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { FailuresSelectDetail, ItemsFilterDetail, ItemsSelectDetail, JobsFilterDetail } from '../elements/all.ts';
import { everyVault, type PictureEngine } from '../engine/pictures.ts';
import type { PageMessages } from '../messages/page.ts';
import type { ViewMessages } from '../messages/views.ts';
import { fleetColumns, type Listing, listUrl, views } from './listing.ts';

/** `settle`: what is about to be left is written into the address first. */
export function tabs({ vaults, view: shown }: Listing, words: ViewMessages['view'], settle: () => void): TemplateResult {
  return html`<nav class="views" aria-label=${words.label} @click=${settle}>
    ${views.map((view) => html`<a href=${listUrl({ vaults, view, filter: '' })} aria-current=${view === shown ? 'page' : nothing}>${words[view]}</a>`)}
  </nav>`;
}

export interface ListingHost {
  readonly engine: PictureEngine;
  readonly listing: Listing;
  /** What the user chose of single-letter keys. */
  readonly keys: string;
  readonly filter: (event: CustomEvent<JobsFilterDetail | ItemsFilterDetail>) => void;
  /** The jobs behind a picture. */
  readonly showJobs: (filter: Record<string, string>) => void;
}

export function listingView({ engine, listing: { vaults, view, filter }, keys, filter: onFilter, showJobs }: ListingHost): TemplateResult {
  const isFleet = vaults === everyVault;
  if (view === 'items') {
    const select = ({ detail: { item, job } }: CustomEvent<ItemsSelectDetail>) => showJobs(job ? { job } : { item: item.jobsItem || item.name, ...(isFleet || vaults.includes(',') ? { vault: item.vault.id } : {}) });
    return html`<azure-backup-items .engine=${engine} .vault=${vaults} .filter=${filter} .keys=${keys} @backup-items-filter=${onFilter} @backup-items-select=${select}></azure-backup-items>`;
  }
  if (view === 'failures') {
    const select = ({ detail: { error, job } }: CustomEvent<FailuresSelectDetail>) => showJobs(error ? { status: 'failed', error } : { job });
    return html`<azure-backup-failures .engine=${engine} .vault=${vaults} .keys=${keys} @backup-failures-select=${select}></azure-backup-failures>`;
  }
  return html`<azure-backup-jobs
    data-fleet=${isFleet ? '' : nothing}
    .engine=${engine}
    .vault=${vaults}
    .filter=${filter}
    .keys=${keys}
    .columns=${isFleet ? fleetColumns : []}
    @backup-jobs-filter=${onFilter}
  ></azure-backup-jobs>`;
}

/** What is shown of all vaults, and where it comes from; `isRefused`: nothing, since Resource Graph does not answer this user. */
export function fleetLine({ filter }: Listing, text: PageMessages, isRefused: boolean): TemplateResult {
  return isRefused
    ? html`<p class="problem" data-reason="fleet-refused">${text.fleetRefused}</p>`
    : html`<p class="help note">${text.fleetNote} ${new URLSearchParams(filter).has('job') ? text.fleetOpen : nothing}</p>`;
}
