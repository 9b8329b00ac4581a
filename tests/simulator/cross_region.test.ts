/** Cross-region restores: read by POST in the paired region, as recorded (AZURE.md §11). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, examples, recorded, recordings, shapesOf, skip, strangers, type Shapes } from './shapes.ts'
import { ask, json, min, newSimulator, origin, pathOf, s, sample, t0, vault, withVersion } from './support.ts'

const region = pathOf(sample(newSimulator(), 'cross-region')).replace(/\/backupCrr.*/, '')
const versions = ['2018-12-20', '2021-11-15', '2023-01-15']
const newest = '2023-01-15'

test('an operation of the region ends with its job\u2019s name, as recorded', { skip }, () => {
  const sim = newSimulator()
  const known = recorded('rsv.crr.opstatus', 'rsv.opstatus')
  const { text } = sample(sim, 'cross-region')
  const running = json(ask(sim, text, t0))
  assert.deepEqual([running.status, running.endTime], ['InProgress', '0001-01-01T00:00:00'])
  const ended = json(ask(sim, text, t0 + s(20)))
  assert.equal(ended.status, 'Succeeded')
  assert.equal(ended.id, text.slice(origin.length).replace(/\?.*/, ''))
  assert.match(ended.endTime, /^2026-08-16T08:00:09Z$/)
  assert.deepEqual([...strangers(running, known), ...strangers(ended, known)], [])
  const result = text.replace('backupCrrOperationsStatus', 'backupCrrOperationResults')
  assert.equal(ask(sim, result, t0 + s(20)).status, 204)
  const fresh = ask(newSimulator(), result, t0)
  assert.deepEqual([fresh.status, fresh.headers['azure-asyncoperation'], fresh.headers['retry-after']], [202, text, '10'])
})

test('one job and the list are read by POST and counted as writes', { skip }, () => {
  const known = recorded('rsv.crr.jobs.get', 'rsv.jobs.get')
  const listed: Shapes = new Map()
  for (const body of examples('spec-recoveryservicesbackup', /ListCrrJobs/)) shapesOf(body, listed)
  for (const [path, types] of known) if (!path.includes('extendedInfo')) listed.set(`.value[]${path}`, new Set([...(listed.get(`.value[]${path}`) ?? []), ...types]))
  for (const version of versions) {
    const sim = newSimulator()
    const { text } = sample(sim, 'cross-region')
    ask(sim, text, t0)
    const { jobId } = json(ask(sim, text, t0 + s(20))).properties
    const post = (what: string, body: object, at: number): ReturnType<typeof ask> => ask(sim, withVersion(`${region}/${what}`, version), at, { method: 'POST', body: JSON.stringify(body) })
    let left = 1200
    for (const at of [s(30), min(15), min(33)]) {
      const answer = post('backupCrrJob', { resourceId: vault.toUpperCase(), jobName: jobId }, t0 + at)
      assert.equal(answer.headers['x-ms-ratelimit-remaining-subscription-writes'], String(--left))
      assert.equal(answer.headers['x-ms-ratelimit-remaining-subscription-resource-requests'], undefined)
      const job = json(answer)
      assert.deepEqual(strangers(job, known), [], version)
      assert.equal(job.id, `${region}/backupJobs/${jobId}`)
      assert.equal(job.type, 'Microsoft.RecoveryServices/vaults/backupJobs')
      assert.equal(job.properties.operation, 'CrossRegionRestore')
      assert.match(job.properties.activityId, /^[0-9a-f-]{36}-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ-Ibz$/)
      // The oldest version writes actions as numbers.
      assert.deepEqual(job.properties.actionsInfo, version === '2018-12-20' ? [1] : ['Cancellable'])
    }
    const list = json(post('backupCrrJobs', { resourceId: vault }, t0 + min(1)))
    assert.deepEqual(strangers(list, listed), [])
    assert.deepEqual(list.value.map((job: any) => [job.properties.jobType, job.properties.status]), [['AzureIaaSVMJob', 'InProgress'], ['AzureWorkloadJobV2', 'Failed'], ['AzureIaaSVMJob', 'Completed']])
    const failed = json(post(`backupCrrJobs?$filter=${encodeURIComponent("status eq 'Failed'")}`, { resourceId: vault }, t0 + min(1)))
    assert.equal(failed.value.length, 1)
    assert.deepEqual(json(post('backupCrrJobs', { resourceId: `${vault}x` }, t0)).value, [])
  }
})

test('every recorded actionsInfo of a region\u2019s version is the simulator\u2019s', { skip }, () => {
  for (const row of recordings('rsv.crr.jobs.get').filter(({ httpStatus }) => httpStatus === 200)) {
    const [action] = bodyOf(row).properties.actionsInfo ?? []
    if (action !== undefined) assert.equal(typeof action, row.apiVersion === '2018-12-20' ? 'number' : 'string', row.file)
  }
})

test('the region refuses other methods and versions, and errs in its own envelope', { skip }, () => {
  const known: Shapes = new Map()
  for (const row of recordings('rsv.crr.opstatus', 'rsv.crr.jobs.get')) if (row.httpStatus >= 400) shapesOf(bodyOf(row) ?? {}, known)
  const sim = newSimulator()
  const at = (what: string, method: string, body: unknown, version = newest): ReturnType<typeof ask> => ask(sim, withVersion(`${region}/${what}`, version), t0, { method, body: JSON.stringify(body) })
  for (const what of ['backupCrrJob', 'backupCrrJobs']) {
    const r = at(what, 'GET', '')
    assert.deepEqual([r.status, r.headers['allow']], [405, 'POST'])
  }
  assert.deepEqual([at('backupCrrOperationsStatus/x', 'POST', '').status, at('backupCrrOperationsStatus/x', 'POST', '').headers['allow']], [405, 'GET'])
  for (const version of ['2025-02-01', '2024-04-01', '2016-12-01']) {
    const r = at('backupCrrJobs', 'POST', { resourceId: vault }, version)
    assert.deepEqual([r.status, json(r).error.code], [400, 'NoRegisteredProviderFound'])
    assert.match(json(r).error.message, /2018-12-20, 2021-11-15, 2023-01-15/)
  }
  const refusals: [string, string, unknown, number, string][] = [
    ['backupCrrJob', 'POST', { resourceId: vault, jobName: 'x' }, 404, 'BMSUserErrorObjectNotFound'], ['backupCrrJob', 'POST', { resourceId: vault }, 400, 'BMSUserErrorInvalidInput'],
    ['backupCrrJobs', 'POST', {}, 400, 'BMSUserErrorInvalidInput'], ['backupCrrJobs', 'POST', null, 400, 'BMSUserErrorInvalidInput'], ['backupCrrOperationsStatus/x', 'GET', '', 404, 'BMSUserErrorObjectNotFound'],
  ]
  for (const [what, method, body, status, code] of refusals) {
    const r = at(what, method, body)
    assert.deepEqual([r.status, json(r).ErrorCode], [status, code], what)
    assert.deepEqual(strangers(json(r), known), [])
  }
  assert.match(json(ask(sim, withVersion(`${region}/backupCrrJob`, newest), t0, { method: 'POST', token: 'forbidden-token' })).error.message, /action 'Microsoft\.RecoveryServices\/locations\/backupCrrJob\/action'/)
  // There is no cancel, and nothing in the vault itself.
  assert.deepEqual([at('backupJobs/x/cancel', 'POST', '').status, json(at('backupJobs/x/cancel', 'POST', '')).error.code], [404, 'InvalidResourceType'])
  const elsewhere = ask(sim, withVersion(`${region.replace(/subscriptions\/[^/]+/, 'subscriptions/none')}/backupCrrJobs`, newest), t0, { method: 'POST', body: '{}' })
  assert.equal(json(elsewhere).error.code, 'SubscriptionNotFound')
})
