/** What the views beside the list are drawn from. */
import { html, type TemplateResult } from 'lit-html';
import type { JobMessages, Messages } from '../../messages/index.ts';
import type { ViewMessages } from '../../messages/views.ts';
import type { View } from '../view.ts';

export interface PictureView extends View {
  readonly text: Messages & JobMessages & ViewMessages;
}

export const dayLength = 86_400_000;

/** Azure's time, as well as it is known here. */
export const serviceNow = ({ clockSkew }: View) => Date.now() - (clockSkew ?? 0);

/** How long ago it was, in the words around it; the exact time for who hovers. */
export function agoPart(at: number, view: View, around: (ago: string) => string = (ago) => ago): TemplateResult {
  const since = Math.max(serviceNow(view) - at, 1000);
  return html`<time datetime=${new Date(at).toISOString()} title=${view.format.instant(at)}>${around(view.format.relative(-since))}</time>`;
}

/** While nothing was answered yet: lines where rows will be; or, where nothing more comes by itself, that it could not be asked. */
export function waitingPart(stopped: boolean, view: View): TemplateResult {
  if (stopped) return html`<p class="empty" part="empty"><strong>${view.text.contact.retrying}</strong></p>`;
  return html`<div class="skeleton waiting" role="img" aria-label=${view.text.list.loading}>${Array.from({ length: 8 }, () => html`<i></i>`)}</div>`;
}
