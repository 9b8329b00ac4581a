/** The static page: what was triggered goes in, `<azure-backup-job>` shows it. */
import { html, nothing, render, type TemplateResult } from 'lit-html';
import '../elements/register_all.ts';
import { announce } from '../elements/announcer.ts';
import type { ItemsFilterDetail, JobChangeDetail, JobsFilterDetail } from '../elements/all.ts';
import type { Contact, WatchState } from '../engine/api.ts';
import { everyVault, openPictureEngine, type PictureEngine, type VaultWatch } from '../engine/pictures.ts';
import { en, type Messages } from '../messages/en.ts';
import { formatFor, wordsIn } from '../messages/index.ts';
import { en_page, pageWordsIn } from '../messages/page.ts';
import { en_views, viewWordsIn } from '../messages/views.ts';
import { type Config, readConfig } from './config.ts';
import { CrossRegionPanel, mayHaveRegion } from './cross_region.ts';
import { isDemo, startDemo } from './demo.ts';
import { mayBeRefusedOrigin } from './from_disk.ts';
import { bestLanguage } from './language.ts';
import { languageChoice } from './language_choice.ts';
import { inUrl, isVault, type Listing, listingInUrl, listUrl } from './listing.ts';
import { fleetLine, listingView, tabs } from './listing_view.ts';
import { takeArrival } from './place.ts';
import { Session } from './session.ts';
import { again, type SessionHost, tokenField, welcome, who } from './session_view.ts';
import { shownView, takeKeys } from './shown_view.ts';
import { demoLine, samples, simulatedNote, startForm, type StartHost } from './start_form.ts';
import { VaultPicker } from './vault_picker.ts';

let text = en_page;
let viewNames = en_views.view;
let words: Messages = en;
const page = document.getElementById('page') as HTMLElement;

let config: Config;
let engine: PictureEngine;
let session: Session;
let following: { text: string; vault: string } | null = null;
/** Vaults that are looked at, and what of them. */
let listing: Listing | null = null;
/** They stay watched while their views come and go. */
let watched: { readonly vaults: string; readonly watches: readonly VaultWatch[] } = { vaults: '', watches: [] };
/** What the user chose of single-letter keys, for all views. */
let keys = '';
let state: WatchState | null = null;
/** How asking for a listed vault goes that wants another token. */
let contact: Contact | null = null;
/** Nothing is heard, perhaps because the page is from disk. */
let unheard = false;
/** All vaults are wanted, and Resource Graph does not answer this user. */
let refused = false;
/** Open while vaults are being chosen. */
let picker: VaultPicker | null = null;
/** Of the one vault that is listed, once somebody asks. */
let region: CrossRegionPanel | null = null;
let problem = '';
let painted = false;
let writing: ReturnType<typeof setTimeout> | undefined;

async function start(): Promise<void> {
  // First: nobody else may take the login service's answer for a place on this page.
  const arrival = takeArrival();
  const linked = new URLSearchParams(location.search).get('lang');
  const spoken = speak(bestLanguage([...(linked ? [linked] : []), ...navigator.languages]));
  if (!ONE_FILE && isDemo()) {
    const failed = await startDemo().then(() => false, () => true);
    await spoken;
    if (failed) return paint(html`<p class="problem" role="alert">${text.demoFailed}</p>`);
  }
  await spoken;
  try {
    config = await readConfig();
  } catch (error) {
    return paint(html`<p class="problem" role="alert">${text.couldNotLoad} ${error instanceof Error ? error.message : ''}</p>`);
  }
  // Another worker's page, perhaps: what it takes for settings is no demo.
  if (!ONE_FILE && isDemo() && !config.simulated) return paint(html`<p class="problem" role="alert">${text.demoFailed}</p>`);
  session = new Session(config, draw);
  const [isOpen] = await Promise.all([openEngine(), session.signIn?.arrive(arrival)]);
  if (!isOpen) return;
  if (arrival) history.replaceState(null, '', location.pathname + location.search + arrival.hash);
  for (const event of ['hashchange', 'popstate']) globalThis.addEventListener(event, readUrl);
  takeKeys();
  // The simulated vault shows itself.
  if (config.simulated?.vaults && location.hash.length < 2) history.replaceState(null, '', listUrl({ vaults: config.simulated.vaults.join(','), view: 'jobs', filter: '' }));
  readUrl();
  if (session.signIn?.isIn) showSomething();
  draw();
}

/** Who is in, and has nothing to look at, chooses. */
function showSomething(): void {
  if (!listing && !following) openPicker();
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
    const [page, spoken, views] = await Promise.all([pageWordsIn(language), wordsIn(language, true), viewWordsIn(language)]);
    text = page;
    viewNames = views.view;
    words = spoken;
    document.documentElement.lang = language;
  } catch {
    // There is no network, perhaps.
  }
  document.title = text.product;
}

/** `#vaults=…` lists jobs, or shows them in another `view`, and the rest is its filter; `#job=…` follows one. */
function readUrl(): void {
  clearTimeout(writing);
  if (isClosed()) return draw();
  const vaults = inUrl('vaults');
  if (inUrl('job') || (vaults && !(refused && vaults === everyVault))) closePicker();
  if (vaults && session.isOpen) {
    state = null;
    following = null;
    listing = listingInUrl(vaults);
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
  closeRegion();
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
  unheard = refused = false;
}

/** How asking goes, whatever view is open. */
function noteContact(): void {
  const before = { contact, unheard, refused };
  const contacts = watched.watches.map(({ state }) => state.contact);
  contact = contacts.find(needsToken) ?? null;
  unheard = isUnheard(contacts);
  refused = watched.vaults === everyVault && contacts.some((contact) => contact.state === 'stopped' && !needsToken(contact));
  // In its place vaults are chosen.
  if (refused) picker ??= new VaultPicker(engine, draw, list);
  else if (before.refused) closePicker();
  if ((before.contact === null) !== (contact === null) || before.unheard !== unheard || before.refused !== refused) draw();
}

const isUnheard = (contacts: readonly Contact[]) => mayBeRefusedOrigin(globalThis.origin, navigator.onLine, contacts);

function openRegion(): void {
  const [vault] = watched.watches;
  if (vault) region ??= new CrossRegionPanel(engine, vault.state.vault.id, draw, followLinked);
  draw();
  document.getElementById('cross-region')?.focus();
}

/** As a link to it would, so that the way back leads to the list. */
function followLinked(job: string, vault: string): void {
  settleUrl();
  history.pushState(null, '', `#${new URLSearchParams({ job, vault })}`);
  readUrl();
}

function closeRegion(): void {
  region?.close();
  region = null;
}

/** It goes beside the list that it is of. */
function regionPart(): TemplateResult | typeof nothing {
  const close = () => {
    closeRegion();
    draw();
    focusTop();
  };
  return region ? region.draw(text, words, formatFor(document.documentElement.lang), close) : nothing;
}

function openPicker(): void {
  picker ??= new VaultPicker(engine, draw, list);
  draw();
  picker.focus();
}

function closePicker(): void {
  picker?.close();
  picker = null;
}

/** What is written late is written now: the way back leads there. */
function settleUrl(): void {
  clearTimeout(writing);
  if (listing) history.replaceState(null, '', listUrl(listing));
}

function list(vaults: string, view: Listing['view'] = 'jobs', filter: Record<string, string> = {}): void {
  settleUrl();
  history.pushState(null, '', listUrl({ vaults, view, filter: new URLSearchParams(filter).toString() }));
  const wasChoosing = picker !== null;
  readUrl();
  if (wasChoosing) focusTop();
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
  closePicker();
  problem = '';
  state = null;
  following = { text: what, vault };
  draw();
  focusTop();
}

/** What was pressed is there no more. */
function focusTop(): void {
  document.querySelector<HTMLElement>('.top button')?.focus();
}

/** To where one chooses, or pastes, something else. */
function leave(): void {
  const wasList = listing !== null;
  following = null;
  listing = null;
  watch('');
  state = null;
  history.pushState(null, '', location.pathname + location.search);
  if (wasList) return openPicker();
  draw();
  document.querySelector<HTMLElement>('textarea')?.focus();
}

const onSubmit: StartHost['submit'] = ({ what, vault, token }) => {
  if (token) session.paste(token);
  // Who gives a token and nothing else is shown what there is.
  if (token && !what) return openPicker();
  problem = !what ? text.nothingGiven : !session.isOpen ? text.tokenMissing : '';
  if (problem) return draw();
  follow(what, vault);
};

/** What the address says is shown now, or goes on. */
function onToken(token: string): void {
  const wasOpen = session.isOpen;
  session.paste(token);
  if (!wasOpen) readUrl();
  if (!wasOpen) showSomething();
  else picker?.refresh();
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
  closePicker();
  watch('');
  closeRegion();
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
  unheard = isUnheard([state.contact]);
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

function first(): TemplateResult {
  // Once there is someone to ask as, a token that was pasted is nowhere on the page.
  const field = session.isOpen ? nothing : tokenField(host());
  const { simulated } = config;
  return html`
    ${choice()}
    ${startForm({ text, config, problem, job: inUrl('job'), vault: inUrl('vault'), tokenField: field, submit: onSubmit })}
    ${simulated ? samples(simulated.samples, text, follow) : nothing} ${demoLine(config, text)}
  `;
}

const choice = () => picker?.draw(text, words, formatFor(document.documentElement.lang)) ?? nothing;

function wanted(): TemplateResult | typeof nothing {
  const now = listing ? contact : (picker?.contact ?? state?.contact);
  return again(host(), !!now && needsToken(now));
}

function draw(): void {
  // The view's own dialog changes it.
  keys = shownView()?.keys ?? keys;
  announce(session, document.documentElement.lang, unheard && (listing || following) ? text.originRefused : listing && refused ? text.fleetRefused : '');
  const { simulated } = config;
  paint(html`
      <div class="top">
        <p class="product">${text.product}</p>
        ${simulated ? html`<p class="badge" title=${simulatedNote(simulated, text)}>${simulated.demo ? text.demo : text.simulated}</p>` : nothing}
        ${listing ? tabs(listing, viewNames, settleUrl) : nothing}
        ${listing && !region && mayHaveRegion(watched.watches.map(({ state }) => state.vault.id)) ? html`<button type="button" @click=${openRegion}>${text.crossRegion.open}</button>` : nothing}
        ${listing || following ? html`<button type="button" @click=${leave}>${listing ? text.choose : text.another}</button>` : !picker && session.isOpen ? html`<button type="button" @click=${openPicker}>${text.choose}</button>` : nothing}
        ${who(host())}
        ${!listing && config.simulated?.vaults ? html`<button type="button" @click=${() => list(config.simulated?.vaults?.join(',') ?? '')}>${text.allJobs}</button>` : nothing}
      </div>
      <main>
        ${unheard && (listing || following) ? html`<p class="problem" data-reason="origin-null">${text.originRefused}</p>` : nothing}
        ${isClosed()
          ? html`${welcome(host(), !!(inUrl('vaults') || inUrl('job')))} ${demoLine(config, text)}`
          : listing
          ? html`${listing.vaults === everyVault ? fleetLine(listing, text, refused) : nothing} ${regionPart()}
              ${refused ? choice() : listingView({ engine, listing, keys, filter: onFilter, showJobs })} ${wanted()}`
          : following
          ? html`<azure-backup-job .engine=${engine} .follow=${following.text} .vault=${following.vault} @backup-job-change=${onChange}></azure-backup-job>
              ${wanted()}`
          : html`${first()} ${picker ? wanted() : nothing}`}
      </main>
      <footer class="help">
        <p>${simulated ? simulatedNote(simulated, text) : text.source}</p>
        ${languageChoice(text.language, (language) => void speak(language).then(draw))}
      </footer>
    `);
}

void start();
