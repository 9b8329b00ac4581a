/** azure-backup-jobs/elements/jobs: `<azure-backup-jobs>`, and `<azure-backup-job>`, which it opens jobs in. Defines nothing by itself. */
import { openListEngine } from '../engine/lists.ts';
import { AzureBackupJob } from './azure_backup_job.ts';
import { AzureBackupJobs } from './azure_backup_jobs.ts';
import { register } from './register.ts';
import { openWith } from './shared_engine.ts';

export { AzureBackupJob, type JobChangeDetail, type JobEndDetail, type JobErrorDetail } from './azure_backup_job.ts';
export { AzureBackupJobs } from './azure_backup_jobs.ts';
export type * from './jobs/events.ts';

openWith(openListEngine, 'lists');

/** Defines both elements, once, however often this is called; `name`: another for the list. A job that is opened in it is always an `<azure-backup-job>` of the page's own registry. */
export function defineJobs(registry?: CustomElementRegistry, name = 'azure-backup-jobs'): void {
  register('azure-backup-job', AzureBackupJob, registry);
  // Where a list that is open finds it.
  register('azure-backup-job', AzureBackupJob);
  register(name, AzureBackupJobs, registry);
}
