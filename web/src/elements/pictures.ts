/** Registers all elements, once: lists and single jobs, and what vaults protect and why jobs fail besides. In place of elements.js, not beside it. */
import { openPictureEngine } from '../engine/pictures.ts';
import { AzureBackupFailures } from './azure_backup_failures.ts';
import { AzureBackupItems } from './azure_backup_items.ts';
import { register } from './register.ts';
import { openWith } from './shared_engine.ts';

export * from './index.ts';
export { AzureBackupFailures, type FailuresSelectDetail } from './azure_backup_failures.ts';
export { AzureBackupItems, type ItemsFilterDetail, type ItemsSelectDetail } from './azure_backup_items.ts';

// All elements of the page share its engine: it can do what that of the lists can.
openWith(openPictureEngine);

/** Defines `<azure-backup-items>` and `<azure-backup-failures>`; `names`: others to give them. */
export function definePictures(registry: CustomElementRegistry = customElements, names = { items: 'azure-backup-items', failures: 'azure-backup-failures' }): void {
  register(names.items, AzureBackupItems, registry);
  register(names.failures, AzureBackupFailures, registry);
}

definePictures();
