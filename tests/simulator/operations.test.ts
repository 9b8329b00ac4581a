import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, getJob, jobPath, json, min, newSimulator, origin, pathOf, s, sample, t0, vault, withVersion } from './support.ts'

test('an operation is in progress for some seconds, then names its job', () => {
  const sim = newSimulator()
  const { text } = sample(sim, 'backup-completes')
  assert.match(text, /\/backupOperations\/[0-9a-f-]{36}\?api-version=2025-02-01&t=\d{18}&c=MII[\w-]+&s=[\w-]+&h=[\w-]+$/)
  assert.ok(text.length > 3000 && text.length < 3700, String(text.length))
  const started = t0 + min(90)
  const first = ask(sim, text, started)
  const running = json(first)
  assert.deepEqual(Object.keys(running), ['id', 'name', 'status', 'startTime', 'endTime'])
  assert.equal(running.status, 'InProgress')
  assert.equal(running.endTime, '0001-01-01T00:00:00')
  assert.match(running.startTime, /^2026-08-16T09:30:00\.\d{4,7}Z$/)
  assert.equal(first.headers['retry-after'], '10')
  assert.equal(json(ask(sim, text, started + s(3))).status, 'InProgress')
  const done = json(ask(sim, text, started + s(4)))
  assert.deepEqual(Object.keys(done), ['id', 'name', 'status', 'startTime', 'endTime', 'properties'])
  assert.equal(done.status, 'Succeeded')
  assert.equal(done.properties.objectType, 'OperationStatusJobExtendedInfo')
  assert.notEqual(done.properties.jobId, done.id)
  // Followed without its signature it answers the same.
  const bare = withVersion(text.slice(origin.length).replace(/\?.*/, ''), '2017-07-01')
  assert.deepEqual(json(ask(sim, bare, started + s(4))), done)
  // Its job starts where it ends.
  const job = getJob(sim, `${vault}/backupJobs/${done.properties.jobId}`, started + s(5))
  assert.match(job.properties.startTime, /^2026-08-16T09:30:04/)
  assert.equal(job.properties.entityFriendlyName, 'vm-web-01')
})

test('before its operation ends, a job does not exist', () => {
  const sim = newSimulator()
  const path = jobPath(newSimulator(), 'backup-completes', t0)
  ask(sim, sample(sim, 'backup-completes').text, t0)
  assert.equal(ask(sim, withVersion(path), t0 + s(1)).status, 404)
  assert.equal(ask(sim, withVersion(path), t0 + s(4)).status, 200)
})

test('operations fail, make no job, or make several', () => {
  const sim = newSimulator()
  const ends = (key: string, after: number): any => {
    const path = pathOf(sample(sim, key))
    assert.equal(json(ask(sim, path, t0)).status, 'InProgress')
    return json(ask(sim, path, t0 + s(after)))
  }
  const failed = ends('operation-failed', 5)
  assert.equal(failed.status, 'Failed')
  assert.equal(failed.error.code, 'UserErrorGuestAgentStatusUnavailable')
  assert.ok(failed.error.message)
  assert.equal(failed.properties, undefined)
  const none = ends('operation-no-job', 3)
  assert.deepEqual([none.status, none.properties, none.error], ['Succeeded', undefined, undefined])
  const many = ends('operation-many-jobs', 10).properties
  assert.equal(many.objectType, 'OperationStatusJobsExtendedInfo')
  assert.equal(many.jobIds.length, 3)
  assert.deepEqual(many.failedJobsError, { [many.jobIds[2]]: 'UserErrorVmNotFoundV2' })
  const statuses = many.jobIds.map((id: string) => getJob(sim, `${vault}/backupJobs/${id}`, t0 + s(30)).properties.status)
  assert.deepEqual(statuses, ['InProgress', 'InProgress', 'Failed'])
})

test('the Location twin answers 202 until it answers 204', () => {
  const sim = newSimulator()
  const id = /backupOperations\/([^?]+)/.exec(sample(sim, 'operation-no-job').text)?.[1]
  const url = withVersion(`${vault}/backupOperationResults/${id}`)
  const running = ask(sim, url, t0)
  assert.deepEqual([running.status, running.body, running.headers['retry-after']], [202, '', '10'])
  assert.ok(running.headers['location']?.startsWith(`${origin}${vault}/backupOperationResults/${id}?api-version=`))
  assert.ok(running.headers['azure-asyncoperation']?.startsWith(`${origin}${vault}/backupOperations/${id}?api-version=`))
  const done = ask(sim, url, t0 + s(3))
  assert.deepEqual([done.status, done.body], [204, ''])
})

test('a triggered backup makes an operation and a job', () => {
  const sim = newSimulator()
  const item = `${vault}/backupFabrics/Azure/protectionContainers/IaasVMContainer%3Biaasvmcontainerv2%3Brg-app%3Bvm-new-01/protectedItems/VM%3Biaasvmcontainerv2%3Brg-app%3Bvm-new-01`
  const r = ask(sim, withVersion(`${item}/backup`), t0, { method: 'POST', body: '{"properties":{"objectType":"IaasVMBackupRequest"}}' })
  assert.deepEqual([r.status, r.body, r.headers['retry-after']], [202, '', '60'])
  const status = r.headers['azure-asyncoperation'] ?? ''
  assert.ok(status.startsWith(`${origin}${vault}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;vm-new-01/protectedItems/VM;iaasvmcontainerv2;rg-app;vm-new-01/operationsStatus/`))
  assert.ok(status.length > 3000)
  assert.equal(json(ask(sim, status, t0 + s(1))).status, 'InProgress')
  const result = r.headers['location'] ?? ''
  assert.equal(ask(sim, result, t0 + s(1)).status, 202)
  const done = json(ask(sim, status, t0 + s(10)))
  assert.equal(done.status, 'Succeeded')
  assert.equal(ask(sim, result, t0 + s(10)).status, 204)
  // Clients cut the id out and rebuild the vault's own route.
  assert.deepEqual(json(ask(sim, withVersion(`${vault}/backupOperations/${done.id}`), t0 + s(10))), done)
  const job = getJob(sim, `${vault}/backupJobs/${done.properties.jobId}`, t0 + s(11)).properties
  assert.equal(job.entityFriendlyName, 'vm-new-01')
  assert.equal(job.extendedInfo.internalPropertyBag.AdHoc, 'True')
  const old = ask(sim, withVersion(`${item}/backup`, '2019-05-13'), t0, { method: 'POST' })
  assert.match(old.headers['location'] ?? '', /\/operationResults\/[0-9a-f-]{36}\?api-version=2019-05-13$/)
  assert.notEqual(old.headers['location'], result)
  for (const [name, type] of [['SQLDataBase;mssqlserver;orders', 'AzureWorkloadJob'], ['AzureFileShare;projects', 'AzureStorageJob']] as const) {
    const t = ask(sim, withVersion(`${vault}/backupFabrics/Azure/protectionContainers/c/protectedItems/${name}/backup`), t0, { method: 'POST' })
    const { jobId } = json(ask(sim, t.headers['azure-asyncoperation'] ?? '', t0 + s(20))).properties
    assert.equal(getJob(sim, `${vault}/backupJobs/${jobId}`, t0 + s(20)).properties.jobType, type)
  }
})

test('a restore is cancelled on request: Cancelling, then Cancelled', () => {
  const sim = newSimulator()
  const path = jobPath(sim, 'restore-progress', t0)
  getJob(sim, path, t0)
  const r = ask(sim, withVersion(`${path}/cancel`), t0 + min(3), { method: 'POST' })
  assert.deepEqual([r.status, r.body, r.headers['retry-after'], r.headers['x-ms-ratelimit-remaining-subscription-writes']], [202, '', '60', '1199'])
  const result = r.headers['location'] ?? ''
  const status = r.headers['azure-asyncoperation'] ?? ''
  assert.ok(result.startsWith(`${origin}${path}/operationResults/`))
  assert.ok(status.startsWith(`${origin}${path}/operationsStatus/`))
  assert.deepEqual([ask(sim, result, t0 + min(3) + s(1)).status, json(ask(sim, status, t0 + min(3) + s(1))).status], [202, 'InProgress'])
  const cancelling = getJob(sim, path, t0 + min(3) + s(1)).properties
  assert.equal(cancelling.status, 'Cancelling')
  assert.equal(cancelling.endTime, undefined)
  assert.deepEqual(cancelling.extendedInfo.tasksList.map((t: any) => t.status), ['Cancelling', 'Cancelling'])
  assert.deepEqual([ask(sim, result, t0 + min(3) + s(8)).status, json(ask(sim, status, t0 + min(3) + s(8))).status], [204, 'Succeeded'])
  const again = ask(sim, withVersion(`${path}/cancel`), t0 + min(3) + s(9), { method: 'POST' })
  assert.equal(again.status, 409)
  const cancelled = getJob(sim, path, t0 + min(4)).properties
  assert.equal(cancelled.status, 'Cancelled')
  assert.ok(cancelled.endTime)
  assert.equal(cancelled.errorDetails, undefined)
  assert.deepEqual(cancelled.actionsInfo, ['Cancellable'])
  assert.deepEqual(cancelled.extendedInfo.tasksList.map((t: any) => t.status), ['Cancelled', 'Cancelled'])
})

test('a VM backup can be cancelled in its snapshot only', () => {
  const cancelAt = (after: number): ReturnType<typeof ask> => {
    const sim = newSimulator()
    const path = jobPath(sim, 'backup-fails', t0)
    getJob(sim, path, t0)
    return ask(sim, withVersion(`${path}/cancel`), t0 + after, { method: 'POST' })
  }
  assert.equal(cancelAt(min(2)).status, 202)
  const late = cancelAt(min(8))
  assert.equal(late.status, 400)
  assert.match(json(late).error.message, /transferred to the vault/)
  assert.equal(cancelAt(min(20)).status, 409)
  const sim = newSimulator()
  assert.equal(ask(sim, withVersion(`${vault}/backupJobs/11111111-2222-4333-8444-555555555555/cancel`), t0, { method: 'POST' }).status, 404)
})

test('the documentation\'s operation answers as documented', () => {
  const sim = newSimulator()
  const body = json(ask(sim, withVersion(`${vault}/backupOperations/cd153561-20d3-467a-b911-cc1de47d4763`), t0))
  const documented = {
    id: 'cd153561-20d3-467a-b911-cc1de47d4763', name: 'cd153561-20d3-467a-b911-cc1de47d4763', status: 'Succeeded',
    startTime: '2018-09-12T02:16:56.7399752Z', endTime: '2018-09-12T02:16:56.7399752Z',
    properties: { objectType: 'OperationStatusJobExtendedInfo', jobId: '41f3e94b-ae6b-4a20-b422-65abfcaf03e5' },
  }
  assert.deepEqual(body, documented)
  assert.deepEqual(JSON.parse(sample(sim, 'operation-json').text), documented)
})
