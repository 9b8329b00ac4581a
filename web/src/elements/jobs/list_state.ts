/** What a list shows: filters, order, what is counted, which job is open. As text it is short enough for a link, and holds nothing but what a user chose. */
import type { JobState } from '../../engine/api.ts';
import { type Column, columns, type JobQuery } from '../../engine/query.ts';

/** The counters on top, each a set of states. */
export const counters = {
  failed: ['failed'],
  warnings: ['completed-with-warnings'],
  running: ['in-progress', 'cancelling', 'not-started'],
  completed: ['completed'],
  other: ['cancelled', 'unknown'],
} as const satisfies Record<string, readonly JobState[]>;
export type Counter = keyof typeof counters;
export const counterNames = Object.keys(counters) as Counter[];

/** Columns that a list can be counted by. */
export const groupings = ['item', 'operation', 'error', 'type', 'vault', 'status'] as const satisfies readonly Column[];

const words = ['operation', 'type', 'item', 'error', 'vault'] as const;
export type Word = (typeof words)[number];

export interface ListState extends Readonly<Record<Word, string>> {
  readonly counters: readonly Counter[];
  readonly search: string;
  /** The last days; '': any time. */
  readonly days: string;
  readonly sort: Column;
  readonly ascending: boolean;
  readonly group: Column | '';
  /** The resource id of the job that is open. */
  readonly job: string;
}

/** Failures first, then what runs, then everything else; the newest of each first. */
export const noFilter: ListState = { counters: [], search: '', operation: '', type: '', item: '', error: '', vault: '', days: '', sort: 'status', ascending: true, group: '', job: '' };

/** Anything may stand in a link: what is not understood is left out. */
export function parseFilter(text: string): ListState {
  const given = new URLSearchParams(text);
  const of = (name: string) => given.get(name) ?? '';
  const sort = of('sort');
  const column = columns.find((name) => name === sort.replace(/^-/, ''));
  return {
    ...noFilter,
    ...Object.fromEntries(words.map((name) => [name, of(name)])),
    counters: counterNames.filter((name) => of('status').split(',').includes(name)),
    search: of('search'),
    days: /^\d{1,4}$/.test(of('days')) ? of('days') : '',
    ...(column ? { sort: column, ascending: !sort.startsWith('-') } : {}),
    group: groupings.find((name) => name === of('group')) ?? '',
    job: of('job'),
  };
}

export function formatFilter(state: ListState): string {
  const text = new URLSearchParams();
  const put = (name: string, value: string) => value && text.set(name, value);
  put('status', state.counters.join(','));
  for (const name of words) put(name, state[name]);
  put('search', state.search);
  put('days', state.days);
  if (state.sort !== noFilter.sort || state.ascending !== noFilter.ascending) put('sort', `${state.ascending ? '' : '-'}${state.sort}`);
  put('group', state.group);
  put('job', state.job);
  return text.toString();
}

export function isFiltered(state: ListState): boolean {
  return state.counters.length > 0 || !!(state.search || state.days || words.some((name) => state[name]));
}

/** `now`: the service's, in ms since the epoch. */
export function queryOf(state: ListState, now: number): JobQuery {
  const { counters: chosen, search, days, sort, ascending, group, operation, type, item, error, vault } = state;
  return {
    states: chosen.flatMap((name) => counters[name] as readonly JobState[]),
    search, operation, type, item, error, vault, sort, ascending,
    ...(days ? { from: now - Number(days) * 86_400_000 } : {}),
    ...(group ? { group } : {}),
  };
}
