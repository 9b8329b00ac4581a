/** The demo: the page on a simulated Azure, which a service worker answers for (src/simulator/worker_host.ts); on any static host, with nothing installed. */

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(text: string): string }): { createScriptURL(text: string): string };
}

const patience = 15_000;

/** demo.html is the same page, marked. */
export const isDemo = () => document.documentElement.dataset['demo'] !== undefined;

/** Resolves once the worker answers for this page; rejects where there can be none. */
export async function startDemo(): Promise<void> {
  const { serviceWorker } = navigator;
  const script = 'demo-worker.js';
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const url = trustedTypes?.createPolicy('demo-worker', { createScriptURL: () => script }).createScriptURL('') ?? script;
  const isOurs = () => serviceWorker.controller?.scriptURL === new URL(script, document.baseURI).href;
  const registration = await serviceWorker.register(url, { scope: './demo' });
  if (isOurs()) return;
  await new Promise<void>((resolve, reject) => {
    serviceWorker.addEventListener('controllerchange', () => isOurs() && resolve());
    // One that is there already takes over when it is asked to.
    registration.active?.postMessage('claim');
    setTimeout(() => reject(new Error('no worker')), patience);
  });
}
