/** Registers both elements, once, however often this is loaded. */
import { AzureBackupJobs } from './azure_backup_jobs.ts';
import { register } from './register.ts';

export * from './job.ts';
export { AzureBackupJobs } from './azure_backup_jobs.ts';
export type * from './jobs/events.ts';

/** Defines `<azure-backup-jobs>`; `name`: another to give it. A job that is opened in it is always an `<azure-backup-job>`. */
export function defineJobs(registry: CustomElementRegistry = customElements, name = 'azure-backup-jobs'): void {
  register(name, AzureBackupJobs, registry);
}

declare global {
  interface HTMLElementTagNameMap {
    'azure-backup-jobs': AzureBackupJobs;
  }
}

defineJobs();
