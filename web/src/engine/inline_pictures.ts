/** azure-backup-jobs/inline/pictures: azure-backup-jobs/pictures with its WebAssembly inside. Once imported, azure-backup-jobs/register/all has it from here, too, and no request is made for it. */
import inside from '#pictures-inside';
import { inflated } from './inline.ts';
import { useWasm } from './pictures.ts';

export * from './pictures.ts';

useWasm(() => inflated(inside));
