/** `<azure-backup-job>` alone, for pages that show no lists: a good third less to load. */
import { AzureBackupJob } from './azure_backup_job.ts';
import { register } from './register.ts';

export { AzureBackupJob, type JobChangeDetail, type JobEndDetail, type JobErrorDetail } from './azure_backup_job.ts';

/** Defines it, once, however often this is loaded; `name`: another to give it. */
export function defineJob(registry: CustomElementRegistry = customElements, name = 'azure-backup-job'): void {
  register(name, AzureBackupJob, registry);
}

defineJob();
