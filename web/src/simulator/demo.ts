/** The simulator behind a page's own requests, for a service worker: a demo on any static host, with nothing installed. */
import { Simulator } from './simulator.ts'
import type { SimulatedResponse } from './types.ts'

/** Simulated seconds in a real one. */
export const demoSpeed = 20

/** The only thing kept, and where: when the world began. */
export const demoCache = 'azure-backup-jobs-demo'

/** New jobs begin for a day, which is 72 minutes here: a page that is opened later than this finds a world that begins anew. */
const worldLasts = (20 * 3_600_000) / demoSpeed

export interface StartStore {
  read(): Promise<number | undefined>
  write(at: number): Promise<void>
}

/** In the Cache API, the one store that a worker has without a schema. `key`: any URL of the worker's own origin. */
export function startInCache(caches: Pick<CacheStorage, 'open'>, key: string): StartStore {
  return {
    async read() {
      const kept = await (await caches.open(demoCache)).match(key)
      const at = kept === undefined ? NaN : Number(await kept.text())
      return Number.isFinite(at) ? at : undefined
    },
    async write(at) {
      await (await caches.open(demoCache)).put(key, new Response(String(at)))
    },
  }
}

export interface DemoOptions {
  /** The worker script's URL: its origin is the endpoint, and config.json lies beside it as beside the page. */
  script: string
  store: StartStore
  clock(): number
}

const isOver = (startedAt: number, now: number): boolean => now - startedAt >= worldLasts

interface Running { simulator: Simulator; startedAt: number }

const wait = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

/** A body that comes late, or breaks off: as far as a worker has the wire in its hands. */
function late(body: Uint8Array, ms: number, until: number | undefined): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      await wait(ms)
      controller.enqueue(body.slice(0, until))
      if (until === undefined || until >= body.length) controller.close()
      else controller.error(new TypeError('The connection was broken.'))
    },
  })
}

/** Statuses whose answers must have no body at all. */
const bodyless = new Set([101, 204, 205, 304])

async function responseOf({ status, headers, body, wire = {} }: SimulatedResponse): Promise<Response> {
  if (wire.hang === true) return new Promise(() => undefined)
  if (wire.delayMs !== undefined) await wait(wire.delayMs)
  if (wire.drop !== undefined) return Response.error()
  if (bodyless.has(status)) return new Response(null, { status, headers })
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body)
  const broken = wire.bodyDelayMs !== undefined || wire.truncateAt !== undefined
  return new Response(broken ? late(bytes, wire.bodyDelayMs ?? 0, wire.truncateAt) : bytes, { status, headers })
}

export class Demo {
  readonly #options: DemoOptions
  readonly #config: string
  readonly #origin: string
  #running: Promise<Running> | undefined

  constructor(options: DemoOptions) {
    this.#options = options
    this.#origin = new URL(options.script).origin
    this.#config = new URL('config.json', options.script).pathname
  }

  /** Undefined for what is not the demo's: it is left to the browser. Told at once, as respondWith must be. */
  answer(request: Request): Promise<Response> | undefined {
    const url = new URL(request.url)
    if (url.origin !== this.#origin) return undefined
    if (/^\/(?:subscriptions|providers)(?:\/|$)/i.test(url.pathname)) return this.#arm(request, url)
    return url.pathname === this.#config && request.method === 'GET' ? this.#settings() : undefined
  }

  /** Simulated time runs from the world's beginning; a clock that was put back makes it wait. */
  #now(startedAt: number): number {
    return Math.floor(startedAt + demoSpeed * Math.max(0, this.#options.clock() - startedAt))
  }

  /** A browser stops an idle worker and starts it again: the world goes on where it was, as it depends on its beginning and the time alone.
   *  What users did in it is then forgotten: a job they cancelled runs on, a sample they opened begins anew. */
  async #begin(opening: boolean): Promise<Running> {
    const { store, clock, script } = this.#options
    const now = clock()
    // Without a store, as in some private windows, the world lasts as long as the worker.
    const kept = await store.read().catch(() => undefined)
    const startedAt = kept !== undefined && kept <= now && !(opening && isOver(kept, now)) ? kept : now
    if (startedAt !== kept) await store.write(startedAt).catch(() => undefined)
    // Its only token is the page's own: no real one is ever accepted.
    return { simulator: new Simulator({ origin: new URL(script).origin, startedAt, busy: true, fleet: { subscriptions: 4, vaults: 24, jobs: 3000 }, budgetPerHour: Infinity }), startedAt }
  }

  /** `opening`: for a page that is just opened. Under one that is open the world never changes. */
  async #world(opening = false): Promise<Running> {
    const running = (this.#running ??= this.#begin(opening))
    if (!opening || !isOver((await running).startedAt, this.#options.clock())) return running
    if (this.#running === running) this.#running = this.#begin(true)
    return this.#running
  }

  async #arm(request: Request, url: URL): Promise<Response> {
    const { simulator, startedAt } = await this.#world()
    const body = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text()
    return responseOf(simulator.handle({ method: request.method, url: url.pathname + url.search, headers: Object.fromEntries(request.headers), body }, this.#now(startedAt)))
  }

  /** What the page reads instead of the file that lies there, if one does. */
  async #settings(): Promise<Response> {
    const { simulator } = await this.#world(true)
    return Response.json({
      endpoint: this.#origin,
      simulated: { speed: demoSpeed, token: 'simulated-token', samples: simulator.samples(), vaults: [simulator.vault()], demo: true },
      // Seconds pass faster here, so the polls do too.
      pollEvery: { floor: 250, ceiling: 6000 },
      requestsPerHour: 120 * demoSpeed,
    }, { headers: { 'cache-control': 'no-store' } })
  }
}
