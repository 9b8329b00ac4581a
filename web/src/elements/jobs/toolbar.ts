/** What stands above the rows: counters that filter, search, and choices. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { JobState } from '../../engine/api.ts';
import type { Column, JobGroup } from '../../engine/list_engine.ts';
import { statusIcons } from '../icons.ts';
import { type JobView, type View, worded } from '../view.ts';
import type { LaterParts } from './later_parts.ts';
import { type Counter, counterNames, counters, groupings, type ListState } from './list_state.ts';

/** What is grouped and filtered by is an error's code; the column of that name says more. */
export const columnWord = (name: Column, { text: { list } }: View) => list.column[name === 'error' ? 'code' : name];

export type Change = (change: Partial<ListState>) => void;

/** `groups`: of all jobs that the other filters take, by status. */
export function countersPart(state: ListState, groups: readonly JobGroup[], change: Change, view: View): TemplateResult {
  const { text, format } = view;
  const countOf = (name: Counter) => groups.filter((group) => (counters[name] as readonly JobState[]).includes(group.state)).reduce((sum, { count }) => sum + count, 0);
  const toggle = (name: Counter) => change({ counters: state.counters.includes(name) ? state.counters.filter((other) => other !== name) : [...state.counters, name] });
  return html`<div class="counters" role="group" aria-label=${text.list.counters}>
    ${counterNames.map((name) => {
      const count = countOf(name);
      const pressed = state.counters.includes(name);
      if (name === 'other' && count === 0 && !pressed) return nothing;
      return html`<button type="button" class="counter" part="counter" data-counter=${name} data-state=${counters[name][0]} ?data-none=${count === 0} aria-pressed=${pressed ? 'true' : 'false'} @click=${() => toggle(name)}>
        <span class="mark">${statusIcons[counters[name][0]]}</span><strong>${format.number(count)}</strong><span>${text.list.counter[name]}</span>
      </button>`;
    })}
  </div>`;
}

function choice(name: string, label: string, value: string, options: readonly (readonly [string, string])[], choose: (value: string) => void): TemplateResult {
  return html`<label class="choice"><span>${label}</span>
    <select part="choice" name=${name} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${options.map(([option, word]) => html`<option value=${option} .selected=${option === value}>${word}</option>`)}
    </select>
  </label>`;
}

/** `operations`: those there are, by the other filters. */
export function choicesPart(state: ListState, operations: readonly JobGroup[], change: Change, view: View): TemplateResult {
  const { text } = view;
  const { list } = text;
  const named = new Set([...operations.map(({ label }) => label), state.operation].filter(Boolean));
  const words = [...named].map((name) => [name, worded(text.operation, name)] as const).sort((a, b) => a[1].localeCompare(b[1], text.locale));
  const days = state.days && !Object.hasOwn(list.periods, state.days) ? [[state.days, view.format.duration(Number(state.days) * 86_400_000)] as const] : [];
  return html`
    <label class="search">
      <span class="visually-hidden">${list.search}</span>
      <input type="search" part="search" name="search" placeholder=${list.search} spellcheck="false" autocomplete="off" .value=${state.search} @input=${(event: Event) => change({ search: (event.target as HTMLInputElement).value })} />
      <kbd aria-hidden="true">/</kbd>
    </label>
    ${choice('operation', list.operationFilter, state.operation, [['', list.all], ...words], (operation) => change({ operation }))}
    ${choice('days', list.period, state.days, [...Object.entries(list.periods).sort(([a], [b]) => Number(a) - Number(b)), ...days], (value) => change({ days: value }))}
    ${choice('group', list.group, state.group, [['', list.none], ...groupings.map((name) => [name, columnWord(name, view)] as const)], (group) => change({ group: group as Column | '' }))}
  `;
}

/** What is in it comes when it is first opened. */
export function menuPart(later: LaterParts, view: JobView): TemplateResult {
  return html`<details class="menu" part="menu" @toggle=${() => void later.want()}>
    <summary>${later.menu?.summary(view) ?? view.text.list.more}</summary>
    ${later.menu?.draw(view)}
  </details>`;
}
