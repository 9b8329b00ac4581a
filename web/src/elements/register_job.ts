/** azure-backup-jobs/register/job: azure-backup-jobs/elements/job, and defines `<azure-backup-job>`. */
import { defineJob } from './job.ts';

export * from './job.ts';

defineJob();
