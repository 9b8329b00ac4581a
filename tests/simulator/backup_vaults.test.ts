/** Backup vaults: their jobs, lists, operations and errors, against recordings and the specification (AZURE.md §12). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backupVaultVersions } from '../../web/src/simulator/backup_vaults.ts'
import { always, bodyOf, declare, examples, recorded, recordings, shapesOf, skip, strangers, type Shapes } from './shapes.ts'
import { ask, json, min, newSimulator, origin, pathOf, s, sample, t0, withVersion } from './support.ts'

const bv = '/subscriptions/3f6c1d52-8b0e-4c7a-9e21-64d0b7a85c19/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-contoso-weu'
const version = '2024-04-01'
const jobKeys = ['bv-blob-fails', 'bv-postgres', 'bv-aks', 'bv-postgres-fails', 'bv-aks-warns', 'bv-postgres-restore']

/** What was never recorded, as the specification's models have it: inner errors and warnings. */
function declared(known: Shapes, at: string): Shapes {
  declare(known, {
    [`${at}.innerError`]: 'object null', [`${at}.innerError.code`]: 'string', [`${at}.innerError.additionalInfo`]: 'object', [`${at}.innerError.additionalInfo{}`]: 'string',
    [`${at}.innerError.embeddedInnerError`]: 'object null', [`${at}.properties`]: 'object null', [`${at}.properties{}`]: 'string',
  })
  // Folded: the inner error's own inner error has the same names.
  return declare(known, { [`${at}.innerError`]: 'object null' })
}

function alone(): Shapes {
  const known = recorded('dp.jobs.get', 'dp.crr.jobs.get')
  // The errors recorded were those of lists.
  for (const [path, types] of recorded('dp.jobs.list')) if (path.startsWith('.value[].properties.errorDetails')) declare(known, { [path.replace('.value[]', '')]: [...types].join(' ') })
  declared(known, '.properties.errorDetails[]')
  const warnings = '.properties.extendedInfo.warningDetails'
  declare(known, { [warnings]: 'array', [`${warnings}[]`]: 'object', [`${warnings}[].resourceName`]: 'string' })
  for (const [path, types] of [...known]) if (path.startsWith('.properties.errorDetails[]')) declare(known, { [path.replace('.properties.errorDetails[]', `${warnings}[].warning`)]: [...types].join(' ') })
  return known
}

test('a Backup vault writes single jobs as it was recorded to', { skip }, () => {
  const known = alone()
  const seen = new Set<string>()
  for (const version of backupVaultVersions) {
    const sim = newSimulator()
    for (const key of jobKeys) {
      for (const at of [s(0), s(60), min(3), min(60)]) {
        const job = json(ask(sim, withVersion(pathOf(sample(sim, key)), version), t0 + at))
        assert.deepEqual(strangers(job, known), [], `${key} ${version}`)
        seen.add(job.properties.status)
      }
    }
  }
  assert.deepEqual([...seen].sort(), ['Completed', 'CompletedWithWarnings', 'Failed', 'InProgress'])
})

test('what every recorded job of a version has, the simulator sends, in that order', { skip }, () => {
  for (const version of backupVaultVersions) {
    const rows = recordings('dp.jobs.get').filter((row) => row.apiVersion === version && row.httpStatus === 200)
    if (rows.length === 0) continue
    const sim = newSimulator()
    const job = json(ask(sim, withVersion(pathOf(sample(sim, 'bv-postgres')), version), t0))
    const have = shapesOf(job)
    assert.deepEqual(always(rows.map(bodyOf)).filter((path) => !have.has(path)), [], version)
    assert.deepEqual(Object.keys(job.properties), Object.keys(bodyOf(rows[rows.length - 1] ?? rows[0]!).properties), version)
  }
})

test('a Backup vault writes lists as it was recorded to', { skip }, () => {
  const known = declare(recorded('dp.jobs.list'), { '.nextLink': 'null string' })
  declared(known, '.value[].properties.errorDetails[]')
  const sim = newSimulator()
  for (const key of jobKeys) ask(sim, withVersion(pathOf(sample(sim, key)), version), t0)
  for (const version of ['2023-01-01', '2024-04-01', '2025-07-01']) {
    for (let page = json(ask(sim, withVersion(`${bv}/backupJobs`, version), t0 + min(80))); ; page = json(ask(sim, page.nextLink, t0 + min(80)))) {
      assert.deepEqual(strangers(page, known), [], version)
      if (page.nextLink === null) break
    }
  }
})

test('the specification\u2019s example has no field that is not sent', { skip }, () => {
  const sim = newSimulator()
  const have = shapesOf(json(ask(sim, withVersion(pathOf(sample(sim, 'bv-postgres')), version), t0)))
  for (const body of examples('spec-dataprotection', /^JobCRUD_GetJob__/)) {
    assert.deepEqual([...shapesOf(body).keys()].filter((path) => !have.has(path) && !path.includes('{}')), [])
  }
})

test('durations are TimeSpans in lists and ISO in single answers', () => {
  const sim = newSimulator()
  const path = pathOf(sample(sim, 'bv-postgres'))
  ask(sim, withVersion(path, version), t0)
  const job = json(ask(sim, withVersion(path, version), t0 + min(5))).properties
  assert.equal(job.duration, 'PT1M35S')
  assert.deepEqual([job.extendedInfo.dataTransferredInBytes, job.extendedInfo.additionalDetails], [48_318_382_080, { RetentionTag: 'Default' }])
  assert.deepEqual(job.extendedInfo.subTasks.map((t: any) => [t.taskId, t.taskName, t.taskStatus]), [[1, 'Trigger Backup', 'Completed'], [2, 'Transfer data to vault', 'Completed']])
  const [first] = json(ask(sim, withVersion(`${bv}/backupJobs`, version), t0 + min(5))).value
  assert.match(first.properties.duration, /^00:01:35/)
  assert.equal(first.properties.extendedInfo, null)
})

test('failures nest their causes, and say what was inside', () => {
  const sim = newSimulator()
  const end = (key: string): any => {
    ask(sim, withVersion(pathOf(sample(sim, key)), version), t0)
    return json(ask(sim, withVersion(pathOf(sample(sim, key)), version), t0 + min(15))).properties
  }
  const blob = end('bv-blob-fails')
  assert.equal(blob.errorDetails[0].details[0].details[0].code, 'InternalServerError')
  assert.ok(blob.extendedInfo.recoveryDestination.endsWith('/storageAccounts/contosodata'))
  assert.deepEqual(blob.extendedInfo.subTasks.map((t: any) => t.taskStatus), ['Completed', 'Failed'])
  const [error] = end('bv-postgres-fails').errorDetails
  assert.deepEqual([error.innerError.code, error.innerError.embeddedInnerError.code, error.isUserError], ['PostgresConnectionFailed', '28P01', true])
  const warned = end('bv-aks-warns')
  assert.deepEqual([warned.status, warned.errorDetails, warned.extendedInfo.warningDetails[0].resourceName], ['CompletedWithWarnings', null, 'shop/configmap/settings'])
})

test('a list pages in order, knows no filter, and shows every kind and ending', () => {
  const sim = newSimulator()
  const first = json(ask(sim, withVersion(`${bv}/backupJobs?$filter=${encodeURIComponent("status eq 'Failed'")}`, version), t0))
  assert.equal(first.value.length, 20)
  assert.ok(first.nextLink.startsWith(`${origin}${bv}/backupJobs?api-version=${version}&$skipToken=`))
  // A job that begins between two pages moves none of them.
  ask(sim, withVersion(pathOf(sample(sim, 'bv-aks')), version), t0 + s(1))
  const second = json(ask(sim, first.nextLink, t0 + s(2)))
  const all = [...first.value, ...second.value]
  assert.deepEqual([all.length, second.nextLink, new Set(all.map((job: any) => job.id)).size], [38, null, 38])
  const starts = all.map((job: any) => Date.parse(job.properties.startTime))
  assert.deepEqual(starts, [...starts].sort((a, b) => b - a))
  assert.deepEqual([...new Set(all.map((job: any) => job.properties.status))].sort(), ['Completed', 'Failed', 'InProgress'])
  assert.equal(new Set(all.map((job: any) => job.properties.dataSourceType)).size, 4)
  assert.equal(ask(sim, withVersion(`${bv}/backupJobs?$skipToken=nonsense`, version), t0).status, 400)
})

test('an operation is Inprogress, then names its job by its whole id, in the region and beside the vault', { skip }, () => {
  const sim = newSimulator()
  const known = recorded('dp.opstatus')
  const path = pathOf(sample(sim, 'bv-disk'))
  const running = ask(sim, path, t0)
  assert.equal(json(running).status, 'Inprogress')
  assert.equal(running.headers['retry-after'], '10')
  const id = json(running).name
  for (const at of [path, withVersion(`${bv}/operationStatus/${id}`, version)]) {
    const ended = json(ask(sim, at, t0 + s(10)))
    assert.equal(ended.id, at.replace(/\?.*/, ''))
    assert.equal(ended.properties.objectType, 'OperationJobExtendedInfo')
    assert.ok(ended.properties.jobId.startsWith(`${bv}/backupJobs/`))
    assert.deepEqual([...strangers(json(running), known), ...strangers(ended, known)], [])
    assert.equal(json(ask(sim, withVersion(ended.properties.jobId, version), t0 + s(11))).properties.dataSourceName, 'disk-data-02')
  }
  const failing = pathOf(sample(sim, 'bv-operation-failed'))
  ask(sim, failing, t0)
  const failed = json(ask(sim, failing, t0 + s(6)))
  assert.deepEqual([failed.status, failed.error.code], ['Failed', 'UserErrorDiskSnapshotLimit'])
  assert.deepEqual(strangers(failed, declare(known, { '.error': 'object', '.error.code': 'string', '.error.message': 'string' })), [])
})

test('its Location answers 200 from the first, and names the job at the end', { skip }, () => {
  const sim = newSimulator()
  const path = pathOf(sample(sim, 'bv-disk')).replace('/operationStatus/', '/operationResults/')
  const running = ask(sim, path, t0)
  assert.equal(running.status, 200)
  assert.deepEqual(json(running), { objectType: 'OperationJobExtendedInfo' })
  assert.equal(running.headers['azure-asyncoperation'], sample(sim, 'bv-disk').text)
  const ended = json(ask(sim, path, t0 + s(10)))
  assert.deepEqual(strangers(ended, recorded('dp.opresult')), [])
  assert.ok(ended.jobId.startsWith(`${bv}/backupJobs/`))
})

test('what does not exist is refused in the gateway\u2019s or the provider\u2019s form', { skip }, () => {
  const sim = newSimulator()
  const known: Shapes = new Map()
  for (const row of recordings()) if (row.kind.startsWith('dp.') && row.httpStatus >= 400) shapesOf(bodyOf(row) ?? {}, known)
  const guid = '11111111-2222-4333-8444-555555555555'
  const aks = pathOf(sample(sim, 'bv-aks'))
  const cases: [string, string, number, string, string][] = [
    ['POST', `${aks}/cancel`, 404, 'InvalidResourceType', 'gateway'], ['POST', `${aks}/triggerCancel`, 404, 'InvalidResourceType', 'gateway'],
    ['POST', `${bv}/backupJobs`, 405, 'MethodNotAllowed', 'service'], ['GET', `${bv}/backupThings`, 404, 'InvalidResourceType', 'gateway'],
    ['GET', `${bv}-gone/backupJobs`, 404, 'ResourceNotFound', 'gateway'], ['GET', `${bv.replace('rg-backup', 'rg-gone')}/backupJobs`, 404, 'ResourceGroupNotFound', 'gateway'],
    ['GET', `${bv.replace(/subscriptions\/[^/]+/, `subscriptions/${guid}`)}/backupJobs`, 404, 'SubscriptionNotFound', 'gateway'],
    ['GET', `${bv}/backupJobs/${guid}`, 404, 'UserErrorGenericResourceNotFound', 'service'], ['GET', `${bv}/operationStatus/none`, 404, 'UserErrorGenericResourceNotFound', 'service'],
  ]
  for (const [method, path, status, code, cause] of cases) {
    const r = ask(sim, withVersion(path, version), t0, { method })
    assert.deepEqual([r.status, json(r).error.code, r.headers['x-ms-failure-cause']], [status, code, cause], path)
    // The framework's own refusal has the envelope of the other provider.
    if (status !== 405) assert.deepEqual(strangers(json(r), known), [], path)
  }
  const other = ask(sim, withVersion(`${bv}/backupJobs`, '2025-02-01'), t0)
  assert.deepEqual([other.status, json(other).error.code], [400, 'NoRegisteredProviderFound'])
  assert.match(json(other).error.message, /for type 'backupVaults\/backupJobs'\. The supported api-versions are '2021-07-01, .*2025-07-01'/)
  const forbidden = ask(sim, withVersion(`${bv}/backupJobs`, version), t0, { token: 'forbidden-token' })
  assert.match(json(forbidden).error.message, /action 'Microsoft\.DataProtection\/backupVaults\/backupJobs\/read' over scope/)
  // The status of an operation is read in the subscription: a permission of its own.
  assert.match(json(ask(sim, pathOf(sample(sim, 'bv-disk')), t0, { token: 'forbidden-token' })).error.message, /action 'Microsoft\.DataProtection\/locations\/operationStatus\/read' over scope/)
})

test('its reads have a budget of their own', () => {
  const sim = newSimulator({ budgetPerHour: 2 })
  const list = withVersion(`${bv}/backupJobs`, version)
  assert.equal(ask(sim, list, t0).headers['x-ms-ratelimit-remaining-subscription-resource-requests'], '1')
  ask(sim, list, t0)
  const over = ask(sim, list, t0)
  assert.equal(over.status, 429)
  assert.match(json(over).error.message, /action 'Microsoft\.DataProtection\/backupVaults\/backupJobs\/read'/)
})
