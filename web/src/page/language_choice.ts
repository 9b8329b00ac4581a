/** Another language, chosen by its own name. */
import { html, type TemplateResult } from 'lit-html';
import { languages } from '../messages/index.ts';
import { nameOf } from './language.ts';

export function languageChoice(label: string, choose: (language: string) => void): TemplateResult {
  return html`<label>
    <span>${label}</span>
    <select name="language" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${languages.map((language) => html`<option value=${language} lang=${language} .selected=${language === document.documentElement.lang}>${nameOf(language)}</option>`)}
    </select>
  </label>`;
}
