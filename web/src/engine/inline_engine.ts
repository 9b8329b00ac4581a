/** azure-backup-jobs/inline/engine: azure-backup-jobs with its WebAssembly inside. Once imported, azure-backup-jobs/register/job has it from here, too, and no request is made for it. */
import inside from '#engine-inside';
import { inflated } from './inline.ts';
import { useWasm } from './index.ts';

export * from './index.ts';

useWasm(() => inflated(inside));
