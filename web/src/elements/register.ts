/** Defines an element; harmless where the name is taken already. */
export function register(name: string, element: CustomElementConstructor, registry: CustomElementRegistry = customElements): void {
  if (registry.get(name)) return;
  // A registry takes each class once; a second name gets a class of its own.
  registry.define(name, registry.getName?.(element) ? class extends element {} : element);
}
