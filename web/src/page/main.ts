/** The static page: what was triggered goes in, `<azure-backup-job>` shows it. */
import { html, nothing, render, type TemplateResult } from 'lit-html';
import '../elements/pictures.ts';
import { onShortcut, type ShortcutHost } from '../elements/jobs/shortcuts.ts';
import type { FailuresSelectDetail, ItemsFilterDetail, ItemsSelectDetail, JobChangeDetail, JobsFilterDetail } from '../elements/pictures.ts';
import type { Contact, WatchState } from '../engine/index.ts';
import { openPictureEngine, type PictureEngine, type VaultWatch } from '../engine/pictures.ts';
import { en_views } from '../messages/en_views.ts';
import { formatFor, languages, wordsIn } from '../messages/index.ts';
import { en_page, pageWordsIn } from '../messages/page.ts';
import { type Config, readConfig, type Sample } from './config.ts';
import { bestLanguage, nameOf } from './language.ts';
import { takeArrival } from './place.ts';
import { Session } from './session.ts';
import { again, type SessionHost, tokenField, welcome, who } from './session_view.ts';

let text = en_page;
let viewNames = en_views.view;
const page = document.getElementById('page') as HTMLElement;

let config: Config;
let engine: PictureEngine;
let session: Session;
let following: { text: string; vault: string } | null = null;
const views = ['jobs', 'items', 'failures'] as const;
interface Listing {
  readonly vaults: string;
  readonly view: (typeof views)[number];
  /** As the view's element takes it. */
  readonly filter: string;
}
/** Vaults that are looked at, and what of them. */
let listing: Listing | null = null;
/** They stay watched while their views come and go. */
let watched: { readonly vaults: string; readonly watches: readonly VaultWatch[] } = { vaults: '', watches: [] };
/** What the user chose of single-letter keys, for all views. */
let keys = '';
let state: WatchState | null = null;
/** How asking for a listed vault goes that wants another token. */
let contact: Contact | null = null;
let problem = '';
let painted = false;
let writing: ReturnType<typeof setTimeout> | undefined;

async function start(): Promise<void> {
  // First: nobody else may take the login service's answer for a place on this page.
  const arrival = takeArrival();
  const linked = new URLSearchParams(location.search).get('lang');
  [config] = await Promise.all([readConfig(), speak(bestLanguage([...(linked ? [linked] : []), ...navigator.languages]))]);
  session = new Session(config, draw);
  const [isOpen] = await Promise.all([openEngine(), session.signIn?.arrive(arrival)]);
  if (!isOpen) return;
  if (arrival) history.replaceState(null, '', location.pathname + location.search + arrival.hash);
  for (const event of ['hashchange', 'popstate']) globalThis.addEventListener(event, readUrl);
  document.addEventListener('keydown', (event) => {
    const list = document.querySelector<HTMLElement & ShortcutHost>('azure-backup-jobs, azure-backup-items');
    if (list) onShortcut(event, list);
  });
  // The simulated vault shows itself.
  if (config.simulated?.vaults && location.hash.length < 2) history.replaceState(null, '', listUrl({ vaults: config.simulated.vaults.join(','), view: 'jobs', filter: '' }));
  readUrl();
  draw();
}

/** Whether it could be: else the page says why not. */
async function openEngine(): Promise<boolean> {
  try {
    engine = await openPictureEngine({ ...config, getToken: (request) => session.getToken(request) });
    return true;
  } catch (error) {
    paint(html`<p class="problem" role="alert">${text.couldNotLoad} ${error instanceof Error ? error.message : ''}</p>`);
    return false;
  }
}

/** In the place of what index.html shows while this loads. */
function paint(shown: TemplateResult): void {
  if (!painted) page.replaceChildren();
  painted = true;
  render(shown, page);
}

/** The page and its elements in another language; what cannot be loaded stays as it was. */
async function speak(language: string): Promise<void> {
  try {
    const [page, words] = await Promise.all([pageWordsIn(language), wordsIn(language, true)]);
    text = page;
    viewNames = { ...en_views, ...words }.view;
    document.documentElement.lang = language;
  } catch {
    // There is no network, perhaps.
  }
  document.title = text.product;
}

async function onLanguage(event: Event): Promise<void> {
  await speak((event.target as HTMLSelectElement).value);
  draw();
}

/** Only resource ids and filters go into the URL: operation URLs carry signatures. */
function inUrl(name: 'job' | 'vault' | 'vaults' | 'view'): string {
  return new URLSearchParams(location.hash.slice(1)).get(name) ?? '';
}

/** `#vaults=…` lists jobs, or shows them in another `view`, and the rest is its filter; `#job=…` follows one. */
function readUrl(): void {
  clearTimeout(writing);
  if (isClosed()) return draw();
  const vaults = inUrl('vaults');
  if (vaults && session.isOpen) {
    const filter = new URLSearchParams(location.hash.slice(1));
    filter.delete('vaults');
    filter.delete('view');
    state = null;
    following = null;
    listing = { vaults, view: views.find((view) => view === inUrl('view')) ?? 'jobs', filter: filter.toString() };
    watch(vaults);
    return draw();
  }
  if (listing) {
    listing = null;
    watch('');
    draw();
  }
  const job = inUrl('job');
  const shown = following && (following.text === job || state?.jobs.some(({ id }) => id === job));
  if (job ? shown : !following) return;
  state = null;
  following = job && session.isOpen ? { text: job, vault: inUrl('vault') } : null;
  draw();
}

function watch(vaults: string): void {
  if (watched.vaults === vaults) return;
  const before = watched.watches;
  const ids = vaults.split(/[\s,]+/).filter(Boolean);
  try {
    watched = { vaults, watches: ids.map((id) => engine.watchVault(id)) };
  } catch {
    // The view says what is wrong with it.
    watched = { vaults, watches: [] };
  }
  for (const one of watched.watches) one.subscribe(noteContact);
  for (const one of before) one.close();
  contact = null;
}

/** How asking goes, whatever view is open. */
function noteContact(): void {
  const before = contact;
  contact = watched.watches.map(({ state }) => state.contact).find(needsToken) ?? null;
  if ((before === null) !== (contact === null)) draw();
}

function listUrl({ vaults, view, filter }: Listing): string {
  return `#${new URLSearchParams({ vaults, ...(view === 'jobs' ? {} : { view }) })}${filter ? `&${filter}` : ''}`;
}

/** What is written late is written now: the way back leads there. */
function settleUrl(): void {
  clearTimeout(writing);
  if (listing) history.replaceState(null, '', listUrl(listing));
}

function list(vaults: string, view: Listing['view'] = 'jobs', filter: Record<string, string> = {}): void {
  settleUrl();
  history.pushState(null, '', listUrl({ vaults, view, filter: new URLSearchParams(filter).toString() }));
  readUrl();
}

/** The jobs behind a picture. */
function showJobs(filter: Record<string, string>): void {
  if (listing) list(listing.vaults, 'jobs', filter);
}

/** What the user chose is in the link, and the back button undoes opening a job. */
function onFilter({ detail }: CustomEvent<JobsFilterDetail | ItemsFilterDetail>): void {
  if (!listing) return;
  const { filter } = detail;
  listing = { ...listing, filter };
  // What is given back to the list is what it shows already; the way back leads to something else then.
  draw();
  const url = listUrl(listing);
  clearTimeout(writing);
  if ('isStep' in detail && detail.isStep) history.pushState(null, '', url);
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
  watch('');
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
  if (pasted) session.paste(pasted);
  const what = field('what');
  problem = !what ? text.nothingGiven : !session.isOpen ? text.tokenMissing : '';
  if (problem) return draw();
  follow(what, field('vault'));
}

/** What the address says is shown now, or goes on. */
function onToken(token: string): void {
  const wasOpen = session.isOpen;
  session.paste(token);
  if (!wasOpen) readUrl();
  draw();
  document.querySelector<HTMLElement & { refresh(): void }>('main > :is(azure-backup-job, azure-backup-jobs, azure-backup-items, azure-backup-failures)')?.refresh();
}

/** Nobody asks any more; of what was shown nothing stays: not on the page, in the engine's memory, in the address or in storage. */
async function onEnd(): Promise<void> {
  clearTimeout(writing);
  following = null;
  listing = null;
  state = null;
  problem = '';
  watch('');
  history.replaceState(null, '', location.pathname + location.search);
  const ended = session.end();
  draw();
  engine.close();
  await Promise.all([ended, openEngine()]);
  draw();
  document.querySelector<HTMLElement>('main button.primary')?.focus();
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

const needsToken = ({ state, error }: Contact) => state === 'sign-in' || error?.code === 'token-invalid';

function onSignIn(): void {
  settleUrl();
  void session.signIn?.begin();
}

const host = (): SessionHost => ({ text, session, endpoint: config.endpoint, paste: onToken, begin: onSignIn, end: () => void onEnd() });

/** Nobody to ask as: before anything else there is to be someone. A form for pasting has its own field for a token. */
const isClosed = () => !session.isOpen && (!!session.signIn || !!inUrl('vaults'));

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
      ${config.simulated || session.signIn?.isIn ? nothing : tokenField(host())}
      <div class="row"><button class="primary" type="submit">${text.follow}</button></div>
    </form>
    ${config.simulated ? samples(config.simulated.samples) : nothing}
  `;
}

function samples(list: readonly Sample[]): TemplateResult {
  return html`
    <section class="card" aria-labelledby="samples">
      <h2 id="samples">${text.samples}</h2>
      <ul class="samples" lang="en">
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

function wanted(): TemplateResult | typeof nothing {
  const now = listing ? contact : state?.contact;
  return again(host(), !!now && needsToken(now));
}

function tabs({ vaults, view: shown }: Listing): TemplateResult {
  const words = viewNames;
  return html`<nav class="views" aria-label=${words.label} @click=${settleUrl}>
    ${views.map((view) => html`<a href=${listUrl({ vaults, view, filter: '' })} aria-current=${view === shown ? 'page' : nothing}>${words[view]}</a>`)}
  </nav>`;
}

function shown({ vaults, view, filter }: Listing): TemplateResult {
  if (view === 'items') {
    const select = ({ detail: { item } }: CustomEvent<ItemsSelectDetail>) => showJobs({ item: item.jobsItem || item.name, ...(vaults.includes(',') ? { vault: item.vault.id } : {}) });
    return html`<azure-backup-items .engine=${engine} .vault=${vaults} .filter=${filter} .keys=${keys} @backup-items-filter=${onFilter} @backup-items-select=${select}></azure-backup-items>`;
  }
  if (view === 'failures') {
    const select = ({ detail: { error, job } }: CustomEvent<FailuresSelectDetail>) => showJobs(error ? { status: 'failed', error } : { job });
    return html`<azure-backup-failures .engine=${engine} .vault=${vaults} @backup-failures-select=${select}></azure-backup-failures>`;
  }
  return html`<azure-backup-jobs .engine=${engine} .vault=${vaults} .filter=${filter} @backup-jobs-filter=${onFilter} .keys=${keys}></azure-backup-jobs>`;
}

function simulatedNote({ speed }: { speed: number }): string {
  return speed === 1 ? text.simulatedHelp : text.simulatedSpeed(formatFor(document.documentElement.lang).number(speed));
}

function draw(): void {
  // The view's own dialog changes it.
  keys = document.querySelector<HTMLElement & ShortcutHost>('azure-backup-jobs, azure-backup-items')?.keys ?? keys;
  const { simulated } = config;
  paint(html`
      <div class="top">
        <p class="product">${text.product}</p>
        ${simulated ? html`<p class="badge" title=${simulatedNote(simulated)}>${text.simulated}</p>` : nothing}
        ${listing ? tabs(listing) : nothing}
        ${listing || following ? html`<button type="button" @click=${leave}>${listing ? text.one : text.another}</button>` : nothing}
        ${who(host())}
        ${!listing && config.simulated?.vaults ? html`<button type="button" @click=${() => list(config.simulated?.vaults?.join(',') ?? '')}>${text.allJobs}</button>` : nothing}
      </div>
      <main>
        ${isClosed()
          ? welcome(host(), !!(inUrl('vaults') || inUrl('job')))
          : listing
          ? html`${shown(listing)} ${wanted()}`
          : following
          ? html`<azure-backup-job .engine=${engine} .follow=${following.text} .vault=${following.vault} @backup-job-change=${onChange}></azure-backup-job>
              ${wanted()}`
          : form()}
      </main>
      <footer class="help">
        <p>${simulated ? simulatedNote(simulated) : text.source}</p>
        <label>
          <span>${text.language}</span>
          <select name="language" @change=${onLanguage}>
            ${languages.map((language) => html`<option value=${language} lang=${language} .selected=${language === document.documentElement.lang}>${nameOf(language)}</option>`)}
          </select>
        </label>
      </footer>
    `);
}

void start();
