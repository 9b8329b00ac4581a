/** What the page shows of who asks: the way in, who it is, and what is wanted when it ends. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { PageMessages } from '../messages/en_page.ts';
import { formatFor } from '../messages/index.ts';
import type { Session } from './session.ts';
import type { Trouble } from './trouble.ts';

export interface SessionHost {
  readonly text: PageMessages;
  readonly session: Session;
  readonly endpoint: string;
  /** A token was pasted. */
  readonly paste: (token: string) => void;
  /** To the login service. */
  readonly begin: () => void;
  readonly end: () => void;
}

export function tokenField({ text, endpoint }: Pick<SessionHost, 'text' | 'endpoint'>): TemplateResult {
  return html`
    <div class="field">
      <label for="token">${text.token}</label>
      <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" aria-describedby="token-help" />
      <p class="help" id="token-help">${text.tokenHelp} <bdi>${endpoint}</bdi>.</p>
    </div>
  `;
}

function tokenForm(host: SessionHost, primary: boolean): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).elements.namedItem('token') as HTMLInputElement;
    const token = input.value.trim();
    input.value = '';
    if (token) host.paste(token);
    else input.focus();
  };
  return html`<form @submit=${submit}>
    ${tokenField(host)}
    <div class="row"><button class=${primary ? 'primary' : nothing} type="submit">${host.text.useToken}</button></div>
  </form>`;
}

const tokenInstead = (host: SessionHost) => html`<details><summary>${host.text.tokenInstead}</summary>${tokenForm(host, false)}</details>`;

function troubleNote(text: PageMessages, trouble: Trouble | null): TemplateResult | typeof nothing {
  if (!trouble) return nothing;
  return html`<div class="problem" role="alert">
    <p>${text.signInTrouble[trouble.kind]}</p>
    ${trouble.kind === 'cancelled' || !trouble.detail ? nothing : html`<p class="said"><bdi lang="">${trouble.detail}</bdi></p>`}
  </div>`;
}

function signInButton({ text, session: { signIn }, begin }: SessionHost, words: string, primary = true): TemplateResult {
  const busy = signIn?.stage === 'leaving';
  // Said to be disabled, not made so: the focus stays where it is.
  return html`<button class=${primary ? 'primary' : nothing} type="button" aria-disabled=${busy ? 'true' : nothing} @click=${() => busy || begin()}>${busy ? text.leaving : words}</button>`;
}

/** Instead of the page, while nobody is signed in. `linked`: the address says what to show. */
export function welcome(host: SessionHost, linked: boolean): TemplateResult {
  const { text, session } = host;
  const { signIn } = session;
  if (!signIn) return html`<section class="card welcome"><h1>${text.tokenMissing}</h1>${tokenForm(host, true)}</section>`;
  if (signIn.stage === 'returning') return html`<section class="card welcome" role="status"><h1>${text.returning}</h1></section>`;
  return html`
    <section class="card welcome">
      <h1>${signIn.justLeft ? text.signedOut : text.signInTitle}</h1>
      <p>${signIn.justLeft ? text.signedOutHelp : text.signInLead}</p>
      ${linked ? html`<p>${text.signInLinked}</p>` : nothing}
      ${signIn.isSetUp ? troubleNote(text, signIn.problem) : html`<p class="problem" role="alert">${text.signInNotSetUp}</p>`}
      ${signIn.isSetUp
        ? html`<div class="row">
            ${signInButton(host, text.signIn)} ${signIn.justLeft ? html`<button type="button" @click=${() => void signIn.leaveThere()}>${text.signOutThere}</button>` : nothing}
          </div>`
        : nothing}
      ${tokenInstead(host)}
    </section>
  `;
}

/** What is wanted to go on; `refused`: the service does not take the token that there is. */
export function again(host: SessionHost, refused: boolean): TemplateResult | typeof nothing {
  const { text, session } = host;
  const { signIn } = session;
  if (session.isSimulated) return nothing;
  if (!session.isPasted && signIn) {
    if (!refused && !signIn.wanted) return nothing;
    return html`<section class="card again">
      <h2>${text.signInAgain}</h2>
      <p>${text.signInAgainHelp}</p>
      ${troubleNote(text, signIn.problem ?? signIn.wanted)}
      <div class="row">${signInButton(host, text.signInAgain)}</div>
      ${tokenInstead(host)}
    </section>`;
  }
  if (!refused && !session.endsSoon) return nothing;
  return html`<section class="card again">
    <h2>${text.newToken}</h2>
    <p>${refused || (session.left ?? 0) <= 0 ? text.newTokenHelp : text.tokenEndsSoon}</p>
    ${tokenForm(host, true)}
    ${signIn?.isSetUp ? html`<div class="row">${signInButton(host, text.signInInstead, false)}</div>` : nothing}
  </section>`;
}

function remaining({ text, session: { left } }: SessionHost): string {
  if (left === null) return text.pastedToken;
  if (left <= 0) return text.tokenEnded;
  // In whole minutes: it is looked at, not counted down.
  return text.tokenEnds(formatFor(document.documentElement.lang).duration(Math.max(1, Math.floor(left / 60_000)) * 60_000));
}

/** Who asks, for the page's top. */
export function who(host: SessionHost): TemplateResult | typeof nothing {
  const { text, session, end } = host;
  if (session.isPasted) {
    return html`<div class="session">
      <p class=${session.endsSoon ? 'badge' : 'name'}>${remaining(host)}</p>
      <button type="button" @click=${end}>${text.forgetToken}</button>
    </div>`;
  }
  if (!session.signIn?.isIn) return nothing;
  const { name } = session.signIn;
  return html`<div class="session">
    <p class="name" title=${`${text.signedInAs} ${name}`}><span class="visually-hidden">${text.signedInAs}</span> <bdi>${name}</bdi></p>
    <button type="button" @click=${end}>${text.signOut}</button>
  </div>`;
}
