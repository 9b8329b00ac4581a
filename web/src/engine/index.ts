/** azure-backup-jobs: the headless API. */
import built from '#engine';
import { Engine, type EngineOptions } from './engine.ts';
import { type Wasm, WasmModule } from './load.ts';

export * from './api.ts';

const module = new WasmModule(built, () => new URL('./engine.wasm', import.meta.url));

/** Where the WebAssembly comes from from now on, for all that are not told otherwise, elements among them. Before the first engine is opened: it is loaded once per page. */
export function useWasm(wasm: Wasm): void {
  module.use(wasm);
}

/** Loads the WebAssembly, once per page, and opens an engine. Rejects with EngineLoadError or BackupJobsError ('endpoint-refused'). */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  return new Engine(await module.load(options.wasm), options);
}
