/** Questions about all jobs. */
import type { JobState } from './boundary.ts';

/** What a list is sorted and grouped by. */
export const columns = ['start', 'end', 'duration', 'status', 'operation', 'type', 'item', 'vault', 'error'] as const;
export type Column = (typeof columns)[number];

/** A question about all jobs. What is left out restricts nothing; words are compared without case. */
export interface JobQuery {
  readonly states?: readonly JobState[];
  readonly operation?: string;
  readonly type?: string;
  readonly item?: string;
  /** A vault's resource id. */
  readonly vault?: string;
  /** An error's code. */
  readonly error?: string;
  /** Found in item, resource id, or an error's code, title or message. */
  readonly search?: string;
  /** Of their starts, in ms since the Unix epoch. */
  readonly from?: number;
  readonly to?: number;
  /** Default: start, the newest first. */
  readonly sort?: Column;
  readonly ascending?: boolean;
  /** Only `groups` is asked for: there are no rows, whose order would have to be kept. */
  readonly countsOnly?: boolean;
  /** Counts by it, in `groups`; of these: status, operation, type, item, vault, error. */
  readonly group?: Column;
}
