/** Choosing what to watch: the vaults of the user's subscriptions, found by typing; one, several, or all of them. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { type EstateWatch, everyVault, type KnownVault, type PictureEngine } from '../engine/pictures.ts';
import { announce, fallSilent } from '../elements/announcer.ts';
import { isTroubled } from '../elements/parts/freshness.ts';
import type { Messages } from '../messages/en.ts';
import type { Format } from '../messages/format.ts';
import type { PageMessages } from '../messages/page.ts';

/** So many are drawn; of more, typing finds the one. */
const mostDrawn = 100;
/** Followed one by one, more vaults than this would share one small budget (TARGETS.md, row 5b). */
const mostChosen = 10;

export class VaultPicker {
  readonly #estate: EstateWatch;
  readonly #changed: () => void;
  readonly #choose: (vaults: string) => void;
  #search = '';
  #wantsFocus = false;
  #chosen = new Map<string, KnownVault>();

  /** `changed`: draw again; `choose`: the resource ids, with commas between them, or everyVault. */
  constructor(engine: PictureEngine, changed: () => void, choose: (vaults: string) => void) {
    this.#estate = engine.watchEstate();
    this.#changed = changed;
    this.#choose = choose;
    this.#estate.subscribe(() => {
      changed();
      if (this.#wantsFocus) this.focus();
    });
  }

  close(): void {
    fallSilent(this);
    this.#estate.close();
  }

  refresh(): void {
    this.#estate.refresh();
  }

  /** Where one types, as soon as there is something to find; unless the user went elsewhere meanwhile. */
  focus(): void {
    const field = document.getElementById('vault-search');
    const isElsewhere = this.#wantsFocus && document.activeElement !== document.body;
    this.#wantsFocus = !field && !isElsewhere;
    if (!isElsewhere) field?.focus();
  }

  /** How asking for the lists goes. */
  get contact(): EstateWatch['state']['contact'] {
    return this.#estate.state.contact;
  }

  #toggle(vault: KnownVault): void {
    if (!this.#chosen.delete(vault.id)) this.#chosen.set(vault.id, vault);
    this.#changed();
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const found = this.#estate.vaults(this.#search, 0, 2);
    // Who typed until one was left, and pressed Enter, means that one.
    const ids = this.#chosen.size > 0 ? [...this.#chosen.keys()] : found.total === 1 ? found.rows.map(({ id }) => id) : [];
    if (ids.length > 0 && ids.length <= mostChosen) this.#choose(ids.join(','));
  }

  draw(text: PageMessages, { contact: contactWords }: Pick<Messages, 'contact'>, format: Format): TemplateResult {
    const { state } = this.#estate;
    const words = text.picker;
    const { contact } = state;
    const found = this.#estate.vaults(this.#search, 0, mostDrawn);
    const isTooMany = this.#chosen.size > mostChosen;
    const summary = this.#summary(words, contactWords, format);
    announce(this, document.documentElement.lang, summary);
    const halted = contact.state === 'stopped' || contact.state === 'sign-in';
    return html`
      <form class="card picker" aria-labelledby="picker" @submit=${(event: SubmitEvent) => this.#submit(event)}>
        <div class="row spread">
          <h2 id="picker">${words.title}</h2>
          ${state.fromGraph && state.vaults > 0 ? html`<button type="button" data-choose="all" @click=${() => this.#choose(everyVault)}>${words.all(format.number(state.vaults))}</button>` : nothing}
        </div>
        <p class="help" data-estate=${state.listed ? 'listed' : contact.state}>${summary}</p>
        ${state.refused > 0 ? html`<p class="problem" data-refused=${state.refused}>${words.refused(state.refused)} ${words.role} ${state.problem?.service.message ? html`<q lang="">${state.problem.service.message}</q>` : nothing}</p>` : nothing}
        ${state.vaults === 0 && (halted || (!state.listed && contact.error)) ? this.#trouble(words) : nothing}
        ${state.vaults > 0
          ? html`
              <div class="field">
                <label for="vault-search">${words.search}</label>
                <input id="vault-search" name="vault-search" type="search" spellcheck="false" autocomplete="off" .value=${this.#search} @input=${(event: Event) => this.#onSearch(event)} />
              </div>
              <ul class="vaults">
                ${found.rows.map((vault) => this.#row(vault, words))}
              </ul>
              ${found.total > found.rows.length ? html`<p class="help">${words.more(format.number(found.total - found.rows.length))}</p>` : nothing}
              ${found.total === 0 ? html`<p class="help">${words.noMatch}</p>` : nothing}
              ${isTooMany ? html`<p class="problem">${words.tooMany(format.number(mostChosen))}</p>` : nothing}
              <div class="row">
                <button class="primary" type="submit" ?disabled=${isTooMany || (this.#chosen.size === 0 && found.total !== 1)}>${this.#chosen.size > 0 ? words.show(this.#chosen.size) : words.showOne}</button>
              </div>
            `
          : nothing}
      </form>
    `;
  }

  #onSearch(event: Event): void {
    this.#search = (event.target as HTMLInputElement).value;
    this.#changed();
  }

  #summary(words: PageMessages['picker'], contactWords: Messages['contact'], format: Format): string {
    const { state } = this.#estate;
    const { contact } = state;
    // What stands in the way, where nothing was said of an error.
    const going = isTroubled(contact.state) ? `${contactWords[contact.state]}.` : words.reading;
    if (!state.listed && state.vaults === 0) return contact.error ? '' : going;
    if (state.listed && state.subscriptions === 0 && state.vaults === 0) return contact.error ? '' : words.noSubscriptions;
    if (state.listed && state.vaults === 0) return `${words.noVaults(state.subscriptions)} ${words.role}`;
    return [words.known(format.number(state.vaults), state.subscriptions), state.fromGraph ? words.fromGraph : words.fromEach, state.listed ? '' : going].filter(Boolean).join(' ');
  }

  #trouble(words: PageMessages['picker']): TemplateResult {
    const { error } = this.#estate.state.contact;
    return html`<div class="problem" role="alert" data-error=${error?.code ?? nothing}>
      <p><strong>${words.failed}</strong> ${error?.service.message ? html`<q lang="">${error.service.message}</q>` : ''}</p>
      <p><button type="button" @click=${() => this.refresh()}>${words.again}</button></p>
    </div>`;
  }

  #row(vault: KnownVault, words: PageMessages['picker']): TemplateResult {
    return html`<li>
      <label>
        <input type="checkbox" .checked=${this.#chosen.has(vault.id)} @change=${() => this.#toggle(vault)} />
        <span class="vault-name"><bdi>${vault.name}</bdi></span>
        <small>${words.kind[vault.kind]} · <bdi>${vault.subscriptionName || vault.subscription}</bdi> / <bdi>${vault.resourceGroup}</bdi> · ${vault.location}</small>
      </label>
    </li>`;
  }
}
