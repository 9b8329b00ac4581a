// Of every entry what its users write, for the types alone.
import { type Engine, EngineLoadError, openEngine, useWasm } from 'azure-backup-jobs';
import { AzureBackupJob, defineAll } from 'azure-backup-jobs/elements/all';
import { openEngine as openInline } from 'azure-backup-jobs/inline/engine';
import { type JobRow, openListEngine } from 'azure-backup-jobs/lists';
import { openPictureEngine } from 'azure-backup-jobs/pictures';

useWasm(new URL('https://static.contoso.example/engine.wasm'));
const getToken = ({ claims, forceRefresh }: { claims?: string; forceRefresh?: boolean }): Promise<string> => Promise.resolve(`${claims}${forceRefresh}`);
const engine: Engine = await openEngine({ getToken, wasm: () => fetch('/engine.wasm') });
const lists: Engine = await openListEngine({ getToken });
const pictures = await openPictureEngine({ getToken });
export const engines: Engine[] = [engine, lists, pictures, await openInline({ getToken })];
export const names = (rows: readonly JobRow[]): string[] => rows.map(({ key }) => key);

// @ts-expect-error Who may ask must be said.
await openEngine({});
// @ts-expect-error Nothing is not WebAssembly.
useWasm(null);

defineAll(customElements, { jobs: 'contoso-jobs' });
// A property of the element, and its event with its detail, by the tag's name and no declaration of the host's own.
const job = document.createElement('azure-backup-job');
job.getToken = getToken;
job.addEventListener('backup-job-end', ({ detail }) => console.log(detail.end.outcome satisfies string));
job.addEventListener('backup-job-error', ({ detail }) => console.log(detail.error instanceof EngineLoadError));
console.log(job instanceof AzureBackupJob);
