/**
 * What the module of the lists binds beyond boundary.ts (wasm/browser/list_engine.h, list_value.cpp). Times are milliseconds, as there.
 */
import type { BoundaryEngine, BoundaryHost, Contact, Forecast, Job, JobState, Problem, Vault } from './boundary.ts';

/** Everything that is known of a vault's watch at one time. A value: it never changes. */
export interface VaultState {
  readonly stage: 'vault';
  readonly vault: Vault;
  readonly contact: Contact;
  /** Its newest jobs were read once. */
  readonly listed: boolean;
  /** Every job that the service lists since then is here. */
  readonly coveredFrom: number | null;
  /** How far back is to be read; null where what is listed is all there is. */
  readonly wantedFrom: number | null;
  /** Parts of the past still to be read to their ends. */
  readonly loading: number;
  /** Why one of them cannot be. */
  readonly missing: Problem | null;
  /** The same as long as nothing but time has changed. */
  readonly revision: number;
  /** How far this computer's clock is ahead of the service's, in ms (behind: negative); null within five minutes. */
  readonly clockSkew: number | null;
}

export interface JobRow {
  /** The engine's number of it, until a vault is left. */
  readonly row: number;
  /** The same for one job at all times. */
  readonly key: string;
  readonly vault: Vault;
  /** As the list has it: without tasks and progress. */
  readonly job: Job;
  /** When that was asked for, on performance.now()'s clock; of a job that has ended, perhaps an earlier time. */
  readonly saidAt: number;
  /** false where it runs, as far as is known, and the service lists it no more. */
  readonly told: boolean;
  /** Of a running job's end, from earlier runs, in ms from `saidAt`; null where too little is known. */
  readonly forecast: Forecast | null;
}

export interface JobGroup {
  readonly label: string;
  /** Where grouped by status. */
  readonly state: JobState;
  readonly count: number;
}

export interface JobWindow {
  /** Since the last time: rows, their order, or what they say. */
  readonly changed: boolean;
  /** Rows that the question finds; while held, those that are held. */
  readonly total: number;
  /** Jobs that the question finds besides, and that are held back. */
  readonly waiting: number;
  /** Another one once a vault has left: then every row is numbered anew, and nothing can be held. */
  readonly generation: number;
  /** Jobs of all vaults that are watched. */
  readonly all: number;
  /** The most first; empty where the question does not ask for them. */
  readonly groups: readonly JobGroup[];
  readonly rows: readonly JobRow[];
  /** Jobs of all vaults, whatever the question, that ran and have ended since the last time. */
  readonly ended: readonly JobRow[];
}

/** Before the first, and after the view was closed. */
export const nothingYet: JobWindow = { changed: false, total: 0, waiting: 0, generation: 0, all: 0, groups: [], rows: [], ended: [] };

/** Rows that the last window of the view had, and that say the same, are there by their numbers alone. */
interface BoundaryWindow extends Omit<JobWindow, 'rows'> {
  readonly rows: readonly (JobRow | number)[];
}

export interface ListBoundaryEngine extends BoundaryEngine {
  query(view: number, states: number, words: string, from: number, to: number, order: number, group: number): number;
  rows(view: number, first: number, count: number, hold: boolean): BoundaryWindow | null;
  close(view: number): void;
}

export interface ListBoundaryModule {
  Engine: {
    new (endpoint: string, seed: number, floor: number, ceiling: number, timeout: number, requestsPerHour: number, host: BoundaryHost): ListBoundaryEngine;
    endpointError(endpoint: string): Problem | null;
  };
}
