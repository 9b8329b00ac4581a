/** Defines an element; harmless where the name is taken already, and on a server, which has no registry. */
export function register(name: string, element: CustomElementConstructor, registry = globalThis.customElements as CustomElementRegistry | undefined): void {
  if (!registry || registry.get(name)) return;
  // A registry takes each class once; a second name gets a class of its own.
  registry.define(name, registry.getName?.(element) ? class extends element {} : element);
}
