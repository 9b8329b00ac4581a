/** What `<azure-backup-jobs>` tells its host. */
import type { JobRow, VaultState } from '../../engine/list_engine.ts';

/** `detail` of `backup-jobs-change`: how many jobs there are, how many the filter takes, and how the asking goes. */
export interface JobsChangeDetail {
  readonly vaults: readonly VaultState[];
  readonly all: number;
  readonly total: number;
}
/** `detail` of `backup-jobs-end`: jobs that ran and have ended since the last one. */
export interface JobsEndDetail {
  readonly rows: readonly JobRow[];
}
/** `detail` of `backup-jobs-select`: the job that is open now, by its resource id; '' where none is. */
export interface JobsSelectDetail {
  readonly job: string;
}
/** `detail` of `backup-jobs-filter`: what a user chose, as `filter` takes it. */
export interface JobsFilterDetail {
  readonly filter: string;
  /** A job was opened or closed: what the back button should undo. */
  readonly isStep: boolean;
}
/** `detail` of `backup-jobs-error`: a vault cannot be watched as it was given, or the engine could not be loaded. */
export interface JobsErrorDetail {
  readonly error: Error;
}

declare global {
  interface HTMLElementEventMap {
    'backup-jobs-change': CustomEvent<JobsChangeDetail>;
    'backup-jobs-end': CustomEvent<JobsEndDetail>;
    'backup-jobs-select': CustomEvent<JobsSelectDetail>;
    'backup-jobs-filter': CustomEvent<JobsFilterDetail>;
    'backup-jobs-error': CustomEvent<JobsErrorDetail>;
  }
}
