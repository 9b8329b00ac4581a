/** The static page: what was triggered goes in, `<azure-backup-job>` shows it. The token is held in this module's memory and nowhere else. */
import { html, nothing, render, type TemplateResult } from 'lit-html';
import '../elements/index.ts';
import type { JobChangeDetail, JobsChangeDetail, JobsFilterDetail } from '../elements/index.ts';
import type { Contact, WatchState } from '../engine/index.ts';
import { type ListEngine, openListEngine } from '../engine/lists.ts';
import { en_page as text } from '../messages/en_page.ts';
import { en, formatFor } from '../messages/index.ts';
import { type Config, readConfig, type Sample } from './config.ts';

const format = formatFor(en.locale);
const page = document.getElementById('page') as HTMLElement;

let config: Config;
let engine: ListEngine;
let token = '';
let following: { text: string; vault: string } | null = null;
/** Vaults whose jobs are listed, and what of them: `filter` as `<azure-backup-jobs>` takes it. */
let listing: { vaults: string; filter: string } | null = null;
let state: WatchState | null = null;
/** How asking for a listed vault goes that wants another token. */
let contact: Contact | null = null;
let problem = '';
let writing: ReturnType<typeof setTimeout> | undefined;

async function start(): Promise<void> {
  document.title = text.product;
  document.documentElement.lang = en.locale;
  config = await readConfig();
  token = config.simulated?.token ?? '';
  try {
    engine = await openListEngine({ ...config, getToken: () => token });
  } catch (error) {
    page.replaceChildren();
    render(html`<p class="problem" role="alert">${text.couldNotLoad} ${error instanceof Error ? error.message : ''}</p>`, page);
    return;
  }
  page.replaceChildren();
  for (const event of ['hashchange', 'popstate']) globalThis.addEventListener(event, readUrl);
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target !== document.body) return;
    event.preventDefault();
    document.querySelector('azure-backup-jobs')?.focusSearch();
  });
  // The simulated vault shows itself.
  if (config.simulated?.vaults && location.hash.length < 2) history.replaceState(null, '', listUrl(config.simulated.vaults.join(',')));
  readUrl();
  draw();
}

/** Only resource ids and filters go into the URL: operation URLs carry signatures. */
function inUrl(name: 'job' | 'vault' | 'vaults'): string {
  return new URLSearchParams(location.hash.slice(1)).get(name) ?? '';
}

/** `#vaults=…` lists jobs, and the rest is the list's filter; `#job=…` follows one. */
function readUrl(): void {
  clearTimeout(writing);
  const vaults = inUrl('vaults');
  if (vaults && token) {
    const filter = new URLSearchParams(location.hash.slice(1));
    filter.delete('vaults');
    state = null;
    following = null;
    listing = { vaults, filter: filter.toString() };
    return draw();
  }
  if (listing) {
    listing = null;
    draw();
  }
  const job = inUrl('job');
  const shown = following && (following.text === job || state?.jobs.some(({ id }) => id === job));
  if (job ? shown : !following) return;
  state = null;
  following = job && token ? { text: job, vault: inUrl('vault') } : null;
  draw();
}

function listUrl(vaults: string, filter = ''): string {
  return `#${new URLSearchParams({ vaults })}${filter ? `&${filter}` : ''}`;
}

function list(vaults: string): void {
  history.pushState(null, '', listUrl(vaults));
  readUrl();
}

/** What the user chose is in the link, and the back button undoes opening a job. */
function onFilter({ detail: { filter, isStep } }: CustomEvent<JobsFilterDetail>): void {
  if (!listing) return;
  listing = { ...listing, filter };
  // What is given back to the list is what it shows already; the way back leads to something else then.
  draw();
  const url = listUrl(listing.vaults, filter);
  clearTimeout(writing);
  if (isStep) history.pushState(null, '', url);
  // Browsers let the address be written only so often: who types writes it once.
  else writing = setTimeout(() => listing && history.replaceState(null, '', url), 200);
}

function follow(what: string, vault: string): void {
  if (isVault(what)) return list(what);
  problem = '';
  state = null;
  following = { text: what, vault };
  draw();
  document.querySelector<HTMLElement>('.top button')?.focus();
}

/** A vault is not followed: its jobs are listed. */
const isVault = (text: string) => /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.(RecoveryServices\/vaults|DataProtection\/backupVaults)\/[^/]+\/?$/i.test(text);

function leave(): void {
  following = null;
  listing = null;
  state = null;
  history.pushState(null, '', location.pathname + location.search);
  draw();
  document.querySelector<HTMLElement>('textarea')?.focus();
}

function onSubmit(event: SubmitEvent): void {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const field = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement | null)?.value.trim() ?? '';
  const pasted = field('token');
  if (pasted) token = pasted;
  const what = field('what');
  problem = !what ? text.nothingGiven : !token ? text.tokenMissing : '';
  if (problem) return draw();
  follow(what, field('vault'));
}

function onFreshToken(event: SubmitEvent): void {
  event.preventDefault();
  const input = (event.target as HTMLFormElement).elements.namedItem('token') as HTMLInputElement;
  token = input.value.trim();
  input.value = '';
  document.querySelector<HTMLElement & { refresh(): void }>('main > azure-backup-job, main > azure-backup-jobs')?.refresh();
}

function onChange(event: CustomEvent<JobChangeDetail>): void {
  state = event.detail.state;
  const [job, another] = state.jobs;
  if (job && !another && inUrl('job') !== job.id) {
    // A cross-region job's id does not say whose vault's it is.
    history.replaceState(null, '', `#${new URLSearchParams({ job: job.id, ...(job.region ? { vault: job.vault.id } : {}) })}`);
  }
  draw();
}

function onJobs({ detail: { vaults } }: CustomEvent<JobsChangeDetail>): void {
  contact = vaults.find((vault) => needsToken(vault.contact))?.contact ?? null;
  draw();
}

const needsToken = ({ state, error }: Contact) => state === 'sign-in' || error?.code === 'token-invalid';

function tokenField(): TemplateResult {
  return html`
    <div class="field">
      <label for="token">${text.token}</label>
      <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" aria-describedby="token-help" />
      <p class="help" id="token-help">${text.tokenHelp} <bdi>${config.endpoint}</bdi>.</p>
    </div>
  `;
}

function form(): TemplateResult {
  return html`
    <form class="card" @submit=${onSubmit}>
      <h1>${text.title}</h1>
      <p>${text.lead}</p>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      <div class="field">
        <label for="what">${text.what}</label>
        <textarea id="what" name="what" rows="4" required spellcheck="false" autocomplete="off" aria-describedby="what-help" .value=${inUrl('job')}></textarea>
        <p class="help" id="what-help">${text.whatHelp}</p>
      </div>
      <div class="field">
        <label for="vault">${text.vault} <small>${text.optional}</small></label>
        <input id="vault" name="vault" spellcheck="false" autocomplete="off" aria-describedby="vault-help" placeholder="/subscriptions/…/vaults/…" .value=${inUrl('vault')} />
        <p class="help" id="vault-help">${text.vaultHelp}</p>
      </div>
      ${config.simulated ? nothing : tokenField()}
      <div class="row"><button class="primary" type="submit">${text.follow}</button></div>
    </form>
    ${config.simulated ? samples(config.simulated.samples) : nothing}
  `;
}

function samples(list: readonly Sample[]): TemplateResult {
  return html`
    <section class="card" aria-labelledby="samples">
      <h2 id="samples">${text.samples}</h2>
      <ul class="samples">
        ${list.map(
          (sample) => html`<li>
            <button type="button" data-sample=${sample.key} @click=${() => follow(sample.text, sample.vault ?? '')}>
              <span>${sample.title}</span> <small>${sample.detail}</small>
            </button>
          </li>`,
        )}
      </ul>
    </section>
  `;
}

function freshToken(): TemplateResult | typeof nothing {
  const now = listing ? contact : state?.contact;
  if (!now || !needsToken(now) || config.simulated) return nothing;
  return html`
    <form class="card" @submit=${onFreshToken}>
      <h2>${text.newToken}</h2>
      <p>${text.newTokenHelp}</p>
      ${tokenField()}
      <div class="row"><button class="primary" type="submit">${text.useToken}</button></div>
    </form>
  `;
}

function simulatedNote({ speed }: { speed: number }): string {
  return speed === 1 ? text.simulatedHelp : text.simulatedSpeed(format.number(speed));
}

function draw(): void {
  const { simulated } = config;
  render(
    html`
      <div class="top">
        <p class="product">${text.product}</p>
        ${simulated ? html`<p class="badge" title=${simulatedNote(simulated)}>${text.simulated}</p>` : nothing}
        ${listing || following ? html`<button type="button" @click=${leave}>${listing ? text.one : text.another}</button>` : nothing}
        ${!listing && config.simulated?.vaults ? html`<button type="button" @click=${() => list(config.simulated?.vaults?.join(',') ?? '')}>${text.allJobs}</button>` : nothing}
      </div>
      <main>
        ${listing
          ? html`<azure-backup-jobs .engine=${engine} .vault=${listing.vaults} .filter=${listing.filter} @backup-jobs-filter=${onFilter} @backup-jobs-change=${onJobs}></azure-backup-jobs>
              ${freshToken()}`
          : following
          ? html`<azure-backup-job .engine=${engine} .follow=${following.text} .vault=${following.vault} @backup-job-change=${onChange}></azure-backup-job>
              ${freshToken()}`
          : form()}
      </main>
      <footer class="help">${simulated ? simulatedNote(simulated) : text.source}</footer>
    `,
    page,
  );
}

void start();
