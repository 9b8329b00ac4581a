/** What Emscripten writes: a factory of the module of boundary.ts. The build says where it is. */
declare module '#engine-module' {
  import type { BoundaryModule } from './boundary.ts';
  export default function createModule(options: { wasm: WebAssembly.Module }): Promise<BoundaryModule>;
}

/** Where the module is, beside the script: the build puts it in. */
declare const WASM_FILE: string;

/** The module itself, deflated, in base64, where the build puts it into the script; else empty. */
declare const WASM_INSIDE: string;
