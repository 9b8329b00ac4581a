/** Registers the elements, once, however often this is loaded. */
import { AzureBackupJob } from './azure_backup_job.ts';

export { AzureBackupJob, type JobChangeDetail, type JobEndDetail, type JobErrorDetail } from './azure_backup_job.ts';

/** Defines `<azure-backup-job>`; harmless where the name is taken already. */
export function define(registry: CustomElementRegistry = customElements, tag = 'azure-backup-job'): void {
  // A registry takes each class once; a second name gets a class of its own.
  if (!registry.get(tag)) registry.define(tag, registry.getName?.(AzureBackupJob) ? class extends AzureBackupJob {} : AzureBackupJob);
}

define();
