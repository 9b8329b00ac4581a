/** azure-backup-jobs/register/all: azure-backup-jobs/elements/all, and defines all four elements. */
import { defineAll } from './all.ts';

export * from './all.ts';

defineAll();
