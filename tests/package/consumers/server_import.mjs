// Imports every export of the package as a server would, and prints what that read, wrote and left on globalThis: node server_import.mjs [absent | watched]
import { readFileSync } from 'node:fs';

/** What only browsers have, or browsers and this Node, and whatever else is known to be looked for by name. */
const names = [
  'window', 'self', 'document', 'navigator', 'location', 'history', 'screen', 'name', 'status', 'event', 'parent', 'top', 'frames', 'customElements', 'CustomElementRegistry',
  'HTMLElement', 'Element', 'Node', 'ShadowRoot', 'DocumentFragment', 'CSSStyleSheet', 'Event', 'EventTarget', 'CustomEvent', 'MessageChannel', 'BroadcastChannel',
  'MutationObserver', 'ResizeObserver', 'IntersectionObserver', 'fetch', 'Request', 'Response', 'Headers', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker',
  'localStorage', 'sessionStorage', 'indexedDB', 'caches', 'matchMedia', 'getComputedStyle', 'requestAnimationFrame', 'cancelAnimationFrame', 'requestIdleCallback',
  'addEventListener', 'removeEventListener', 'dispatchEvent', 'trustedTypes', 'Notification', 'visualViewport', 'devicePixelRatio', 'innerWidth', 'innerHeight',
  'Blob', 'File', 'FileReader', 'FormData', 'DecompressionStream', 'DOMParser', 'XMLSerializer', 'Range', 'Selection', 'getSelection', 'alert', 'open', 'close',
  'litHtmlVersions', 'litHtmlPolyfillSupport', 'litIssuedWarnings', 'ShadyDOM', 'ShadyCSS', 'Module', 'process', 'importScripts',
];
/** Node's own modules want these of Node for themselves: the getters answer as before. */
const of_node = new Set(['process', 'Event', 'EventTarget', 'MessageChannel', 'BroadcastChannel', 'Blob', 'File', 'FormData', 'Headers', 'Request', 'Response', 'DecompressionStream']);

const how = process.argv[2];
const { exports } = JSON.parse(readFileSync(new URL('../node_modules/azure-backup-jobs/package.json', import.meta.url), 'utf8'));
const touched = new Set();
const at = () => /azure-backup-jobs/.test(new Error().stack.split('\n')[3] ?? '');

for (const name of names) {
  const value = of_node.has(name) ? globalThis[name] : undefined;
  delete globalThis[name];
  if (how === 'absent') {
    if (of_node.has(name)) globalThis[name] = value;
    continue;
  }
  let now = value;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get: () => (at() && touched.add(`read ${name}`), now),
    set: (next) => (at() && touched.add(`wrote ${name}`), (now = next)),
  });
}

const before = new Set(Object.getOwnPropertyNames(globalThis));
const defined = [];
for (const path of Object.keys(exports).filter((path) => !/\.(wasm|json)$/.test(path))) {
  const module = await import(path.replace('.', 'azure-backup-jobs'));
  for (const [name, value] of Object.entries(module)) {
    if (!/^define(Job|Jobs|All)$/.test(name)) continue;
    value();
    defined.push(`${path} ${name}`);
  }
}
console.log(JSON.stringify({ touched: [...touched].sort(), added: Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name)), defined }));
