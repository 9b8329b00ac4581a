/** The further samples: job types and endings, cancels and their refusals, operations in all their places, unruly lists. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, getJob, json, jobPath, min, newSimulator, origin, pathOf, s, sample, t0, vault, withVersion } from './support.ts'

const post = { method: 'POST' }

function end(key: string, after: number, version?: string): any {
  const sim = newSimulator()
  const path = jobPath(sim, key, t0)
  getJob(sim, path, t0, version)
  return getJob(sim, path, t0 + after, version).properties
}

test('every job type ends as its sample says, with its own fields', () => {
  const ends: Record<string, [type: string, status: string, after: number]> = {
    'dpm-backup': ['DpmJob', 'Completed', min(13)], 'dpm-fails': ['DpmJob', 'Failed', min(5)], 'mab-backup': ['MabJob', 'Completed', min(13)], 'mab-warns': ['MabJob', 'CompletedWithWarnings', min(13)],
    'vault-job': ['VaultJob', 'Completed', min(3)], 'vault-job-fails': ['VaultJob', 'Failed', min(1)], 'hana-fails': ['AzureWorkloadJob', 'Failed', min(4)],
    'sql-restore': ['AzureWorkloadJob', 'Completed', min(5)], 'sql-cancelled': ['AzureWorkloadJob', 'Cancelled', min(4)], 'share-backup': ['AzureStorageJob', 'Completed', min(1)],
    'share-fails': ['AzureStorageJob', 'Failed', min(6)], 'vm-v2': ['AzureIaaSVMJobV2', 'Completed', min(21)], 'share-v2': ['AzureStorageJobV2', 'Completed', min(6)], 'sql-v2': ['AzureWorkloadJobV2', 'Completed', min(4)],
  }
  for (const [key, [jobType, status, after]] of Object.entries(ends)) {
    const job = end(key, after)
    assert.deepEqual([job.jobType, job.status], [jobType, status], key)
    assert.equal(job.errorDetails !== undefined, status === 'Failed' || status === 'CompletedWithWarnings', key)
  }
  assert.equal(end('vault-job', 0).extendedInfo.tasksList, undefined)
  assert.deepEqual(Object.keys(end('hana-fails', min(4)).errorDetails[0]), ['errorCode', 'errorString', 'errorTitle', 'recommendations', 'additionalDetails'])
  assert.deepEqual(Object.keys(end('dpm-fails', min(5)).errorDetails[0]), ['errorString', 'recommendations'])
  assert.deepEqual(Object.keys(end('share-fails', min(6)).errorDetails[0]), ['errorCode', 'errorString', 'recommendations'])
  assert.deepEqual([end('sql-restore', min(1)).operation, end('sql-restore', min(5)).operation], ['Restore', 'Restore (Full)'])
  // The V2 names had actions as words when the first names still had numbers.
  assert.deepEqual([end('vm-v2', 0, '2021-06-01').actionsInfo, end('cancel-restore', 0, '2021-06-01').actionsInfo], [['Cancellable'], [1]])
})

test('a cancel may end with warnings, and a restore as cancelled', () => {
  const sim = newSimulator()
  for (const [key, ending] of [['cancel-warns', 'CompletedWithWarnings'], ['cancel-restore', 'Cancelled']] as const) {
    const path = pathOf(sample(sim, key))
    assert.equal(getJob(sim, path, t0).properties.status, 'InProgress')
    const accepted = ask(sim, withVersion(`${path}/cancel`), t0 + s(30), post)
    assert.deepEqual([accepted.status, accepted.headers['retry-after']], [202, '60'])
    assert.match(accepted.headers['azure-asyncoperation'] ?? '', /\/backupJobs\/[0-9a-f-]{36}\/operationsStatus\/[0-9a-f-]{36}\?/)
    assert.equal(json(ask(sim, withVersion(path), t0 + s(40))).properties.status, 'Cancelling')
    const { properties } = json(ask(sim, withVersion(path), t0 + min(5)))
    assert.equal(properties.status, ending)
    assert.deepEqual([properties.errorDetails?.[0].errorCode, properties.errorDetails?.[0].errorTitle], key === 'cancel-warns' ? [400158, 'UserErrorJobSuccessfullyCancelled'] : [undefined, undefined])
    assert.equal(ask(sim, withVersion(`${path}/cancel`), t0 + min(6), post).status, 409)
  }
})

test('what is being transferred is not cancelled: refused at once, or by the cancel\u2019s own operation', () => {
  const sim = newSimulator()
  const started = (key: string): string => {
    const path = pathOf(sample(sim, key))
    getJob(sim, path, t0)
    return path
  }
  const refused = started('cancel-refused')
  const at = t0 + s(5)
  assert.deepEqual(getJob(sim, refused, at).properties.actionsInfo, ['Cancellable'])
  const r = ask(sim, withVersion(`${refused}/cancel`), at, post)
  assert.deepEqual([r.status, json(r).error.code], [400, 'UserErrorCancelNotSupportedDuringDataTransfer'])
  const later = started('cancel-refused-later')
  const taken = ask(sim, withVersion(`${later}/cancel`), at, post)
  assert.equal(taken.status, 202)
  const { location = '', 'azure-asyncoperation': status = '' } = taken.headers
  assert.equal(ask(sim, location, at + s(1)).status, 202)
  const failed = json(ask(sim, status, at + s(9)))
  assert.deepEqual([failed.status, failed.error.code], ['Failed', 'UserErrorCancelNotSupportedDuringDataTransfer'])
  const result = ask(sim, location, at + s(9))
  assert.deepEqual([result.status, json(result).error.code], [400, 'UserErrorCancelNotSupportedDuringDataTransfer'])
  assert.equal(getJob(sim, later, at + min(10)).properties.status, 'InProgress')
  const fixed = started('vault-job')
  assert.equal(ask(sim, withVersion(`${fixed}/cancel`), at, post).status, 400)
})

test('operations are known in each of their places, and their Location beside them', () => {
  const sim = newSimulator()
  const { name } = json(ask(sim, sample(sim, 'operation-ilr').text, t0))
  const container = `${vault}/backupFabrics/Azure/protectionContainers/c`
  const places = [
    [`${vault}/backupOperations`, `${vault}/backupOperationResults`], [`${container}/protectedItems/i/operationsStatus`, `${container}/protectedItems/i/operationResults`],
    [`${container}/operationsStatus`, `${container}/operationResults`], [`${vault}/backupFabrics/Azure/operationsStatus`, `${vault}/backupFabrics/Azure/operationResults`],
    [`${vault}/backupPolicies/daily/operations`, `${vault}/backupPolicies/daily/operationResults`], [`${vault}/backupValidateOperationsStatuses`, `${vault}/backupValidateOperationResults`],
    [`${vault}/operationStatus`, `${vault}/operationResults`],
  ] as const
  for (const [status, result] of places) {
    assert.equal(json(ask(sim, withVersion(`${status}/${name}`), t0 + s(1))).status, 'InProgress')
    const running = ask(sim, withVersion(`${result}/${name}`), t0 + s(1))
    assert.equal(running.status, 202)
    assert.ok(running.headers['azure-asyncoperation']?.startsWith(`${origin}${status}/${name}?`), running.headers['azure-asyncoperation']?.slice(0, 300))
    assert.equal(json(ask(sim, withVersion(`${status}/${name}`), t0 + s(5))).status, 'Succeeded')
    assert.equal(ask(sim, withVersion(`${result}/${name}`), t0 + s(5)).status, 204)
  }
})

test('the vault\u2019s own operations have no times, and a percentage that stays zero before 2024', () => {
  const sim = newSimulator()
  const path = pathOf(sample(sim, 'operation-vault')).replace(/\?.*/, '')
  const name = path.replace(/.*\//, '')
  assert.match(atob(name), /^2047;[0-9a-f-]{36}$/)
  assert.deepEqual(json(ask(sim, withVersion(path), t0)), { id: path, name, status: 'InProgress' })
  assert.match(ask(sim, withVersion(path, '2023-02-01'), t0 + s(1)).body as string, /"status":"InProgress","percentComplete":0\.0}$/)
  assert.deepEqual(json(ask(sim, withVersion(path), t0 + s(5))), { id: path, name, status: 'Succeeded' })
})

test('operations end with scripts, validations, recovery points', () => {
  const sim = newSimulator()
  const ended = (key: string): any => {
    ask(sim, sample(sim, key).text, t0)
    return json(ask(sim, sample(sim, key).text, t0 + s(10))).properties
  }
  const [windows, linux] = ended('operation-ilr').recoveryTarget.clientScripts
  assert.deepEqual(Object.keys(windows), ['scriptContent', 'scriptExtension', 'osType', 'url', 'scriptNameSuffix'])
  assert.deepEqual([windows.osType, linux.osType, linux.url], ['Windows', 'Linux', null])
  assert.match(sample(sim, 'operation-ilr').text, /\/protectedItems\/[^/]+\/operationsStatus\//)
  assert.equal(ended('operation-validate').validateOperationResponse.validationResults.length, 2)
  assert.match(sample(sim, 'operation-validate').text, /\/backupValidateOperationsStatuses\//)
  assert.equal(ended('operation-recovery-point').updatedRecoveryPoint.recoveryPointType, 'CrashConsistent')
})

test('a filter may be ignored', () => {
  const sim = newSimulator({ ignoreFilter: true })
  const filtered = withVersion(`${vault}/backupJobs?$filter=${encodeURIComponent("status eq 'Failed'")}`)
  assert.ok(json(ask(sim, filtered, t0)).value.some((job: any) => job.properties.status !== 'Failed'))
  sim.configure({ ignoreFilter: false })
  assert.ok(json(ask(sim, filtered, t0)).value.every((job: any) => job.properties.status === 'Failed'))
})

test('a page may link to itself or anywhere, or be the one that fails', () => {
  const sim = newSimulator()
  const list = withVersion(`${vault}/backupJobs`)
  sim.addFault({ path: '/backupJobs?', times: 2, answer: { kind: 'next-link' } })
  for (let i = 0; i < 2; i++) assert.equal(json(ask(sim, list, t0)).nextLink, `${origin}${list}`)
  assert.equal(json(ask(sim, list, t0)).nextLink, undefined)
  sim.addFault({ path: '/backupJobs?', answer: { kind: 'next-link', url: 'https://elsewhere.example/' } })
  assert.equal(json(ask(sim, list, t0)).nextLink, 'https://elsewhere.example/')
  // What is no page stays as it is.
  sim.addFault({ answer: { kind: 'next-link' } })
  assert.equal(json(ask(sim, withVersion(`${vault}/backupThings`), t0)).error.code, 'InvalidResourceType')
  const large = withVersion(`${vault.replace('weu', 'neu')}/backupJobs?$filter=${encodeURIComponent("startTime eq '2026-07-01 12:00:00 AM'")}`)
  sim.addFault({ path: '$skipToken', answer: { kind: 'status', status: 503 } })
  const { nextLink } = json(ask(sim, large, t0))
  assert.ok(nextLink.startsWith(`${origin}/subscriptions/`) && nextLink.includes('$skipToken='))
  assert.deepEqual([ask(sim, nextLink, t0).status, ask(sim, nextLink, t0).status], [503, 200])
})
