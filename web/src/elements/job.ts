/** azure-backup-jobs/elements/job: `<azure-backup-job>` alone, for pages that show no lists: a good third less to load. Defines nothing by itself. */
import { openEngine } from '../engine/index.ts';
import { AzureBackupJob } from './azure_backup_job.ts';
import { register } from './register.ts';
import { openWith } from './shared_engine.ts';

export { AzureBackupJob, type JobChangeDetail, type JobEndDetail, type JobErrorDetail } from './azure_backup_job.ts';

openWith(openEngine, 'jobs');

/** Defines `<azure-backup-job>`, once, however often this is called; `name`: another to give it. */
export function defineJob(registry?: CustomElementRegistry, name = 'azure-backup-job'): void {
  register(name, AzureBackupJob, registry);
}
