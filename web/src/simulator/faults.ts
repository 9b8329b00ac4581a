/** Faults on demand: what networks, proxies and the service itself have been seen to do (AZURE.md §8). */
import { htmlPage, readyMade } from './errors.ts'
import { stringify, type Json } from './format.ts'
import type { Fault, FaultAnswer, SimulatedRequest, SimulatedResponse } from './types.ts'

interface Armed {
  readonly fault: Fault
  left: number
  toSkip: number
}

export interface Faults { armed: Armed[] }

export const arm = (faults: Faults, fault: Fault): void => {
  faults.armed.push({ fault, left: fault.times ?? 1, toSkip: fault.skip ?? 0 })
}

const concerns = ({ method, path }: Fault, r: SimulatedRequest): boolean =>
  (method === undefined ? r.method !== 'OPTIONS' : method.toUpperCase() === r.method)
  && (path === undefined || r.url.toLowerCase().includes(path.toLowerCase()))

/** The first fault this request meets, counted down; spent ones are forgotten. */
export function strike(faults: Faults, r: SimulatedRequest): FaultAnswer | undefined {
  for (const a of faults.armed) {
    if (!concerns(a.fault, r)) continue
    if (a.toSkip > 0) {
      a.toSkip--
      continue
    }
    if (a.left > 0) a.left--
    if (a.left === 0) faults.armed = faults.armed.filter((other) => other !== a)
    return a.fault.answer
  }
  return undefined
}

/** Whether the service never sees the request: then nothing starts, moves or is counted. */
export const standsBefore = (f: FaultAnswer): boolean => f.kind === 'status' || f.kind === 'html'

export interface FaultContext { action: string; scope: string; now: number }

/** The answer given in the service's place. */
export function instead(f: FaultAnswer, c: FaultContext): SimulatedResponse {
  if (f.kind === 'status') {
    const made = readyMade(f.status, c.action, c.scope, c.now, f.seconds ?? 60, f.retryAfter)
    const headers = { ...made.headers, ...Object.fromEntries(Object.entries(f.headers ?? {}).map(([k, v]) => [k.toLowerCase(), v])) }
    return { ...made, headers, body: f.body ?? made.body }
  }
  // A captive portal or a proxy: a page with status 200.
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: htmlPage('Sign in to the network') }
}

const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? new TextEncoder().encode(body) : body)

/** A byte that no UTF-8 text contains, inside the first string value. */
function brokenUtf8(body: string | Uint8Array): Uint8Array {
  const good = bytesOf(body)
  const text = new TextDecoder('latin1').decode(good)
  const quote = /:\s*"/.exec(text)
  const at = quote === null ? 0 : quote.index + quote[0].length
  const bad = new Uint8Array(good.length + 2)
  bad.set(good.subarray(0, at))
  bad.set([0xc3, 0x28], at)
  bad.set(good.subarray(at), at + 2)
  return bad
}

/** A page with another link to the next; what is no page stays as it is. */
function linked(r: SimulatedResponse, nextLink: string): SimulatedResponse {
  if (r.status !== 200 || typeof r.body !== 'string') return r
  const page = JSON.parse(r.body) as Record<string, Json>
  return Array.isArray(page['value']) ? { ...r, body: stringify({ ...page, nextLink }) } : r
}

/** What becomes of an answer the service gave to the request for that URL. */
export function spoil(f: FaultAnswer, r: SimulatedResponse, url: string): SimulatedResponse {
  switch (f.kind) {
    case 'status':
    case 'html': return r
    case 'truncate': return { ...r, wire: { truncateAt: f.at } }
    case 'invalid-json': return { ...r, body: typeof r.body === 'string' && r.body !== '' ? `${r.body.slice(0, -1)},,}` : '{"value":[{]' }
    case 'empty': return { ...r, body: '' }
    case 'invalid-utf8': return { ...r, body: brokenUtf8(r.body) }
    case 'body': return { ...r, body: f.body }
    case 'hang': return { ...r, wire: { hang: true } }
    case 'slow': return { ...r, wire: { delayMs: f.ms } }
    case 'drip': return { ...r, wire: { dripMsPerByte: f.msPerByte } }
    case 'drop': return { ...r, wire: { drop: 'before-headers' } }
    case 'next-link': return linked(r, f.url ?? url)
    case 'delay-body': return { ...r, wire: { bodyDelayMs: f.ms } }
  }
}
