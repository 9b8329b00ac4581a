/** The demo: the page on a simulated Azure, which a service worker answers for (src/simulator/worker_host.ts); on any static host, with nothing installed. */

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(text: string): string }): { createScriptURL(text: string): string };
}

/** demo.html is the same page, marked. */
export const isDemo = () => document.documentElement.dataset['demo'] !== undefined;

/** Resolves once the worker answers for this page; rejects where there can be none. */
export async function startDemo(): Promise<void> {
  const { serviceWorker } = navigator;
  const script = 'demo-worker.js';
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const url = trustedTypes?.createPolicy('demo-worker', { createScriptURL: () => script }).createScriptURL('') ?? script;
  await serviceWorker.register(url, { scope: './demo' });
  if (serviceWorker.controller) return;
  await new Promise<void>((resolve) => serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true }));
}
