/** How far the list reaches, and what there is where it has nothing to show. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { JobWindow, VaultState } from '../../engine/list_engine.ts';
import { errorWords, type View } from '../view.ts';
import { covered } from './contacts.ts';

export function emptyPart(vaults: readonly VaultState[], isFiltered: boolean, { text }: View): TemplateResult {
  const { list } = text;
  const isRead = vaults.every(({ listed, loading, contact }) => (listed && loading === 0) || contact.state === 'stopped' || contact.state === 'sign-in');
  if (!isRead) return html`<div class="skeleton" role="img" aria-label=${list.loading}>${Array.from({ length: 8 }, () => html`<i></i>`)}</div>`;
  // What could not be asked for is not none.
  const isKnown = vaults.every(({ listed }) => listed);
  return html`<p class="empty" part="empty"><strong>${isFiltered ? list.noMatch : isKnown ? list.empty : text.contact.retrying}</strong></p>`;
}

export function footerPart(window: JobWindow, vaults: readonly VaultState[], older: () => void, { text, format }: View): TemplateResult {
  const { list } = text;
  const since = covered(vaults);
  const reading = vaults.flatMap(({ loading, wantedFrom }) => (loading > 0 && wantedFrom !== null ? [wantedFrom] : []));
  const missing = vaults.find((vault) => vault.missing)?.missing;
  const parts = [
    list.rows(format.number(window.total), format.number(window.all)),
    since === null ? '' : list.covers(format.date(since)),
    reading.length > 0 ? list.reading(format.date(Math.min(...reading))) : '',
  ];
  return html`<footer part="footer">
    <p class="quiet">${parts.filter(Boolean).join(' · ')}${missing ? html` · <span class="warn">${list.missing}: ${errorWords(missing.code, text)}</span>` : nothing}</p>
    <button type="button" class="link" part="older" ?disabled=${reading.length > 0} @click=${older}>${list.older}</button>
  </footer>`;
}
