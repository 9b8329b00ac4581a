/** azure-backup-jobs/elements/all: lists and single jobs, what vaults protect and why jobs fail. Defines nothing by itself. */
import { openPictureEngine } from '../engine/pictures.ts';
import { AzureBackupFailures } from './azure_backup_failures.ts';
import { AzureBackupItems } from './azure_backup_items.ts';
import { AzureBackupJob } from './azure_backup_job.ts';
import { AzureBackupJobs } from './azure_backup_jobs.ts';
import { register } from './register.ts';
import { openWith } from './shared_engine.ts';

export { AzureBackupFailures, type FailuresSelectDetail } from './azure_backup_failures.ts';
export { AzureBackupItems, type ItemsFilterDetail, type ItemsSelectDetail } from './azure_backup_items.ts';
export { AzureBackupJob, type JobChangeDetail, type JobEndDetail, type JobErrorDetail } from './azure_backup_job.ts';
export { AzureBackupJobs } from './azure_backup_jobs.ts';
export type * from './jobs/events.ts';

openWith(openPictureEngine, 'pictures');

/** Other names than those of the package. */
export interface ElementNames {
  readonly jobs?: string;
  readonly items?: string;
  readonly failures?: string;
}

/** Defines all four elements, once, however often this is called. A job that is opened in a list is always an `<azure-backup-job>` of the page's own registry. */
export function defineAll(registry?: CustomElementRegistry, { jobs = 'azure-backup-jobs', items = 'azure-backup-items', failures = 'azure-backup-failures' }: ElementNames = {}): void {
  register('azure-backup-job', AzureBackupJob, registry);
  // Where a list that is open finds it.
  register('azure-backup-job', AzureBackupJob);
  register(jobs, AzureBackupJobs, registry);
  register(items, AzureBackupItems, registry);
  register(failures, AzureBackupFailures, registry);
}
