/** What a code of the service means, in plain words beside its own. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { View } from '../view.ts';

/** The first of these codes that the catalogue knows; empty where it knows none. */
export function explanationOf(codes: readonly (string | undefined)[], view: View): string {
  const known = view.text.explanation ?? {};
  for (const code of codes) {
    const key = code?.toLowerCase() ?? '';
    if (Object.hasOwn(known, key)) return known[key] ?? '';
  }
  return '';
}

export function explanation(codes: readonly (string | undefined)[], view: View): TemplateResult | typeof nothing {
  const words = explanationOf(codes, view);
  return words ? html`<p class="quiet" part="explanation">${words}</p>` : nothing;
}
