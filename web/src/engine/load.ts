/** Loads a WebAssembly module: once per page, again after a failure. */
import type { BoundaryModule } from './boundary.ts';
import { EngineLoadError } from './errors.ts';

type Unread = string | URL | Response | BufferSource;

/** Its URL, what a request for it was answered with, its bytes, or itself. */
export type WasmSource = Unread | WebAssembly.Module;

/** A function is asked whenever the module is to be loaded: after a failure, too, when a Response of old has been read already. */
export type Wasm = WasmSource | PromiseLike<WasmSource> | (() => WasmSource | PromiseLike<WasmSource>);

/** What Emscripten writes for a module of boundary.ts, and which file it belongs to: the custom section that the build gives to it, in base64. */
export interface BuiltModule {
  readonly create: (options: { wasm: WebAssembly.Module }) => Promise<BoundaryModule>;
  readonly id: string;
}

const magic = [0x00, 0x61, 0x73, 0x6d];

export class WasmModule {
  readonly #built: BuiltModule;
  #wasm: Wasm;
  #loading: Promise<BoundaryModule> | undefined;

  constructor(built: BuiltModule, wasm: Wasm) {
    this.#built = built;
    this.#wasm = wasm;
  }

  use(wasm: Wasm): void {
    this.#wasm = wasm;
  }

  load(wasm = this.#wasm): Promise<BoundaryModule> {
    this.#loading ??= this.#load(wasm).catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  async #load(wasm: Wasm): Promise<BoundaryModule> {
    if (!globalThis.WebAssembly) throw new EngineLoadError('This browser has no WebAssembly, or was told to do without.');
    let source: WasmSource;
    try {
      source = await (typeof wasm === 'function' ? wasm() : wasm);
    } catch (error) {
      throw new EngineLoadError(`The WebAssembly could not be had: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    const module = source instanceof WebAssembly.Module ? source : await compile(await bytesOf(source as Unread));
    const { create, id } = this.#built;
    const sections = WebAssembly.Module.customSections(module, 'id');
    // An old one from a cache, say, would begin, and then do anything.
    if (!sections[0] || btoa(String.fromCharCode(...new Uint8Array(sections[0]))) !== id) throw new EngineLoadError('This WebAssembly does not belong to this script: it is of another version, or of another entry.');
    try {
      return await create({ wasm: module });
    } catch (error) {
      throw new EngineLoadError('The WebAssembly could not be started: no memory, perhaps.', { cause: error });
    }
  }
}

async function bytesOf(source: Unread): Promise<BufferSource> {
  const isUrl = typeof source === 'string' || source instanceof URL;
  const isResponse = source instanceof Response;
  const name = isUrl ? source : (isResponse && source.url) || 'What was given as WebAssembly';
  let bytes: BufferSource;
  if (isResponse && source.bodyUsed) throw new EngineLoadError(`${name} was read before: hand over a function that asks again.`);
  try {
    const response = isUrl ? await globalThis.fetch(source) : isResponse ? source : undefined;
    if (response && !response.ok) throw new EngineLoadError(`${name}: HTTP ${response.status}. Check that it is served beside the script.`);
    // Not compiled while it streams: hosts that serve it as another type are many.
    bytes = response ? await response.arrayBuffer() : (source as BufferSource);
  } catch (error) {
    if (error instanceof EngineLoadError) throw error;
    throw new EngineLoadError(`${name} could not be loaded: offline, or connect-src of the page's policy forbids it.`, { cause: error });
  }
  const start = ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
  if (!magic.every((byte, index) => start[index] === byte)) throw new EngineLoadError(`${name} is not WebAssembly (HTML, perhaps). Check the asset's path.`);
  return bytes;
}

async function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    // Browsers have no type of error for it, but all of them name the policy.
    throw new EngineLoadError(/polic|csp|unsafe-eval/i.test(String(error)) ? "WebAssembly was refused: the page's script-src needs 'wasm-unsafe-eval'." : 'The WebAssembly is damaged.', { cause: error });
  }
}
