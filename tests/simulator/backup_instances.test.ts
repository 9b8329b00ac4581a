/** Instances of Backup vaults: forms, pages, refusals, and the jobs they belong to (ESTATE.md §2.2, §2.3). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pages } from './items_support.ts'
import { ask, json, newSimulator, origin, s, t0, withVersion } from './support.ts'

const bv = '/subscriptions/3f6c1d52-8b0e-4c7a-9e21-64d0b7a85c19/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-contoso-weu'
const version = '2024-04-01'
const url = withVersion(`${bv}/backupInstances`, version)
const sim = newSimulator({ budgetPerHour: Infinity })
const instances = pages(sim, url, t0).all
const named = (name: string): any => instances.find((i) => i.properties.friendlyName === name).properties

test('an instance says what it protects and by which policy, and nothing of its last backup', () => {
  assert.deepEqual(instances.map((i) => i.properties.friendlyName).sort(), ['aks-shop', 'contosodata', 'disk-archive-01', 'disk-data-01', 'disk-data-02', 'disk-new-01', 'pg-finance\\billing', 'pg-orders'])
  for (const i of instances) {
    assert.deepEqual(Object.keys(i), ['properties', 'id', 'name', 'type'])
    assert.equal(i.id, `${bv}/backupInstances/${i.name}`)
    assert.deepEqual([i.type, i.properties.objectType, i.properties.policyInfo.policyId], ['Microsoft.DataProtection/backupVaults/backupInstances', 'BackupInstance', `${bv}/backupPolicies/daily`])
    assert.doesNotMatch(JSON.stringify(i), /lastBackup|recoveryPoint/i)
  }
  const { dataSourceInfo, dataSourceSetInfo, protectionErrorDetails, currentProtectionState, protectionStatus } = named('pg-finance\\billing')
  assert.deepEqual(Object.keys(dataSourceInfo), ['resourceID', 'resourceUri', 'datasourceType', 'resourceName', 'resourceType', 'resourceLocation', 'objectType'])
  assert.match(dataSourceInfo.resourceID, /\/servers\/pg-finance\/databases\/billing$/)
  assert.match(dataSourceSetInfo.resourceID, /\/servers\/pg-finance$/)
  assert.deepEqual([dataSourceSetInfo.resourceName, dataSourceSetInfo.objectType, currentProtectionState, protectionErrorDetails.code], ['pg-finance', 'DatasourceSet', 'ProtectionError', 'UserErrorVaultIdentityNoAccess'])
  assert.equal(protectionStatus.errorDetails.code, protectionErrorDetails.code)
  assert.equal(named('disk-archive-01').currentProtectionState, 'ProtectionStopped')
  assert.deepEqual(named('disk-data-01').protectionStatus, { status: 'ProtectionConfigured' })
})

test('every job names its instance by its id, and the resource it protects', () => {
  ask(sim, sim.samples().find(({ key }) => key === 'bv-disk')?.text ?? '', t0)
  ask(sim, sim.samples().find(({ key }) => key === 'bv-disk')?.text ?? '', t0 + s(10))
  const jobs = pages(sim, withVersion(`${bv}/backupJobs`, version), t0 + s(20)).all
  assert.ok(jobs.some((j) => j.properties.dataSourceName === 'disk-data-02'))
  for (const { properties: job } of jobs) {
    const found = instances.filter((i) => i.id.toLowerCase() === job.backupInstanceId.toLowerCase())
    assert.equal(found.length, 1)
    assert.deepEqual([found[0].properties.dataSourceInfo.resourceID, found[0].properties.friendlyName], [job.dataSourceId, job.backupInstanceFriendlyName])
  }
})

test('pages chain to the end; there is no filter', () => {
  const small = newSimulator({ itemPageSize: 3 })
  const { all, sizes } = pages(small, url, t0)
  assert.deepEqual([all, sizes], [instances, [3, 3, 2]])
  assert.ok(json(ask(small, url, t0)).nextLink.startsWith(`${origin}${bv}/backupInstances?api-version=${version}&$skipToken=`))
  assert.deepEqual(Object.keys(json(ask(sim, url, t0))), ['value'])
  assert.equal(json(ask(sim, `${url}&$filter=${encodeURIComponent("anything eq 'x'")}`, t0)).value.length, instances.length)
  assert.equal(ask(small, `${url}&$skipToken=nonsense`, t0).status, 400)
})

test('refusals: versions, methods, vaults, permissions; a budget of their own', () => {
  const tight = newSimulator({ budgetPerHour: 1 })
  assert.equal(ask(tight, url, t0).status, 200)
  assert.match(json(ask(tight, url, t0)).error.message, /action 'Microsoft\.DataProtection\/backupVaults\/backupInstances\/read' exceeded/)
  assert.equal(ask(tight, withVersion(`${bv}/backupJobs`, version), t0).status, 200)
  const other = ask(sim, withVersion(`${bv}/backupInstances`, '2025-02-01'), t0)
  assert.match(json(other).error.message, /for type 'backupVaults\/backupInstances'\. The supported api-versions are '2021-07-01, /)
  assert.equal(ask(sim, url, t0, { method: 'PUT' }).status, 405)
  assert.equal(ask(sim, url.replace('bv-contoso-weu', 'bv-gone'), t0).status, 404)
  const closed = newSimulator()
  closed.addFault({ path: '/backupInstances', times: -1, answer: { kind: 'status', status: 403 } })
  assert.match(json(ask(closed, url, t0)).error.message, /action 'Microsoft\.DataProtection\/backupVaults\/backupInstances\/read' over scope/)
  assert.equal(ask(closed, withVersion(`${bv}/backupJobs`, version), t0).status, 200)
})
