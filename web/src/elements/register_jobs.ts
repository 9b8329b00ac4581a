/** azure-backup-jobs/register/jobs: azure-backup-jobs/elements/jobs, and defines `<azure-backup-jobs>` and `<azure-backup-job>`. */
import { defineJobs } from './jobs.ts';

export * from './jobs.ts';

defineJobs();
