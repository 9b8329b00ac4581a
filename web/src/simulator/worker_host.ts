/** The service worker of the demo page: it controls that page alone (its scope is `./demo`), and answers only what the demo knows. */
import { Demo, startInCache } from './demo.ts'

/** The project is typed for pages; of a worker's own names only these are used. */
interface Waiting extends Event { waitUntil(done: Promise<unknown>): void }
interface Fetching extends Event { readonly request: Request; respondWith(answer: Promise<Response>): void }
interface WorkerScope {
  readonly location: { readonly href: string }
  readonly caches: CacheStorage
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'activate' | 'message', listener: (event: Waiting) => void): void
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void
}
declare const self: WorkerScope

const script = self.location.href
// Where storage is blocked, the mere look at it may throw.
const caches = { open: (name: string): Promise<Cache> => self.caches.open(name) }
const demo = new Demo({ script, store: startInCache(caches, new URL('demo-began', script).href), clock: () => Date.now() })

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
// A page that was loaded past its worker, by a reload with shift, asks to be answered all the same.
self.addEventListener('message', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const answer = demo.answer(event.request)
  if (answer !== undefined) event.respondWith(answer)
})
