/** Protected items of Recovery Services vaults: forms, filter, pages, refusals (ESTATE.md §2.1, §5, §6). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondVault, vaultId } from '../../web/src/simulator/index.ts'
import { parseItemFilter } from '../../web/src/simulator/item_list.ts'
import { candidates, itemsOf, itemsUrl, jobsOf, pages, startAll } from './items_support.ts'
import { ask, json, min, newSimulator, origin, s, t0, vault, withVersion } from './support.ts'

const sim = newSimulator({ budgetPerHour: Infinity })
const named = (items: any[], name: string, type?: string): any => {
  const found = items.filter((i) => i.properties.friendlyName === name && (type === undefined || i.properties.protectedItemType === type))
  assert.equal(found.length, 1, name)
  return found[0]
}

test('an item has the id, the name and the type of a protected item; its vault\u2019s id is a whole URL', () => {
  const items = itemsOf(sim, vault)
  assert.ok(items.length > 20)
  for (const item of items) {
    assert.deepEqual(Object.keys(item), ['id', 'name', 'type', 'properties'])
    assert.match(item.id.slice(vault.length), /^\/backupFabrics\/Azure\/protectionContainers\/[^/]+\/protectedItems\/[^/]+$/)
    assert.ok(item.id.startsWith(vault) && item.id.endsWith(`/${item.name}`))
    assert.equal(item.type, 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems')
    assert.equal(item.properties.vaultId, `${origin}${vault}`)
  }
  assert.equal(new Set(items.map((i) => i.id.toLowerCase())).size, items.length)
  assert.ok(itemsOf(sim, vault.replace('/subscriptions/', '/Subscriptions/'))[0].id.startsWith('/Subscriptions/'))
})

test('a machine: its container as its jobs say it, a policy with a name, health', () => {
  const item = named(itemsOf(sim, vault), 'vm-web-02')
  const container = 'iaasvmcontainerv2;rg-backup;vm-web-02'
  assert.ok(item.id.endsWith(`/protectionContainers/IaasVMContainer;${container}/protectedItems/VM;${container}`))
  const p = item.properties
  // The order of a body recorded beside 2026-07-01, and the fields nobody has specified at the end.
  assert.deepEqual(Object.keys(p), ['friendlyName', 'virtualMachineId', 'protectionStatus', 'protectionState', 'healthStatus', 'healthDetails', 'lastBackupStatus', 'lastBackupTime', 'protectedItemDataId', 'policyType',
    'protectedItemType', 'backupManagementType', 'workloadType', 'containerName', 'sourceResourceId', 'policyId', 'policyName', 'lastRecoveryPoint', 'vaultId', 'isArchiveEnabled', 'softDeleteRetentionPeriod', 'sourceSideScanning'])
  assert.deepEqual([p.protectedItemType, p.backupManagementType, p.workloadType, p.containerName], ['Microsoft.Compute/virtualMachines', 'AzureIaasVM', 'VM', container])
  assert.match(p.sourceResourceId, /^\/subscriptions\/[^/]+\/resourceGroups\/rg-backup\/providers\/Microsoft\.Compute\/virtualMachines\/vm-web-02$/)
  assert.equal(p.virtualMachineId, p.sourceResourceId)
  assert.deepEqual([p.protectionState, p.lastBackupStatus, p.healthStatus, p.policyName], ['Protected', 'Completed', 'Passed', 'Daily-30d'])
  assert.equal(p.policyId, `${vault}/backupPolicies/${p.policyName}`)
  assert.ok(Date.parse(p.lastRecoveryPoint) > Date.parse(p.lastBackupTime))
  const failing = named(itemsOf(sim, vault), 'vm-print-01').properties
  assert.deepEqual([failing.protectionState, failing.protectionStatus, failing.lastBackupStatus, failing.healthStatus, failing.healthDetails[0].title, failing.lastRecoveryPoint],
    ['IRPending', 'Unhealthy', 'Failed', 'ActionRequired', 'UserErrorVmProvisioningStateFailed', undefined])
})

test('databases: their server\u2019s name, health instead of a status, an error; shares: their account in the container', () => {
  const items = itemsOf(sim, vault)
  const crm = named(items, 'crm')
  assert.match(crm.id, /\/VMAppContainer;compute;rg-backup;sql-prod-01\/protectedItems\/SQLDataBase;mssqlserver;crm$/)
  const { serverName, parentName, parentType, lastBackupStatus, protectedItemHealthStatus, healthStatus, policyName, policyId, lastBackupErrorDetail } = crm.properties
  assert.deepEqual([serverName, parentName, parentType, lastBackupStatus, protectedItemHealthStatus], ['sql-prod-01', 'MSSQLSERVER', 'AzureVmWorkloadSQLInstance', 'Healthy', 'Healthy'])
  assert.deepEqual([healthStatus, policyName, lastBackupErrorDetail, policyId], [undefined, undefined, undefined, `${vault}/backupPolicies/HourlyLogBackup`])
  const ledger = named(items, 'ledger').properties
  assert.deepEqual([ledger.lastBackupStatus, ledger.lastBackupErrorDetail.code, ledger.protectionState], ['Unhealthy', 'UserErrorSqlLogFull', 'IRPending'])
  assert.deepEqual(items.filter((i) => i.properties.friendlyName === 'orders').map((i) => i.properties.serverName), ['sql-prod-01', 'sql-prod-02'])
  assert.equal(named(items, 'hdb').properties.protectedItemType, 'AzureVmWorkloadSAPHanaDatabase')
  const projects = named(items, 'projects')
  assert.match(projects.name, /^AzureFileShare;[0-9a-f]{64}$/)
  const p = projects.properties
  assert.deepEqual([p.containerName, p.policyName, p.lastBackupStatus, p.workloadType], ['StorageContainer;storage;rg-backup;contosofilesweu', undefined, 'Completed', 'AzureFileShare'])
  assert.ok(p.sourceResourceId.endsWith('/providers/Microsoft.storage/storageAccounts/contosofilesweu'))
})

test('before the first backup a machine has a sentinel, a database and a share have no time', () => {
  const items = itemsOf(newSimulator(), vault)
  const machine = named(items, 'vm-files-02').properties
  assert.deepEqual([machine.protectionState, machine.lastBackupStatus, machine.lastBackupTime, machine.lastRecoveryPoint, machine.healthDetails], ['IRPending', '', '2001-01-01T00:00:00Z', undefined, undefined])
  for (const name of ['archive', 'projects-2']) {
    const p = named(items, name).properties
    assert.deepEqual([p.protectionState, p.lastBackupStatus, 'lastBackupTime' in p], ['IRPending', 'IRPending', false])
  }
  assert.deepEqual(named(items, 'archive').properties.lastBackupErrorDetail, { code: 'Success', message: '' })
})

test('agents, DPM, and a kind nobody has described', () => {
  const items = itemsOf(sim, vault)
  const agent = named(items, 'D:\\ on files-01').properties
  assert.deepEqual([agent.protectedItemType, agent.computerName, agent.backupManagementType, agent.workloadType], ['MabFileFolderProtectedItem', 'files-01.contoso.example', 'MAB', 'FileFolder'])
  const dpm = named(items, 'ledger on sql-07').properties
  assert.deepEqual([dpm.protectedItemType, dpm.backupEngineName, 'lastBackupStatus' in dpm, dpm.policyId], ['DPMProtectedItem', 'dpm-01.contoso.example', false, undefined])
  assert.equal(named(items, 'vol-cad-01').properties.protectedItemType, 'AzureNetAppVolumeProtectedItem')
})

test('items take the form of the version asked for; versions before 2019-05-13 are refused by the service', () => {
  const at = (v: string): any => named(itemsOf(sim, vault, t0, undefined, v), 'vm-web-02').properties
  assert.deepEqual([at('2019-05-13').kpisHealths, at('2019-05-13').isArchiveEnabled, at('2019-05-13').vaultId], [undefined, undefined, undefined])
  assert.equal(at('2021-06-01').kpisHealths.BackupOperationStatusKPI.resourceHealthStatus, 'Healthy')
  assert.deepEqual([at('2023-02-01').vaultId, at('2024-04-01').kpisHealths, at('2024-04-01').softDeleteRetentionPeriod], [undefined, undefined, 0])
  for (const v of ['2016-12-01', '2017-07-01']) {
    const r = ask(sim, itemsUrl(vault, undefined, v), t0)
    assert.deepEqual([r.status, json(r).error.code, r.headers['x-ms-failure-cause']], [400, 'BMSUserErrorInvalidAPIVersionMABProtectedItemsList', 'service'])
    assert.match(json(r).error.message, /2019-05-13 or higher/)
  }
  const unknown = ask(sim, itemsUrl(vault, undefined, '2031-01-01'), t0)
  assert.deepEqual([unknown.status, json(unknown).error.code], [400, 'NoRegisteredProviderFound'])
  assert.match(json(unknown).error.message, /for type 'vaults\/backupProtectedItems'\. The supported api-versions are '2016-12-01, /)
})

test('the recorded filters are understood, and no others', () => {
  const all = itemsOf(sim, vault)
  const count = (f: (p: any) => boolean): number => all.filter((i) => f(i.properties)).length
  const listed = (filter: string): number => itemsOf(sim, vault, t0, filter).length
  for (const type of ['AzureIaasVM', 'AzureStorage', 'AzureWorkload', 'MAB']) {
    assert.ok(count((p) => p.backupManagementType === type) > 0, type)
    assert.equal(listed(`backupManagementType eq '${type}'`), count((p) => p.backupManagementType === type), type)
  }
  assert.equal(listed("backupManagementType eq 'AzureWorkload' and itemType eq 'SAPHanaDatabase'"), 1)
  assert.equal(listed("backupmanagementtype eq 'azureworkload' AND itemtype eq 'sqldatabase'"), count((p) => p.workloadType === 'SQLDataBase'))
  assert.equal(listed("policyName eq 'Daily-30d'"), count((p) => p.policyName === 'Daily-30d'))
  assert.equal(listed("policyName eq 'HourlyLogBackup'"), count((p) => p.policyId?.endsWith('/HourlyLogBackup')))
  assert.equal(listed("policyName eq 'NoSuchPolicy'"), 0)
  for (const bad of ["itemType eq 'VM'", "friendlyName eq 'vm-web-01'", "backupManagementType eq 'MAB' and policyName eq 'x'", "backupManagementType ne 'MAB'", 'backupManagementType eq MAB', "backupManagementType eq 'MAB' or policyName eq 'x'", "status eq 'Failed'"]) {
    const r = ask(sim, itemsUrl(vault, bad), t0)
    assert.deepEqual([r.status, json(r).error.code, r.headers['x-ms-failure-cause']], [400, 'BMSUserErrorInvalidInput', 'service'], bad)
    assert.deepEqual(Object.keys(json(r).error), ['code', 'message', 'target', 'details', 'innerError'])
  }
  assert.deepEqual(parseItemFilter('  '), new Map())
  const deaf = newSimulator({ ignoreFilter: true })
  assert.equal(itemsOf(deaf, vault, t0, "status eq 'Failed'").length, all.length)
})

test('pages chain by nextLink to the end, without repeats or gaps, and keep their filter', () => {
  const small = newSimulator({ itemPageSize: 7 })
  const whole = itemsOf(sim, vault).map((i) => i.id)
  const { all, sizes } = pages(small, itemsUrl(vault), t0)
  assert.deepEqual(all.map((i) => i.id), whole)
  assert.ok(sizes.length > 3 && sizes.slice(0, -1).every((n) => n === 7))
  const first = json(ask(small, itemsUrl(vault, "backupManagementType eq 'AzureIaasVM'"), t0))
  assert.ok(first.nextLink.startsWith(`${origin}${vault}/backupProtectedItems?api-version=2025-02-01&$filter=backupManagementType%20eq%20'AzureIaasVM'&$skipToken=`), first.nextLink)
  assert.ok(pages(small, first.nextLink, t0).all.every((i) => i.properties.backupManagementType === 'AzureIaasVM'))
  // Without the key, not with null.
  assert.deepEqual(Object.keys(json(ask(sim, itemsUrl(vault), t0))), ['value'])
  assert.equal(ask(small, withVersion(`${vault}/backupProtectedItems?$skipToken=nonsense`), t0).status, 400)
  small.configure({ itemPageSize: 1000 })
  assert.equal(pages(small, itemsUrl(vaultId(secondVault)), t0).sizes.length, 1)
})

test('items may be forbidden while jobs are not', () => {
  const other = newSimulator()
  other.addFault({ path: '/backupProtectedItems', times: -1, answer: { kind: 'status', status: 403 } })
  for (let i = 0; i < 2; i++) {
    const r = ask(other, itemsUrl(vault), t0)
    assert.deepEqual([r.status, json(r).error.code], [403, 'AuthorizationFailed'])
    assert.match(json(r).error.message, /perform action 'Microsoft\.RecoveryServices\/vaults\/backupProtectedItems\/read' over scope '\/subscriptions\/.*\/backupProtectedItems'/)
    assert.equal(ask(other, withVersion(`${vault}/backupJobs`), t0).status, 200)
  }
  const token = ask(newSimulator(), itemsUrl(vault), t0, { token: 'forbidden-token' })
  assert.match(json(token).error.message, /vaults\/backupProtectedItems\/read/)
})

test('their reads have a budget of their own', () => {
  const tight = newSimulator({ budgetPerHour: 2 })
  assert.equal(ask(tight, itemsUrl(vault), t0).headers['x-ms-ratelimit-remaining-subscription-resource-requests'], '1')
  ask(tight, itemsUrl(vault), t0)
  const over = ask(tight, itemsUrl(vault), t0)
  assert.equal(over.status, 429)
  assert.match(json(over).error.message, /action 'Microsoft\.RecoveryServices\/vaults\/backupProtectedItems\/read' exceeded the limit of '2'/)
  assert.equal(ask(tight, withVersion(`${vault}/backupJobs`), t0).headers['x-ms-ratelimit-remaining-subscription-resource-requests'], '1')
  assert.equal(ask(tight, itemsUrl(vault), t0, { method: 'POST' }).status, 405)
})

test('every job of the main vault is of an item, and the item tells of the last that ended', () => {
  const running = newSimulator({ budgetPerHour: Infinity })
  startAll(running, t0)
  const counts: number[] = []
  for (const now of [t0 + s(20), t0 + min(12), t0 + min(60 * 5)]) {
    const items = itemsOf(running, vault, now)
    const jobs = jobsOf(running, vault, now).filter((j) => j.properties.jobType !== 'VaultJob')
    for (const job of jobs) assert.equal(candidates(job, items).length, 1, job.properties.entityFriendlyName)
    // Those whose samples have ended by now.
    const moved = items.filter((item) => {
      const last = jobs.filter((j) => candidates(j, items)[0] === item && j.properties.operation.startsWith('Backup') && ['Completed', 'Failed', 'CompletedWithWarnings'].includes(j.properties.status))
        .sort((a, b) => Date.parse(b.properties.startTime) - Date.parse(a.properties.startTime))[0]
      // Digit by digit: recorded items repeat their job's text.
      if ('lastBackupStatus' in item.properties) assert.equal(item.properties.lastBackupTime, last?.properties.startTime ?? (item.properties.workloadType === 'VM' ? '2001-01-01T00:00:00Z' : undefined), item.name)
      return last !== undefined && Date.parse(last.properties.startTime) >= t0
    })
    counts.push(moved.length)
  }
  assert.ok(counts.every((n, i) => n > (counts[i - 1] ?? 0)), counts.join())
})

test('a backup that is triggered for a listed item is that item\u2019s', () => {
  for (const name of ['vm-web-02', 'projects', 'crm', 'hdb']) {
    const other = newSimulator()
    const item = named(itemsOf(other, vault), name)
    const r = ask(other, withVersion(`${item.id}/backup`), t0, { method: 'POST' })
    const { jobId } = json(ask(other, r.headers['azure-asyncoperation'] ?? '', t0 + s(20))).properties
    const job = json(ask(other, withVersion(`${vault}/backupJobs/${jobId}`), t0 + min(30)))
    const items = itemsOf(other, vault, t0 + min(30))
    assert.deepEqual(candidates(job, items).map((i) => i.id), [item.id])
    assert.equal(named(items, name).properties.lastBackupTime, job.properties.startTime)
  }
})
