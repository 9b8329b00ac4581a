/** What Emscripten writes: a factory of the module of boundary.ts. The build says where it is. */
declare module '#engine-module' {
  import type { BoundaryModule } from './boundary.ts';
  export default function createModule(options: {
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
  }): Promise<BoundaryModule>;
}
