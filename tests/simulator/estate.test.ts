import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentationVault, mainVault, secondVault, vaultId } from '../../web/src/simulator/index.ts'
import { pages } from './items_support.ts'
import { ask, json, newSimulator, origin, t0, vault, withVersion } from './support.ts'

const subscriptionsUrl = withVersion('/subscriptions', '2022-12-01')
const here = `/subscriptions/${mainVault.subscription}`
const empty = '/subscriptions/8e2b90a4-15d7-4f36-b0c8-7a91d3e65f20'
const at = (path: string): string => withVersion(path, '2024-04-01')
const recovery = '/providers/Microsoft.RecoveryServices/vaults'
const protection = '/providers/Microsoft.DataProtection/backupVaults'
const names = (all: any[]): string[] => all.map(({ name }) => name)

test('subscriptions have an id, a name, a state and a tenant; also those without a vault', () => {
  const r = ask(newSimulator(), subscriptionsUrl, t0)
  assert.deepEqual(Object.keys(json(r)), ['value'])
  assert.equal(r.headers['x-ms-ratelimit-remaining-tenant-reads'], '11999')
  const { value } = json(r)
  assert.deepEqual(value.map((s: any) => s.displayName).sort(), ['Contoso Production', 'Contoso Sandbox', 'Documentation'])
  for (const s of value) {
    assert.equal(s.id, `/subscriptions/${s.subscriptionId}`)
    assert.deepEqual([s.state, s.tenantId, s.managedByTenants], ['Enabled', 'c0ffee00-0000-4000-8000-00000000c0de', []])
  }
})

test('subscriptions come in pages, if so wanted', () => {
  const whole = pages(newSimulator(), subscriptionsUrl, t0)
  assert.deepEqual(whole.sizes, [3])
  const paged = pages(newSimulator({ subscriptionPageSize: 2 }), subscriptionsUrl, t0)
  assert.deepEqual([paged.all, paged.sizes], [whole.all, [2, 1]])
  const live = newSimulator()
  live.configure({ subscriptionPageSize: 1 })
  assert.match(json(ask(live, subscriptionsUrl, t0)).nextLink, /^https:\/\/arm\.simulated\.example\/subscriptions\?api-version=2022-12-01&\$skiptoken=[\w-]+$/)
  assert.equal(ask(live, `${subscriptionsUrl}&$skiptoken=nonsense`, t0).status, 400)
})

test('vaults of a subscription, of a group, and one; paths in any case', () => {
  const sim = newSimulator()
  const all = pages(sim, at(here + recovery), t0).all
  assert.deepEqual(names(all), [secondVault.name, mainVault.name])
  for (const v of all) {
    assert.equal(v.id, `${here}/resourceGroups/rg-backup${recovery}/${v.name}`)
    assert.deepEqual([v.type, v.sku.name, v.properties.provisioningState], ['Microsoft.RecoveryServices/vaults', 'RS0', 'Succeeded'])
  }
  assert.deepEqual(pages(sim, at(`${here}/resourceGroups/RG-BACKUP${recovery}`.toUpperCase()), t0).all, all)
  assert.deepEqual(names(pages(sim, at(here + protection), t0).all), ['bv-contoso-weu'])
  assert.deepEqual(names(pages(sim, at(`${here}/resourceGroups/rg-backup${protection}`), t0).all), ['bv-contoso-weu'])
  const one = json(ask(sim, at(vault), t0))
  assert.deepEqual([one.id, one.location, one.properties.redundancySettings], [vault, 'westeurope', { standardTierStorageRedundancy: 'GeoRedundant', crossRegionRestore: 'Enabled' }])
  assert.equal(json(ask(sim, at(vaultId(secondVault)), t0)).properties.redundancySettings.crossRegionRestore, 'Disabled')
  const backup = json(ask(sim, at(`${here}/resourceGroups/rg-backup${protection}/bv-contoso-weu`), t0))
  assert.deepEqual([backup.type, backup.properties.storageSettings[0].datastoreType], ['Microsoft.DataProtection/BackupVaults', 'VaultStore'])
  // Spelled as its maker spelled it.
  assert.equal(json(ask(sim, at(vaultId(documentationVault)), t0)).id, vaultId(documentationVault))
  for (const kind of [recovery, protection]) assert.deepEqual(json(ask(sim, at(empty + kind), t0)), { value: [] })
})

test('vaults page unevenly, by a token with a small t, and the last page has no link at all', () => {
  const fleet = { subscriptions: 1, vaults: 60, jobs: 60 }
  const sim = newSimulator({ fleet, vaultPageSize: 40 })
  const subscription = json(ask(sim, subscriptionsUrl, t0)).value.find((s: any) => !/^(Contoso|Documentation)/.test(s.displayName))
  const url = at(subscription.id + recovery)
  const { all, sizes } = pages(sim, url, t0)
  assert.equal(new Set(all.map(({ id }) => id)).size, 60)
  assert.ok(sizes.length >= 3 && sizes[0] === 40 && new Set(sizes).size > 1, String(sizes))
  const first = json(ask(sim, url, t0)).nextLink as string
  assert.ok(first.startsWith(`${origin}${subscription.id}${recovery}?api-version=2024-04-01&$skiptoken=`))
  let last: any
  for (let next: string | undefined = url; next; next = last.nextLink) last = json(ask(sim, next, t0))
  assert.deepEqual(Object.keys(last), ['value'])
  assert.equal(ask(sim, `${url}&$skiptoken=nonsense`, t0).status, 400)
  assert.deepEqual(pages(newSimulator({ fleet, vaultPageSize: 1000 }), url, t0), { all, sizes: [60] })
  assert.deepEqual(pages(newSimulator({ fleet, vaultPageSize: 3 }), at(subscription.id + protection), t0).all.length, 6)
})

test('regions come in one piece and name their pair, if they have one', () => {
  const sim = newSimulator()
  const url = withVersion(`${here}/locations`, '2022-12-01')
  const body = json(ask(sim, url, t0))
  assert.deepEqual(Object.keys(body), ['value'])
  const named = (name: string): any => body.value.find((l: any) => l.name === name)
  assert.deepEqual(named('westeurope').metadata.pairedRegion, [{ name: 'northeurope', id: `${here}/locations/northeurope` }])
  assert.deepEqual([named('polandcentral').metadata.pairedRegion, named('europe').metadata.pairedRegion], [[], undefined])
  // Every vault's region is told.
  const estate = newSimulator({ fleet: { subscriptions: 2, vaults: 60, jobs: 0 } })
  for (const { id } of pages(estate, subscriptionsUrl, t0).all) {
    for (const kind of [recovery, protection]) for (const { location } of pages(estate, at(id + kind), t0).all) assert.ok(named(location), location)
  }
  assert.equal(json(ask(sim, withVersion(`${here}/locations`, '2024-04-01'), t0)).error.code, 'InvalidApiVersionParameter')
  assert.equal(ask(sim, url, t0, { method: 'POST' }).status, 405)
  assert.equal(json(ask(sim, url.replace(/3f6c/, 'ffff'), t0)).error.code, 'SubscriptionNotFound')
  assert.match(json(ask(sim, url, t0, { token: 'forbidden-token' })).error.message, /action 'Microsoft\.Resources\/subscriptions\/locations\/read'/)
})

test('refusals: versions, methods, what does not exist', () => {
  const sim = newSimulator()
  const guid = '11111111-2222-4333-8444-555555555555'
  const cases: [string, string, number, string, RegExp?][] = [
    ['GET', '/subscriptions', 400, 'MissingApiVersionParameter'],
    ['GET', withVersion('/subscriptions', '2031-01-01'), 400, 'InvalidApiVersionParameter', /The supported versions are '2024-11-01,.*2022-12-01/],
    ['GET', withVersion('/subscriptions', '2024-04-01'), 400, 'InvalidApiVersionParameter'],
    ['POST', subscriptionsUrl, 405, 'MethodNotAllowed'],
    ['GET', withVersion(here + recovery, '2031-01-01'), 400, 'NoRegisteredProviderFound', /for type 'vaults'\. The supported api-versions are '2016-06-01, .*2025-08-01'/],
    ['GET', withVersion(vault, '2017-07-01'), 400, 'NoRegisteredProviderFound'],
    ['GET', withVersion(here + protection, '2025-02-01'), 400, 'NoRegisteredProviderFound', /for type 'backupVaults'\. The supported api-versions are '2021-07-01, /],
    ['DELETE', at(vault), 405, 'MethodNotAllowed'], ['POST', at(here + recovery), 405, 'MethodNotAllowed'],
    ['GET', at(`/subscriptions/${guid}${recovery}`), 404, 'SubscriptionNotFound'], ['GET', at(`/subscriptions/${guid}${protection}`), 404, 'SubscriptionNotFound'],
    ['GET', at(`${here}/resourceGroups/rg-gone${recovery}`), 404, 'ResourceGroupNotFound'], ['GET', at(`${here}/resourceGroups/rg-gone${protection}`), 404, 'ResourceGroupNotFound'],
    ['GET', at(`${vault}-gone`), 404, 'ResourceNotFound'], ['GET', at(`${here}/resourceGroups/rg-backup${protection}/bv-gone`), 404, 'ResourceNotFound', /backupVaults\/bv-gone' under resource group 'rg-backup'/],
    ['GET', at(`${here}${recovery}/${mainVault.name}`), 404, 'MissingSubscription'],
    ['GET', at(`/subscriptions//resourceGroups/rg-backup${recovery}`), 400, 'InvalidApiVersionParameter'],
  ]
  for (const [method, url, status, code, text] of cases) {
    const r = ask(sim, url, t0, { method })
    assert.deepEqual([r.status, json(r).error.code], [status, code], url)
    if (text) assert.match(json(r).error.message, text)
  }
})

test('a subscription whose vaults may not be listed: each list has its own action, and nothing else is refused', () => {
  const sim = newSimulator()
  sim.addFault({ path: `${here}${recovery}?`, times: -1, answer: { kind: 'status', status: 403 } })
  const refused = ask(sim, at(here + recovery), t0)
  assert.equal(refused.status, 403)
  assert.match(json(refused).error.message, new RegExp(`action 'Microsoft\\.RecoveryServices/vaults/read' over scope '${here}${recovery}'`))
  for (const url of [subscriptionsUrl, at(here + protection), at(empty + recovery), at(vault), withVersion(`${vault}/backupJobs`)]) assert.equal(ask(sim, url, t0).status, 200, url)
  sim.addFault({ path: '/backupVaults?', times: -1, answer: { kind: 'status', status: 403 } })
  assert.match(json(ask(sim, at(here + protection), t0)).error.message, /action 'Microsoft\.DataProtection\/backupVaults\/read' over scope/)
  sim.addFault({ path: '/subscriptions?', answer: { kind: 'status', status: 403 } })
  assert.match(json(ask(sim, subscriptionsUrl, t0)).error.message, /action 'Microsoft\.Resources\/subscriptions\/read'/)
})

test('who is allowed nothing sees no subscription, and may not list any vaults', () => {
  const sim = newSimulator()
  const token = 'forbidden-token'
  assert.deepEqual(json(ask(sim, subscriptionsUrl, t0, { token })), { value: [] })
  assert.match(json(ask(sim, at(here + recovery), t0, { token })).error.message, /action 'Microsoft\.RecoveryServices\/vaults\/read'/)
  assert.match(json(ask(sim, at(vault), t0, { token })).error.message, /action 'Microsoft\.RecoveryServices\/vaults\/read'/)
  assert.equal(ask(sim, subscriptionsUrl, t0, { token: null }).status, 401)
})

test('reading the estate takes nothing from the jobs\u2019 budget', () => {
  const sim = newSimulator({ budgetPerHour: 1 })
  for (let n = 0; n < 5; n++) assert.equal(ask(sim, at(here + recovery), t0).headers['x-ms-ratelimit-remaining-subscription-reads'], '11999')
  assert.equal(ask(sim, withVersion(`${vault}/backupJobs`), t0).status, 200)
})
