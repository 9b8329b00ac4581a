/** Filters that can be taken away, and what is counted by. Loaded with the first of either. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { JobState } from '../../engine/api.ts';
import type { JobGroup } from '../../engine/list_engine.ts';
import { type JobView, worded } from '../view.ts';
import { counterNames, counters, isFiltered, type ListState, noFilter, type Word } from './list_state.ts';
import { type Change, columnWord } from './toolbar.ts';

export { chipStyles } from './chips.styles.ts';

/** Filters that no control of their own shows, each to be taken away. */
export function filtersPart(state: ListState, change: Change, view: JobView): TemplateResult | typeof nothing {
  const { chips } = view.text;
  if (!isFiltered(state)) return nothing;
  const words = (['item', 'error', 'type', 'vault'] as const satisfies readonly Word[]).filter((name) => state[name]);
  return html`<div class="filters">
    ${words.map(
      (name) => html`<button type="button" class="chip" part="filter" data-filter=${name} title=${chips.remove(columnWord(name, view))} @click=${() => change({ [name]: '' })}>
        ${columnWord(name, view)}: <bdi>${name === 'vault' ? state.vault.slice(state.vault.lastIndexOf('/') + 1) : state[name]}</bdi> <span aria-hidden="true">×</span>
      </button>`,
    )}
    <button type="button" class="link" part="clear" @click=${() => change({ ...noFilter, sort: state.sort, ascending: state.ascending, group: state.group, job: state.job })}>${chips.clear}</button>
  </div>`;
}

const mostGroups = 50;

export function groupsPart(state: ListState, groups: readonly JobGroup[], change: Change, view: JobView): TemplateResult | typeof nothing {
  const { group } = state;
  if (!group) return nothing;
  const { text, format } = view;
  const word = ({ label, state: status }: JobGroup) => (group === 'status' ? text.jobState[status] : group === 'operation' ? worded(text.operation, label) : group === 'vault' ? label.slice(label.lastIndexOf('/') + 1) : label || text.chips.noError);
  const choose = ({ label, state: status }: JobGroup) =>
    change(group === 'status' ? { counters: counterNames.filter((name) => (counters[name] as readonly JobState[]).includes(status)) } : { [group]: label });
  return html`<div class="groups" part="groups" role="group" aria-label=${text.chips.groups}>
    ${groups.slice(0, mostGroups).map(
      (one) => html`<button type="button" class="chip" part="group" ?disabled=${group !== 'status' && !one.label} @click=${() => choose(one)}><bdi>${word(one)}</bdi> <strong>${format.number(one.count)}</strong></button>`,
    )}
  </div>`;
}
