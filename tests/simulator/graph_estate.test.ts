import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentationVault, mainVault, vaultId, type Simulator } from '../../web/src/simulator/index.ts'
import { itemsOf, pages } from './items_support.ts'
import { ask, json, newSimulator, s, t0, vault, withVersion } from './support.ts'

const url = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01'
const vaultQuery = "resources | where type in~ ('microsoft.recoveryservices/vaults','microsoft.dataprotection/backupvaults') | project id,name,type,location,subscriptionId | order by id asc"
const itemQuery = "recoveryservicesresources | where type in~ ('microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems','microsoft.dataprotection/backupvaults/backupinstances') | project id,name,type,properties | order by id asc"
const jobQuery = "recoveryservicesresources | where type in~ ('microsoft.recoveryservices/vaults/backupjobs','microsoft.dataprotection/backupvaults/backupjobs') | project id,name,type,properties | order by id asc"
const question = (sim: Simulator, body: unknown, now = t0, token?: string) => ask(sim, url, now, { method: 'POST', body: JSON.stringify(body), ...(token ? { token } : {}) })
const rows = (sim: Simulator, query: string, more: object = {}, now = t0): any[] => json(question(sim, { query, options: { $top: 1000 }, ...more }, now)).data

/** All pages; asked slowly enough for the quota. */
function paged(sim: Simulator, query: string, $top: number, more: object = {}): { all: any[]; sizes: number[] } {
  const all: any[] = []
  const sizes: number[] = []
  for (let token: string | undefined, now = t0; ; now += s(1)) {
    const r = json(question(sim, { query, options: { $top, ...(token ? { $skipToken: token } : {}) }, ...more }, now))
    assert.deepEqual([r.count, r.resultTruncated], [r.data.length, r.$skipToken ? 'true' : 'false'])
    all.push(...r.data)
    sizes.push(r.count)
    token = r.$skipToken
    if (token === undefined) return { all, sizes }
  }
}

const sortedIds = (all: any[]): string[] => all.map(({ id }) => id.toLowerCase())
const inOrder = (all: any[]): void => assert.deepEqual(sortedIds(all), sortedIds(all).sort())

test('all vaults of both kinds in one query, without naming subscriptions', () => {
  const sim = newSimulator({ busy: true })
  const all = rows(sim, vaultQuery)
  inOrder(all)
  assert.deepEqual(all.map(({ name }) => name).sort(), ['abdemovault', 'bv-contoso-weu', 'rsv-contoso-neu', 'rsv-contoso-prod', 'rsv-contoso-weu'])
  for (const row of all) {
    assert.deepEqual(Object.keys(row), ['id', 'name', 'type', 'location', 'subscriptionId'])
    assert.equal(row.type, row.type.toLowerCase())
    assert.ok(row.id.includes(row.subscriptionId))
  }
  assert.deepEqual(rows(sim, vaultQuery, { subscriptions: [documentationVault.subscription] }).map(({ id }) => id), [vaultId(documentationVault)])
  assert.deepEqual(paged(sim, vaultQuery, 2), { all, sizes: [2, 2, 1] })
  const whole = rows(sim, vaultQuery.replace(/ \| project [^|]+/, ''))[0]
  for (const column of ['tenantId', 'resourceGroup', 'sku', 'properties']) assert.ok(whole[column], column)
})

test('items and instances have the bodies of their own lists', () => {
  const sim = newSimulator({ busy: true })
  const all = rows(sim, itemQuery)
  inOrder(all)
  const under = (id: string): any[] => all.filter((row) => row.id.startsWith(`${id}/`))
  for (const id of [vault, sim.vault()]) {
    assert.deepEqual(under(id).map(({ name, properties }) => ({ name, properties })), itemsOf(sim, id, t0, undefined, '2025-02-01').map(({ name, properties }) => ({ name, properties })))
    assert.ok(under(id).length > 5)
  }
  const bv = `/subscriptions/${mainVault.subscription}/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-contoso-weu`
  const instances = pages(sim, withVersion(`${bv}/backupInstances`, '2024-04-01'), t0).all
  assert.deepEqual(under(bv).map(({ properties }) => properties), instances.map(({ properties }) => properties))
  assert.ok(all.every(({ type }) => /^microsoft\.(recoveryservices\/vaults\/backupfabrics\/protectioncontainers\/protecteditems|dataprotection\/backupvaults\/backupinstances)$/.test(type)))
  assert.deepEqual(sortedIds(paged(sim, itemQuery, 50).all), sortedIds(all))
  const narrowed = itemQuery.replace(' | project', ` and id startswith '${vault.toUpperCase()}/' | project`)
  assert.deepEqual(sortedIds(rows(sim, narrowed, {}, t0 + s(30))), sortedIds(under(vault)))
})

test('jobs of everything, without subscriptions and without a vault; or of one vault, or one job', () => {
  const sim = newSimulator({ busy: true })
  const all = paged(sim, jobQuery, 1000).all
  inOrder(all)
  assert.ok(all.length > 2000)
  assert.equal(new Set(sortedIds(all)).size, all.length)
  assert.deepEqual(paged(newSimulator({ busy: true }), jobQuery, 1000, { subscriptions: [mainVault.subscription.toUpperCase()] }).all, all, 'the documentation\u2019s job is too old')
  const later = t0 + s(60)
  const begins = (start: string): string => jobQuery.replace(' | project', ` and id startswith '${start}' | project`)
  assert.deepEqual(rows(sim, begins(`${vault}/`), {}, later).map(({ id }) => id), all.filter(({ id }) => id.startsWith(`${vault}/`)).map(({ id }) => id))
  assert.deepEqual(rows(sim, begins(all[77].id), {}, later).map(({ id }) => id), [all[77].id])
  assert.deepEqual(rows(sim, begins(`${vault}x/`), {}, later), [])
  // A bound finds jobs only: nothing else has a start.
  const both = jobQuery.replace("where type in~ (", "where type in~ ('microsoft.dataprotection/backupvaults/backupinstances',")
  const bounded = rows(sim, both.replace(' | project', ' and todatetime(properties.startTime) >= datetime(2026-08-16T07:00:00Z) | project'), {}, later)
  assert.ok(bounded.length > 0 && bounded.every(({ type }) => type.endsWith('/backupjobs')))
})

test('a table has its own types only, and other queries are refused', () => {
  const sim = newSimulator()
  assert.deepEqual(rows(sim, vaultQuery.replace(/^resources/, 'recoveryservicesresources')), [])
  assert.deepEqual(rows(sim, jobQuery.replace(/^\w+/, 'resources')), [])
  const bad = ['resources', 'things | project id', vaultQuery.replace('order by id asc', 'order by name asc'), `${vaultQuery} | take 5`, itemQuery.replace('| project', '| extend a = 1 | project'), 5, null]
  const accepted = new Set(['resources'])
  let now = t0 + s(10)
  for (const query of bad) {
    const r = question(sim, { query }, now += s(1))
    // A table alone is a query; none of its types was asked for.
    assert.equal(r.status, accepted.has(String(query)) ? 200 : 400, String(query))
  }
  for (const body of [null, [], 7]) assert.equal(question(sim, body, now += s(1)).status, 400)
  for (const $skipToken of ['nonsense', 'LTE', btoa('{}')]) assert.equal(question(sim, { query: vaultQuery, options: { $skipToken } }, now += s(1)).status, 400, $skipToken)
})

test('permission: a subscription without vaults is empty, a stranger\u2019s is refused, some of several are left out silently', () => {
  const sim = newSimulator()
  const empty = '8e2b90a4-15d7-4f36-b0c8-7a91d3e65f20'
  const stranger = 'ffffffff-0000-4000-8000-000000000000'
  assert.deepEqual(rows(sim, vaultQuery, { subscriptions: [empty] }), [])
  assert.equal(question(sim, { query: vaultQuery, subscriptions: [stranger] }).status, 403)
  assert.deepEqual(rows(sim, vaultQuery, { subscriptions: [stranger, mainVault.subscription] }).length, 3)
  const refused = question(sim, { query: vaultQuery }, t0, 'forbidden-token')
  assert.match(json(refused).error.message, /action 'Microsoft\.ResourceGraph\/resources\/read'/)
})

test('fifteen queries in five seconds, whatever they ask; the sixteenth is told when', () => {
  const sim = newSimulator()
  const queries = [vaultQuery, itemQuery, jobQuery]
  const answers = Array.from({ length: 16 }, (_, n) => question(sim, { query: queries[n % 3], options: { $top: 1 } }, t0 + n * 100))
  assert.deepEqual(answers.map(({ status }) => status), [...Array<number>(15).fill(200), 429])
  assert.deepEqual(answers.map(({ headers }) => Number(headers['x-ms-user-quota-remaining'])), [14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0])
  assert.equal(answers[15]?.headers['x-ms-user-quota-resets-after'], '00:00:05')
  assert.equal(question(sim, { query: jobQuery }, t0 + 1500 + s(5)).status, 200)
})
