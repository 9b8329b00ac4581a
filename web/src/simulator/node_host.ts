/** The simulator behind a real HTTP server, for `npm start` and the tests: here the wire's faults really happen. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Simulator } from './simulator.ts'
import type { Fault, LiveOptions, SimulatedResponse, SimulatorOptions } from './types.ts'

export interface HostOptions {
  /** Default: the next free one from 4380. */
  port?: number
  host?: string
  /** Simulated seconds in a real one. */
  factor?: number
  startedAt?: number
  simulator?: Partial<SimulatorOptions>
}

export interface SimulatorHost {
  origin: string
  simulator: Simulator
  now(): number
  advance(seconds: number): void
  close(): Promise<void>
}

const firstPort = 4380
const portsToTry = 100

function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
}

async function listen(server: Server, port: number | undefined, host: string): Promise<void> {
  if (port !== undefined) return listenOn(server, port, host)
  for (let p = firstPort; ; p++) {
    try {
      return await listenOn(server, p, host)
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EADDRINUSE' || p >= firstPort + portsToTry) throw e
    }
  }
}

async function textOf(stream: IncomingMessage): Promise<string> {
  stream.setEncoding('utf8')
  let text = ''
  for await (const chunk of stream) text += chunk as string
  return text
}

const headersOf = (r: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(r.headers).map(([k, v]) => [k, Array.isArray(v) ? v.join(', ') : (v ?? '')]))

/** Timers that end with the host. */
interface Timers { after(ms: number, run: () => void): void; clear(): void }

function newTimers(): Timers {
  const pending = new Set<NodeJS.Timeout>()
  return {
    after(ms, run) {
      const t = setTimeout(() => {
        pending.delete(t)
        run()
      }, ms)
      pending.add(t)
    },
    clear() {
      for (const t of pending) clearTimeout(t)
      pending.clear()
    },
  }
}

/** One byte each so many milliseconds, however coarse the clock's own timers are. */
function drip(out: ServerResponse, body: Buffer, msPerByte: number, timers: Timers): void {
  const began = performance.now()
  let sent = 0
  const more = (): void => {
    if (out.destroyed) return
    const due = Math.min(body.length, Math.floor((performance.now() - began) / msPerByte))
    if (due > sent) out.write(body.subarray(sent, due))
    sent = Math.max(sent, due)
    if (sent >= body.length) out.end()
    else timers.after(Math.max(1, msPerByte), more)
  }
  more()
}

function send(r: SimulatedResponse, out: ServerResponse, timers: Timers): void {
  const wire = r.wire ?? {}
  if (wire.hang === true) return
  if (wire.drop === 'before-headers') {
    out.socket?.destroy()
    return
  }
  const body = Buffer.from(r.body as Uint8Array)
  const bodyless = r.status === 204 || r.status === 304
  const begin = (): void => {
    if (out.destroyed) return
    out.writeHead(r.status, bodyless ? r.headers : { ...r.headers, 'content-length': String(body.length) })
    if (bodyless || body.length === 0) {
      out.end()
    } else if (wire.truncateAt !== undefined && wire.truncateAt < body.length) {
      // The whole length is promised; the callback comes once this part has left.
      if (wire.truncateAt <= 0) out.flushHeaders()
      out.write(body.subarray(0, Math.max(0, wire.truncateAt)), () => timers.after(5, () => out.socket?.destroy()))
    } else if (wire.dripMsPerByte !== undefined && wire.dripMsPerByte > 0) {
      out.flushHeaders()
      drip(out, body, wire.dripMsPerByte, timers)
    } else if (wire.bodyDelayMs !== undefined) {
      out.flushHeaders()
      timers.after(wire.bodyDelayMs, () => out.end(body))
    } else {
      out.end(body)
    }
  }
  if (wire.delayMs === undefined) begin()
  else timers.after(wire.delayMs, begin)
}

const controlPrefix = '/__simulator/'

/** Those that JSON can say as they are. */
const liveNames = ['exposeHeaders', 'ignoreFilter', 'itemPageSize', 'subscriptionPageSize', 'vaultPageSize', 'resourceGraph'] as const

/** JSON cannot say Infinity: null or a negative number switches the budget off. */
interface OptionsMessage extends Omit<LiveOptions, 'budgetPerHour'> { budgetPerHour?: number | null }

function control(method: string, name: string, body: string, host: SimulatorHost): { status: number; body: unknown } {
  const { simulator } = host
  const message = (): unknown => (body === '' ? {} : JSON.parse(body))
  switch (`${method} ${name}`) {
    case 'GET samples': return { status: 200, body: { now: host.now(), samples: simulator.samples() } }
    case 'GET log': return { status: 200, body: { now: host.now(), log: simulator.log } }
    case 'POST faults': {
      const given = message() as Fault | Fault[]
      for (const f of Array.isArray(given) ? given : [given]) simulator.addFault(f)
      return { status: 200, body: {} }
    }
    case 'DELETE faults': simulator.clearFaults(); return { status: 200, body: {} }
    case 'POST advance': host.advance((message() as { seconds: number }).seconds); return { status: 200, body: { now: host.now() } }
    case 'POST tokens': simulator.setTokens((message() as { tokens: string[] }).tokens); return { status: 200, body: {} }
    case 'POST options': {
      const { budgetPerHour, ...rest } = message() as OptionsMessage
      const live: LiveOptions = {}
      for (const name of liveNames) if (rest[name] !== undefined) Object.assign(live, { [name]: rest[name] })
      if (budgetPerHour !== undefined) live.budgetPerHour = budgetPerHour === null || budgetPerHour < 0 ? Infinity : budgetPerHour
      simulator.configure(live)
      return { status: 200, body: {} }
    }
    default: return { status: 404, body: { error: `No control route ${method} ${name}` } }
  }
}

function answerControl(request: IncomingMessage, out: ServerResponse, body: string, host: SimulatorHost): void {
  const headers = { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS', 'access-control-allow-headers': '*', 'cache-control': 'no-store' }
  const method = request.method ?? 'GET'
  if (method === 'OPTIONS') {
    out.writeHead(204, headers).end()
    return
  }
  let made: { status: number; body: unknown }
  try {
    made = control(method, (request.url ?? '').slice(controlPrefix.length).replace(/[?#].*$/, ''), body, host)
  } catch (e) {
    made = { status: 400, body: { error: String(e) } }
  }
  out.writeHead(made.status, { ...headers, 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(made.body))
}

export async function hostSimulator(options: HostOptions = {}): Promise<SimulatorHost> {
  const address = options.host ?? '127.0.0.1'
  const server = createServer()
  // The origin is part of every link, so the port comes first.
  await listen(server, options.port, address)
  const { port } = server.address() as AddressInfo
  const startedAt = options.startedAt ?? Date.now()
  const began = performance.now()
  const timers = newTimers()
  let advanced = 0
  const origin = `http://${address.includes(':') ? `[${address}]` : address}:${port}`
  const simulator = new Simulator({ origin, startedAt, ...options.simulator })
  const host: SimulatorHost = {
    origin,
    simulator,
    now: () => Math.floor(startedAt + advanced + (options.factor ?? 1) * (performance.now() - began)),
    advance(seconds) {
      advanced += seconds * 1000
    },
    close() {
      timers.clear()
      return new Promise((resolve, reject) => {
        server.close((e) => (e === undefined ? resolve() : reject(e)))
        server.closeAllConnections()
      })
    },
  }
  server.on('request', (request: IncomingMessage, out: ServerResponse) => {
    void textOf(request).then((body) => {
      const url = request.url ?? '/'
      if (url.startsWith(controlPrefix)) answerControl(request, out, body, host)
      else send(simulator.handle({ method: request.method ?? 'GET', url, headers: headersOf(request), body }, host.now()), out, timers)
    }).catch(() => out.destroy())
  })
  return host
}
