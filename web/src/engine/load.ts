/** Loads the WebAssembly module: once per page, again after a failure. */
import createModule from '#engine-module';
import type { BoundaryModule } from './boundary.ts';
import { EngineLoadError } from './errors.ts';

const magic = [0x00, 0x61, 0x73, 0x6d];

let loading: Promise<BoundaryModule> | undefined;

export function loadModule(wasmUrl?: string | URL): Promise<BoundaryModule> {
  loading ??= load(wasmUrl).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(url?: string | URL): Promise<BoundaryModule> {
  return createModule({ wasm: await compile(WASM_INSIDE && !url ? await inflated(WASM_INSIDE) : await fetched(url ?? new URL(WASM_FILE, import.meta.url))) });
}

/** A build that has the module in its script has it deflated, in base64; another drops this. */
function inflated(base64: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
}

async function fetched(url: string | URL): Promise<ArrayBuffer> {
  let bytes: ArrayBuffer;
  try {
    const response = await globalThis.fetch(url);
    if (!response.ok) throw new EngineLoadError(`${url}: HTTP ${response.status}. Check that engine.wasm is served beside the script.`);
    bytes = await response.arrayBuffer();
  } catch (error) {
    if (error instanceof EngineLoadError) throw error;
    throw new EngineLoadError(`${url} could not be loaded: offline, or connect-src of the page's policy forbids it.`, { cause: error });
  }
  const start = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (!magic.every((byte, index) => start[index] === byte)) {
    throw new EngineLoadError(`${url} is not WebAssembly (HTML, perhaps). Check the asset's path.`);
  }
  return bytes;
}

async function compile(bytes: ArrayBuffer): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new EngineLoadError("WebAssembly was refused: the page's script-src needs 'wasm-unsafe-eval'.", { cause: error });
  }
}
