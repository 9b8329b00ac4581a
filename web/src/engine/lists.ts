/** azure-backup-jobs/lists: the headless API, and all jobs of whole vaults besides. */
import built from '#lists';
import type { EngineOptions } from './engine.ts';
import { ListEngine } from './list_engine.ts';
import { type Wasm, WasmModule } from './load.ts';

export * from './list_engine.ts';

const module = new WasmModule(built, () => new URL('./lists.wasm', import.meta.url));

/** As that of azure-backup-jobs, of engines that list jobs. */
export function useWasm(wasm: Wasm): void {
  module.use(wasm);
}

/** Loads the WebAssembly, once per page, and opens an engine. Rejects with EngineLoadError or BackupJobsError ('endpoint-refused'). */
export async function openListEngine(options: EngineOptions): Promise<ListEngine> {
  return new ListEngine(await module.load(options.wasm), options);
}
