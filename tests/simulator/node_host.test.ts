import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { hostSimulator, type SimulatorHost } from '../../web/src/simulator/node_host.ts'
import { mainVault, vaultId, type Fault } from '../../web/src/simulator/index.ts'

const startedAt = Date.UTC(2026, 7, 16, 8)
let host: SimulatorHost
before(async () => { host = await hostSimulator({ startedAt }) })
after(() => host.close())
beforeEach(() => host.simulator.clearFaults())

const url = (): string => `${host.origin}${vaultId(mainVault)}/backupJobs?api-version=2025-02-01`
const get = (o: RequestInit = {}): Promise<Response> => fetch(url(), { ...o, headers: { authorization: 'Bearer simulated-token' } })
const control = (method: string, name: string, body?: unknown): Promise<any> =>
  fetch(`${host.origin}/__simulator/${name}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).then((r) => r.json())
const fault = (answer: Fault['answer']): void => host.simulator.addFault({ answer })

test('it serves the simulator on a local port', async () => {
  assert.match(host.origin, /^http:\/\/127\.0\.0\.1:\d+$/)
  const r = await get()
  assert.equal(r.status, 200)
  assert.equal(r.headers.get('content-type'), 'application/json; charset=utf-8')
  const body: any = await r.json()
  assert.ok(body.value.length > 10)
  const preflight = await fetch(url(), { method: 'OPTIONS', headers: { 'access-control-request-headers': 'authorization' } })
  assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-headers')], [204, 'authorization'])
  assert.ok(host.simulator.samples()[0]?.text.startsWith(host.origin))
})

test('a second host finds the next port; closing frees it although sockets are open', async () => {
  const second = await hostSimulator({ startedAt })
  assert.notEqual(second.origin, host.origin)
  second.simulator.addFault({ answer: { kind: 'hang' } })
  const waiting = fetch(`${second.origin}/x`).then(() => 'answered', () => 'broken')
  const idle = connect(Number(new URL(second.origin).port), '127.0.0.1').on('error', () => undefined)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await second.close()
  assert.equal(await waiting, 'broken')
  idle.destroy()
  await assert.rejects(fetch(second.origin))
})

test('time runs by its factor and can be advanced', async () => {
  const fast = await hostSimulator({ startedAt, factor: 1000, port: 0 })
  const first = fast.now()
  await new Promise((resolve) => setTimeout(resolve, 30))
  const passed = fast.now() - first
  assert.ok(passed >= 25_000 && passed < 2_000_000, String(passed))
  await fast.close()
  const was = host.now()
  host.advance(3600)
  assert.ok(host.now() - was >= 3_600_000 && host.now() - was < 3_700_000)
})

test('a dropped connection has no answer', async () => {
  fault({ kind: 'drop' })
  await assert.rejects(get())
  assert.equal((await get()).status, 200)
})

test('a truncated body breaks off in the middle', async () => {
  for (const at of [0, 40]) {
    fault({ kind: 'truncate', at })
    const r = await get()
    assert.equal(r.status, 200)
    assert.ok(Number(r.headers.get('content-length')) > 1000)
    await assert.rejects(r.text())
  }
  // Fetch throws the part away; on the socket it is there.
  fault({ kind: 'truncate', at: 40 })
  const { hostname, port, pathname, search } = new URL(url())
  const raw = await new Promise<string>((resolve) => {
    let text = ''
    const socket = connect(Number(port), hostname)
    socket.on('data', (d) => { text += d.toString() }).on('error', () => undefined).on('close', () => resolve(text))
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer simulated-token\r\n\r\n`)
  })
  assert.equal(raw.split('\r\n\r\n')[1]?.length, 40)
})

test('a hanging request is never answered', async () => {
  fault({ kind: 'hang' })
  await assert.rejects(get({ signal: AbortSignal.timeout(120) }), { name: 'TimeoutError' })
})

test('slow, dripping and late bodies arrive whole', async () => {
  const timed = async (answer: Fault['answer']): Promise<{ headers: number; all: number; text: string }> => {
    fault(answer)
    const began = performance.now()
    const r = await get()
    const headers = performance.now() - began
    const text = await r.text()
    return { headers, all: performance.now() - began, text }
  }
  const slow = await timed({ kind: 'slow', ms: 120 })
  assert.ok(slow.headers >= 110)
  const late = await timed({ kind: 'delay-body', ms: 150 })
  assert.ok(late.headers < 120 && late.all >= 140, `${late.headers} ${late.all}`)
  const dripping = await timed({ kind: 'drip', msPerByte: 0.02 })
  assert.ok(dripping.headers < 120)
  assert.ok(dripping.all >= dripping.text.length * 0.02 * 0.9, String(dripping.all))
  for (const t of [slow, late, dripping]) assert.ok(JSON.parse(t.text).value.length > 10)
})

test('broken bytes and empty bodies reach the client', async () => {
  fault({ kind: 'invalid-utf8' })
  const bytes = await (await get()).arrayBuffer()
  assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  fault({ kind: 'empty' })
  assert.equal(await (await get()).text(), '')
  fault({ kind: 'status', status: 204 })
  assert.equal((await get()).status, 204)
  fault({ kind: 'status', status: 304 })
  assert.equal((await get()).status, 304)
})

test('the control routes', async () => {
  const { samples, now } = await control('GET', 'samples')
  assert.ok(samples.length > 40)
  assert.equal((await control('POST', 'advance', { seconds: 60 })).now - now >= 60_000, true)
  await control('POST', 'faults', [{ answer: { kind: 'status', status: 503 } }, { answer: { kind: 'empty' } }])
  assert.equal((await get()).status, 503)
  await control('DELETE', 'faults')
  assert.ok((await (await get()).text()).length > 0)
  await control('POST', 'tokens', { tokens: ['other'] })
  assert.equal((await get()).status, 401)
  await control('POST', 'tokens', { tokens: ['simulated-token'] })
  await control('POST', 'options', { exposeHeaders: ['Retry-After'], budgetPerHour: 1 })
  const over = await get()
  assert.deepEqual([over.status, over.headers.get('access-control-expose-headers')], [429, 'Retry-After'])
  await control('POST', 'options', { exposeHeaders: [], budgetPerHour: null, ignoreFilter: true })
  const filtered = await fetch(`${url()}&$filter=nonsense`, { headers: { authorization: 'Bearer simulated-token' } })
  assert.equal(filtered.status, 200)
  await control('POST', 'options', { ignoreFilter: false })
  assert.equal((await get()).status, 200)
  const { log } = await control('GET', 'log')
  assert.equal(log.at(-1).status, 200)
  assert.ok(log.some((l: any) => l.status === 429))
  assert.ok(!JSON.stringify(log).includes('simulated-token'))
  const bad = await fetch(`${host.origin}/__simulator/faults`, { method: 'POST', body: 'not json' })
  assert.equal(bad.status, 400)
  assert.equal((await fetch(`${host.origin}/__simulator/nothing`)).status, 404)
  const preflight = await fetch(`${host.origin}/__simulator/advance`, { method: 'OPTIONS' })
  assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-origin')], [204, '*'])
})
