import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Demo, demoCache, demoSpeed, startInCache, type StartStore } from '../../web/src/simulator/demo.ts'
import { Simulator, type FaultAnswer } from '../../web/src/simulator/index.ts'
import { min, s, t0 } from './support.ts'

const origin = 'https://contoso.example'
const script = `${origin}/tools/backup/demo-worker.js`
const settingsUrl = `${origin}/tools/backup/config.json`
const subscriptionsUrl = `${origin}/subscriptions?api-version=2022-12-01`

/** A browser's part: a real clock, and what outlives the worker. */
function newBrowser(): { at: number; kept: number | undefined; writes: number; start(store?: Partial<StartStore>): Demo } {
  const browser = {
    at: t0, kept: undefined as number | undefined, writes: 0,
    start: (store: Partial<StartStore> = {}): Demo => new Demo({
      script, clock: () => browser.at,
      store: { read: async () => browser.kept, write: async (at) => { browser.kept = at; browser.writes++ }, ...store },
    }),
  }
  return browser
}

const get = (demo: Demo, url: string, init: RequestInit = {}): Promise<Response> => {
  const answer = demo.answer(new Request(url, { ...init, headers: { authorization: 'Bearer simulated-token', ...init.headers as Record<string, string> } }))
  assert.ok(answer, url)
  return answer
}
const read = async (demo: Demo, url: string, init: RequestInit = {}): Promise<any> => (await get(demo, url, init)).json()
const settings = (demo: Demo): Promise<any> => read(demo, settingsUrl)

test('only ARM\u2019s paths and the settings beside the page are answered; all else is left to the browser', async () => {
  const demo = newBrowser().start()
  const left = [
    `${origin}/tools/backup/demo.html`, `${origin}/tools/backup/index.js`, `${origin}/config.json`, `${origin}/tools/backup/sub/config.json`, `${origin}/tools/backup/config.json5`,
    `${origin}/`, `${origin}/subscriptionsandmore`, `${origin}/tools/subscriptions/1`, 'https://management.azure.com/subscriptions?api-version=2022-12-01', 'http://contoso.example/subscriptions',
    'https://login.microsoftonline.com/tools/backup/config.json',
  ]
  for (const url of left) assert.equal(demo.answer(new Request(url)), undefined, url)
  assert.equal(demo.answer(new Request(settingsUrl, { method: 'POST' })), undefined)
  for (const path of ['/subscriptions?api-version=2022-12-01', '/Subscriptions?api-version=2022-12-01', '/SUBSCRIPTIONS/x', '/providers/Microsoft.ResourceGraph/resources', '/Providers/x']) {
    const answer = demo.answer(new Request(`${origin}${path}`))
    assert.ok(answer, path)
    assert.ok((await answer).headers.get('x-ms-request-id'), path)
  }
})

test('the settings name the page\u2019s own origin, a token that is none, and the vault to begin with', async () => {
  const demo = newBrowser().start()
  const r = await get(demo, `${settingsUrl}?v=2`)
  assert.equal(r.headers.get('content-type'), 'application/json')
  assert.equal(r.headers.get('cache-control'), 'no-store')
  const { samples, ...simulated } = (await r.clone().json()).simulated
  assert.deepEqual({ ...(await r.json()), simulated }, {
    endpoint: origin, pollEvery: { floor: 250, ceiling: 6000 }, requestsPerHour: 2400,
    simulated: { speed: 20, token: 'simulated-token', vaults: [new Simulator({ origin, startedAt: t0, busy: true }).vault()], demo: true },
  })
  assert.ok(samples.length > 20 && samples.some((x: any) => x.text.startsWith(origin)))
})

test('no other token is accepted, and none is needed for the settings', async () => {
  const demo = newBrowser().start()
  const status = async (headers: Record<string, string>): Promise<number> => (await demo.answer(new Request(subscriptionsUrl, { headers })))?.status ?? 0
  assert.equal(await status({}), 401)
  assert.equal(await status({ authorization: 'Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.e30.c2ln' }), 401)
  assert.equal(await status({ authorization: 'Bearer simulated-token' }), 200)
})

test('headers, queries and bodies reach the simulator; nothing is throttled by an hour\u2019s budget', async () => {
  const demo = newBrowser().start()
  const [vault] = (await settings(demo)).simulated.vaults
  const listUrl = `${origin}${vault}/backupJobs?api-version=2025-02-01`
  const r = await get(demo, listUrl, { headers: { 'x-ms-client-request-id': 'mine' } })
  assert.equal(r.headers.get('x-ms-client-request-id'), 'mine')
  const { value, nextLink } = await r.json()
  assert.ok(value.length > 100)
  if (nextLink) assert.ok(nextLink.startsWith(origin))
  const query = "recoveryservicesresources | where type in~ ('microsoft.recoveryservices/vaults/backupjobs') | project id,name,type,properties | order by id asc"
  const graph = await read(demo, `${origin}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`, { method: 'POST', body: JSON.stringify({ query, options: { $top: 7 } }) })
  assert.equal(graph.data.length, 7)
  for (let n = 0; n < 200; n++) assert.equal((await get(demo, listUrl)).status, 200)
})

test('twenty simulated seconds a second, from a beginning that is kept', async () => {
  const browser = newBrowser()
  const demo = browser.start()
  const date = async (): Promise<number> => Date.parse((await get(demo, subscriptionsUrl)).headers.get('date') ?? '')
  assert.equal(await date(), t0)
  assert.deepEqual([browser.kept, browser.writes], [t0, 1])
  browser.at += s(30)
  assert.equal(await date(), t0 + s(30) * demoSpeed)
  browser.at -= min(10)
  assert.equal(await date(), t0, 'not before its beginning')
  assert.equal(browser.writes, 1)
})

test('a worker that is started again goes on with the same world, but forgets a cancel', async () => {
  const browser = newBrowser()
  const first = browser.start()
  const [vault] = (await settings(first)).simulated.vaults
  const list = (demo: Demo): Promise<any> => read(demo, `${origin}${vault}/backupJobs?api-version=2025-02-01`)
  browser.at += min(4)
  const before = await list(first)
  assert.deepEqual(await list(browser.start()), before)
  assert.equal(browser.writes, 1)
  const job = (await read(first, `${origin}${vault}/backupJobs?api-version=2025-02-01&$filter=${encodeURIComponent("status eq 'InProgress' and backupManagementType eq 'AzureWorkload'")}`)).value[0]
  assert.ok(job)
  assert.equal((await get(first, `${origin}${job.id}/cancel?api-version=2025-02-01`, { method: 'POST' })).status, 202)
  const status = async (demo: Demo): Promise<string> => (await read(demo, `${origin}${job.id}?api-version=2025-02-01`)).properties.status
  assert.deepEqual([await status(first), await status(browser.start())], ['Cancelling', 'InProgress'])
})

test('the world begins anew for a page that is opened when nothing would happen any more, and never under an open one', async () => {
  const browser = newBrowser()
  const demo = browser.start()
  const date = async (of: Demo): Promise<number> => Date.parse((await get(of, subscriptionsUrl)).headers.get('date') ?? '')
  await settings(demo)
  browser.at += min(59)
  await settings(demo)
  assert.equal(browser.kept, t0)
  browser.at += min(2)
  assert.equal(await date(demo), t0 + min(61) * demoSpeed)
  assert.equal(await date(browser.start()), t0 + min(61) * demoSpeed)
  assert.equal(browser.kept, t0)
  // Two that open at once meet the same world.
  await Promise.all([settings(demo), settings(demo)])
  assert.deepEqual([browser.kept, browser.writes, await date(demo)], [t0 + min(61), 2, t0 + min(61)])
  browser.at += min(200)
  await settings(browser.start())
  assert.equal(browser.kept, t0 + min(261))
  // A beginning that is yet to come is nobody\u2019s: the clock was wrong then.
  browser.at = t0
  await settings(browser.start())
  assert.equal(browser.kept, t0)
})

test('without a store there is a world all the same', async () => {
  const refuse = (): Promise<never> => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'))
  const browser = newBrowser()
  for (const store of [{ read: refuse, write: refuse }, { write: refuse }, { read: async () => NaN }]) assert.equal((await settings(browser.start(store))).endpoint, origin)
})

/** The part of the Cache API that is used. */
function newCaches(): { caches: Pick<CacheStorage, 'open'>; all: Map<string, Map<string, string>> } {
  const all = new Map<string, Map<string, string>>()
  const open = async (name: string): Promise<Cache> => {
    const held = all.get(name) ?? new Map<string, string>()
    all.set(name, held)
    return {
      match: async (key: string) => (held.has(key) ? new Response(held.get(key)) : undefined),
      put: async (key: string, r: Response) => void held.set(key, await r.text()),
    } as unknown as Cache
  }
  return { caches: { open } as Pick<CacheStorage, 'open'>, all }
}

test('the beginning is kept in one cache, under one key, and nothing else is', async () => {
  const { caches, all } = newCaches()
  const store = startInCache(caches, `${origin}/began`)
  assert.equal(await store.read(), undefined)
  await store.write(t0)
  assert.equal(await store.read(), t0)
  assert.deepEqual([...all].map(([name, held]) => [name, [...held]]), [[demoCache, [[`${origin}/began`, String(t0)]]]])
  all.get(demoCache)?.set(`${origin}/began`, 'something else')
  assert.equal(await store.read(), undefined)
})

test('what the wire does, as far as a worker has it in its hands', async () => {
  const fault = async (answer: FaultAnswer): Promise<Response> => {
    const original = Simulator.prototype.handle
    // The demo has no way to arm a fault, so its simulator is given one here.
    Simulator.prototype.handle = function (this: Simulator, ...given) {
      Simulator.prototype.handle = original
      this.addFault({ answer })
      return original.apply(this, given)
    }
    return get(newBrowser().start(), subscriptionsUrl)
  }
  assert.equal((await fault({ kind: 'drop' })).type, 'error')
  assert.equal((await (await fault({ kind: 'slow', ms: 5 })).json()).value.length, 7)
  assert.equal((await (await fault({ kind: 'delay-body', ms: 5 })).json()).value.length, 7)
  await assert.rejects((await fault({ kind: 'truncate', at: 20 })).text())
  for (const status of [204, 304]) assert.equal((await fault({ kind: 'status', status })).status, status)
  const late = await Promise.race([fault({ kind: 'hang' }), new Promise((resolve) => { setTimeout(() => resolve('nothing'), 30) })])
  assert.equal(late, 'nothing')
})

test('the worker itself: takes over at once, and answers what the demo answers', async () => {
  const listeners = new Map<string, (event: any) => void>()
  const { caches, all } = newCaches()
  const did: string[] = []
  const scope = {
    location: { href: script }, caches, clients: { claim: async () => void did.push('claim') }, skipWaiting: async () => void did.push('skip'),
    addEventListener: (name: string, listener: (event: any) => void) => void listeners.set(name, listener),
  }
  Object.defineProperty(globalThis, 'self', { value: scope, configurable: true })
  await import('../../web/src/simulator/worker_host.ts')
  const waited: Promise<unknown>[] = []
  for (const name of ['install', 'activate']) listeners.get(name)?.({ waitUntil: (done: Promise<unknown>) => waited.push(done) })
  await Promise.all(waited)
  assert.deepEqual([did, waited.length], [['skip', 'claim'], 2])
  const answers: Promise<Response>[] = []
  const fetched = (url: string): void => listeners.get('fetch')?.({ request: new Request(url, { headers: { authorization: 'Bearer simulated-token' } }), respondWith: (r: Promise<Response>) => answers.push(r) })
  fetched(`${origin}/tools/backup/demo.html`)
  assert.equal(answers.length, 0)
  fetched(settingsUrl)
  fetched(subscriptionsUrl)
  assert.deepEqual((await Promise.all(answers)).map(({ status }) => status), [200, 200])
  assert.deepEqual([...all].map(([name, held]) => [name, held.size]), [[demoCache, 1]])
})
