/** How asking goes for several vaults, in one line, and each trouble once. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Contact, ContactState } from '../../engine/api.ts';
import type { VaultState } from '../../engine/list_engine.ts';
import { isTroubled, troubleNotice } from '../parts/freshness.ts';
import type { View } from '../view.ts';

const worstFirst: readonly ContactState[] = ['sign-in', 'waiting-for-token', 'stopped', 'offline', 'throttled', 'retrying', 'paused', 'none', 'fresh', 'ended'];

/** The worst of them, with the oldest answer and the next attempt of all: what it says is true of every vault. */
export function together(states: readonly VaultState[]): Contact {
  const contacts = states.map(({ contact }) => contact);
  const worst = worstFirst.map((state) => contacts.find((contact) => contact.state === state)).find(Boolean) as Contact;
  const answered = contacts.map(({ answeredAt }) => answeredAt);
  const next = contacts.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
  return {
    ...worst,
    asking: contacts.some(({ asking }) => asking),
    answeredAt: answered.includes(null) ? null : Math.min(...(answered as number[])),
    nextAt: next.length > 0 ? Math.min(...next) : null,
  };
}

export function notices(states: readonly VaultState[], view: View): TemplateResult | typeof nothing {
  const seen = new Map<string, VaultState[]>();
  for (const state of states) {
    const { contact } = state;
    if (!isTroubled(contact.state)) continue;
    const kind = `${contact.state}/${contact.error?.code}/${contact.error?.service.code}`;
    seen.set(kind, [...(seen.get(kind) ?? []), state]);
  }
  if (seen.size === 0) return nothing;
  return html`<div class="notices" role="group">
    ${[...seen.values()].map((same) => {
      const some = states.length > 1 && same.length < states.length;
      return html`${some ? html`<p class="quiet">${same.map(({ vault }) => vault.name).join(', ')}</p>` : nothing}${troubleNotice((same[0] as VaultState).contact, view)}`;
    })}
  </div>`;
}

/** Since when the list has everything; null where nothing is listed yet. */
export function covered(states: readonly VaultState[]): number | null {
  const since = states.map(({ coveredFrom }) => coveredFrom);
  return since.includes(null) ? null : Math.max(...(since as number[]));
}
