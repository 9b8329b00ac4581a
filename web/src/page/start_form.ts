/** What the page begins with: something to follow, pasted; and in the simulated vault samples of it. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { formatFor } from '../messages/index.ts';
import type { PageMessages } from '../messages/page.ts';
import type { Config, Sample } from './config.ts';

export interface StartHost {
  readonly text: PageMessages;
  readonly config: Config;
  readonly problem: string;
  /** What the link says. */
  readonly job: string;
  readonly vault: string;
  /** Where nobody is there to ask as. */
  readonly tokenField: TemplateResult | typeof nothing;
  readonly submit: (given: { readonly what: string; readonly vault: string; readonly token: string }) => void;
}

export function startForm(host: StartHost): TemplateResult {
  const { text, config, problem } = host;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { elements } = event.target as HTMLFormElement;
    const field = (name: string) => (elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement | null)?.value.trim() ?? '';
    host.submit({ what: field('what'), vault: field('vault'), token: field('token') });
  };
  return html`
    <form class="card" @submit=${submit}>
      <h1>${text.title}</h1>
      <p>${text.lead}</p>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      <div class="field">
        <label for="what">${text.what}</label>
        <textarea id="what" name="what" rows="4" spellcheck="false" autocomplete="off" aria-describedby="what-help" .value=${host.job}></textarea>
        <p class="help" id="what-help">${text.whatHelp}</p>
      </div>
      <div class="field">
        <label for="vault">${text.vault} <small>${text.optional}</small></label>
        <input id="vault" name="vault" spellcheck="false" autocomplete="off" aria-describedby="vault-help" placeholder="/subscriptions/…/vaults/…" .value=${host.vault} />
        <p class="help" id="vault-help">${text.vaultHelp}</p>
      </div>
      ${host.tokenField}
      <div class="row"><button class="primary" type="submit">${text.follow}</button></div>
    </form>
    ${config.oneFile ? html`<p class="help note">${text.oneFileHelp}</p>` : nothing}
  `;
}

export function samples(list: readonly Sample[], text: PageMessages, follow: (text: string, vault: string) => void): TemplateResult {
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

/** Where there is a demo, whoever is new may look around first. */
export function demoLine({ simulated }: Config, text: PageMessages): TemplateResult | typeof nothing {
  return simulated || ONE_FILE ? nothing : html`<p class="help note"><a href="demo.html">${text.demoLink}</a></p>`;
}

export function simulatedNote({ speed, demo }: NonNullable<Config['simulated']>, text: PageMessages): string {
  if (demo) return text.demoHelp;
  return speed === 1 ? text.simulatedHelp : text.simulatedSpeed(formatFor(document.documentElement.lang).number(speed));
}
