/** The line that never lies: when this was read, what comes next, and what stands in the way. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Contact, ContactState, Problem } from '../../engine/api.ts';
import { explanation } from './explanation.ts';
import { errorWords, type View } from '../view.ts';

/** Contacts under which what is shown may be out of date. */
export function isTroubled(state: ContactState): boolean {
  return !['none', 'fresh', 'ended'].includes(state);
}

export function freshnessLine(contact: Contact, view: View): TemplateResult {
  const { text, format, now } = view;
  const parts: string[] = [];
  if (contact.state === 'ended') {
    parts.push(text.freshness.final);
  } else {
    const trouble = isTroubled(contact.state);
    if (trouble) parts.push(text.contact[contact.state]);
    if (contact.answeredAt === null) {
      if (!trouble) parts.push(contact.asking ? text.freshness.asking : text.freshness.never);
    } else {
      const age = now - contact.answeredAt;
      const ago = format.relative(-age);
      parts.push(trouble ? text.freshness.stale(ago) : age < 2000 ? text.freshness.updatedNow : text.freshness.updated(ago));
    }
    const wait = contact.nextAt === null ? -1 : contact.nextAt - now;
    if (contact.asking && contact.answeredAt !== null) parts.push(text.freshness.asking.toLocaleLowerCase(text.locale));
    else if (wait > 0 && contact.state !== 'offline') parts.push(text.freshness.next(format.relative(Math.max(wait, 1000))));
  }
  if (view.clockSkew !== null && contact.state !== 'ended') {
    const by = format.duration(Math.abs(view.clockSkew));
    parts.push(view.clockSkew > 0 ? text.freshness.clockAhead(by) : text.freshness.clockBehind(by));
  }
  return html`<p class="freshness" part="freshness" data-contact=${contact.state}><span class="dot" aria-hidden="true"></span>${parts.join(' · ')}</p>`;
}

/** The last name in a path: numbers are places in lists. */
function labelOf(path: string, view: View): string {
  const name = path.split('/').findLast((segment) => !/^\d+$/.test(segment)) ?? path;
  return name === 'recommendedAction' || name === 'recommendations' ? view.text.recommendations : name;
}

/** What the service said with an error, in its own words. */
export function serviceWords(problem: Problem, view: View): TemplateResult | typeof nothing {
  const { service } = problem;
  const words = [service.message || service.text, service.code && `(${service.code})`].filter(Boolean).join(' ');
  if (!words) return nothing;
  return html`<p class="service-words"><span>${view.text.serviceSaid}:</span> <q lang="">${words}</q></p>${explanation([service.code], view)}`;
}

/** The notice under the freshness line where asking is in trouble; it is about asking, never about the job. */
export function troubleNotice(contact: Contact, view: View): TemplateResult | typeof nothing {
  if (!isTroubled(contact.state)) return nothing;
  const { text } = view;
  const { error } = contact;
  const own = contact.state === 'offline' || contact.state === 'waiting-for-token';
  const halted = contact.state === 'stopped' || contact.state === 'sign-in';
  const next =
    contact.state === 'throttled' ? text.trouble.throttled : contact.state === 'retrying' ? text.trouble.retry : halted || contact.state === 'paused' ? text.trouble.stopped : '';
  const headline = own ? text.trouble[contact.state as 'offline' | 'waiting-for-token'] : error ? errorWords(error.code, text) : text.contact[contact.state];
  return html`
    <div class="notice" part="notice" data-contact=${contact.state} data-error=${error?.code ?? nothing}>
      <p><strong>${headline}</strong> ${next}</p>
      ${error && !own ? serviceWords(error, view) : nothing}
      ${error && !own && error.service.other.some(({ value }) => value !== 'null')
        ? html`<ul>
            ${error.service.other.filter(({ value }) => value !== 'null').map(({ name, value }) => html`<li lang="">${labelOf(name, view)}: ${value ?? text.secret}</li>`)}
          </ul>`
        : nothing}
      ${error && !own && error.correlationId ? html`<p class="quiet">${text.correlation(error.correlationId)}</p>` : nothing}
      ${error && !own && error.detail ? html`<p class="quiet">${text.detail(error.detail)}</p>` : nothing}
    </div>
  `;
}
