/**
 * What the module of the pictures binds beyond list_boundary.ts (wasm/browser/picture_engine.cpp): protected items, failures by their causes, and what there is to watch.
 * Times are milliseconds, as there.
 */
import type { Contact, Job, JobState, Problem, Vault } from './boundary.ts';
import type { JobRow, ListBoundaryEngine } from './list_boundary.ts';

/**
 * What a day, or a run, came to; on a day the newest run that has ended decides, unless one runs, and what was cancelled, or is `untold`, only where nothing else is.
 * `untold`: it ran, and the service lists it no more; `absent`: none began then; `unread`: jobs of then have not been read.
 */
export type Outcome = 'good' | 'warned' | 'failed' | 'running' | 'untold' | 'cancelled' | 'absent' | 'unread';

/**
 * `overdue`: no good backup within the limit. `fine`: there is one. `unread`: older jobs have to be read before that can be said.
 * `unjudged`: the service does not list this item's jobs, or which are its jobs cannot be told. `deleted`: softly, and not counted. `gone`: jobs name it, and
 * the vault's list of items does not; not counted.
 */
export type ItemState = 'overdue' | 'fine' | 'unread' | 'unjudged' | 'deleted' | 'gone';

export interface ItemRow {
  /** The same for one item at all times. */
  readonly key: string;
  readonly vault: Vault;
  /** Its resource id; '' where only jobs tell of it. */
  readonly id: string;
  readonly name: string;
  /** What its jobs call it; '' where there are none. */
  readonly jobsItem: string;
  /** What tells it apart from others of its name: a server, a storage account, a resource group; or ''. */
  readonly place: string;
  readonly managementType: string;
  readonly workloadType: string;
  /** The policy's name, or ''. */
  readonly policy: string;
  /** The service's word for how it is protected (`ProtectionStopped`, …); '' where the service's list of items was not read. */
  readonly protection: string;
  /** Until when it can be restored, where it is deleted softly and the service says it. */
  readonly deletedUntil: number | null;
  readonly state: ItemState;
  /** What `limits` may call it: its management type, or what of Backup vaults' instances and of databases says more, its workload type. */
  readonly kind: string;
  /** Hours: the limit that it is held to. */
  readonly limit: number;
  /** The operation whose own limit alone it is beyond, such as `Backup (Full)`; else ''. */
  readonly lacking: string;
  /** Items of this vault that its jobs may belong to as well, itself included: 1, unless that is not certain. */
  readonly candidates: number;
  /** End of the last good backup. */
  readonly lastGood: number | null;
  /** The job that runs on it now. */
  readonly running: JobRow | null;
  /** The last backup that ended. */
  readonly last: { readonly outcome: Outcome; readonly start: number | null; readonly duration: number | null; readonly job: string; readonly error: string } | null;
  /** How long most of its good backups took; null where too few are known. */
  readonly usual: { readonly low: number; readonly high: number } | null;
  /** The last one's duration by the usual one; null where there is nothing to compare. */
  readonly strayed: number | null;
  /** A day each, the oldest first. */
  readonly days: readonly Outcome[];
}

/** One backup of an item. */
export interface ItemRun {
  readonly job: string;
  readonly operation: string;
  readonly outcome: Outcome;
  readonly state: JobState;
  readonly start: number | null;
  /** So far, where it runs. */
  readonly duration: number | null;
  /** Bytes that were backed up, or else moved, where a detail that was read anyway told it; nothing is asked for it. The service's MB are 1,048,576 here. */
  readonly size: number | null;
  /** Title or code of its first error, or ''. */
  readonly error: string;
}

export interface ItemHistory {
  /** Backups of the item that were read: no others are known. */
  readonly total: number;
  /** The newest first. */
  readonly runs: readonly ItemRun[];
  /** How long most good ones took that are of the same operation as the last one; null where too few are known. */
  readonly usual: ItemRow['usual'];
  /** As ItemRow's: where it is not 1, no run can be told to be its own. */
  readonly candidates: number;
  /** Every job of the vault since then was read: an item without runs before that is not one that had none. */
  readonly coveredFrom: number | null;
}

export interface ItemsAnswer {
  /** Since the last time: rows, their order, or what they say. */
  readonly changed: boolean;
  /** Of all items that count: how many there are, and how many are overdue. */
  readonly counted: number;
  readonly overdue: number;
  /** Of all items that count those that are neither that nor fine: older jobs have to be read first, or the service does not list theirs. */
  readonly unknown: number;
  /** What limits of their own may be given for: kinds of items, and operations of their backups other than `Backup`; and of how many items. */
  readonly kinds: readonly { readonly kind: string; readonly isOperation: boolean; readonly items: number }[];
  /** Items that the question finds. */
  readonly total: number;
  /** Every vault's own list of items was read; else items are those that jobs name. */
  readonly listed: boolean;
  /** Why one of the lists could not be. */
  readonly problem: Problem | null;
  /** Of each vault every job since then is here; null where that is not known yet. */
  readonly coveredFrom: number | null;
  /** When the oldest of the days begins. */
  readonly daysFrom: number;
  readonly rows: readonly ItemRow[];
}

export interface Cause {
  /** An error's code; '' where the service gave none. */
  readonly code: string;
  /** Failed jobs. */
  readonly jobs: number;
  readonly first: number | null;
  readonly last: number | null;
  /** Items that failed so, those that have not succeeded since first; at most 12 of them are named. */
  readonly items: readonly { readonly name: string; readonly vault: string; readonly recovered: boolean; readonly job: string }[];
  readonly itemCount: number;
  /** Of the items, those that no run of the same operation has succeeded on since. */
  readonly failing: number;
  /** The newest of the jobs: its errors have the service's words and recommended actions. */
  readonly sample: JobRow;
}

export interface CausesAnswer {
  readonly changed: boolean;
  /** All failed jobs that the question finds. */
  readonly jobs: number;
  /** The one that most items still suffer from first. */
  readonly causes: readonly Cause[];
}

/** What there is to watch, as far as it is known at one time. A value: it never changes. */
export interface EstateState {
  readonly stage: 'estate';
  /** Of the lists that everything else hangs on. */
  readonly contact: Contact;
  /** Every list was read to its end, or cannot be. */
  readonly listed: boolean;
  /** Azure Resource Graph told all vaults at once; else each subscription is asked for its own. */
  readonly fromGraph: boolean;
  readonly subscriptions: number;
  readonly vaults: number;
  /** Subscriptions whose vaults cannot be listed, in whole or in part, and why, of one of them. */
  readonly refused: number;
  readonly problem: Problem | null;
  /** The same as long as nothing but time has changed. */
  readonly revision: number;
}

export interface KnownVault extends Vault {
  readonly kind: 'recovery-services' | 'backup';
  /** A region's short name, such as `westeurope`. */
  readonly location: string;
  /** '' where the subscription is not told of. */
  readonly subscriptionName: string;
}

export interface VaultsAnswer {
  /** Vaults that the search finds. */
  readonly total: number;
  readonly rows: readonly KnownVault[];
}

/** A vault's cross-region jobs, as far as they are known at one time. A value: it never changes. */
export interface CrossRegionState {
  readonly stage: 'cross-region';
  readonly vault: Vault;
  readonly contact: Contact;
  /** The vault's paired region; '' until it is known. */
  readonly region: string;
  /** They were read once, or there can be none. */
  readonly listed: boolean;
  /** The vault's region has no pair. */
  readonly unpaired: boolean;
  /** The vault's own setting of cross-region restore, in the service's word; '' where it does not tell it. */
  readonly setting: string;
  /** Requests so far that Azure counts as writes. */
  readonly requests: number;
  readonly jobs: number;
  /** The same as long as nothing but time has changed. */
  readonly revision: number;
}

export interface CrossRegionJobs {
  readonly total: number;
  /** The newest first, without tasks and progress. */
  readonly rows: readonly Job[];
}

/** What follow() takes for what there is to watch, and for the jobs of all of it. */
export const estatePath = '/subscriptions';
export const fleetPath = '/providers/Microsoft.ResourceGraph/resources';
/** And, with a vault, for that vault's jobs in its paired region. */
export const crossRegion = 'cross-region';

export const pictures = { items: 0, itemsInTrouble: 1, causes: 2, vaults: 3, crossRegion: 4, history: 5 } as const;

export interface PictureBoundaryEngine extends ListBoundaryEngine {
  /**
   * `words`: what is searched for; of items the first line is that, the second when each day begins, with blanks between, and each other one a limit: hours, a
   * blank, and the kind; of one item's history its key. `from`, `to`: of causes' jobs, NaN for none; of items, `to` is when the last day ends. `limit` in hours; of cross-region
   * jobs the watch.
   * Which answer it is, `picture` says.
   */
  picture(picture: number, words: string, from: number, to: number, limit: number, first: number, count: number): ItemsAnswer | ItemHistory | null | CausesAnswer | VaultsAnswer | CrossRegionJobs;
}
