import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentationJobId, documentationVault, vaultId } from '../../web/src/simulator/index.ts'
import { ask, getJob, jobPath, json, min, newSimulator, s, sample, t0, vault, withVersion } from './support.ts'

/** Asks for a sample's job at its start and then at each of the given offsets. */
function watch(key: string, offsets: readonly number[]): any[] {
  const sim = newSimulator()
  const path = jobPath(sim, key, t0)
  const start = Date.parse(getJob(sim, path, t0 + s(10)).properties.startTime)
  return offsets.map((o) => getJob(sim, path, Math.floor(start) + o).properties)
}

const tasks = (p: any): string[] => p.extendedInfo.tasksList.map((t: any) => t.status)

test('every sample has a stable key, a title and something to paste', () => {
  const sim = newSimulator()
  const samples = sim.samples()
  const keys = ['backup-completes', 'backup-fails', 'backup-warns', 'restore-progress', 'restore-cancelled', 'sql-backup', 'share-restore', 'unknown-status',
    'operation-failed', 'operation-no-job', 'operation-many-jobs', 'operation-json', 'documentation-job',
    'cancel-restore', 'cancel-warns', 'dpm-backup', 'dpm-fails', 'mab-backup', 'vault-job', 'vault-job-fails', 'hana-fails', 'share-backup', 'vm-v2', 'share-v2', 'sql-v2',
    'bv-disk', 'bv-blob-fails', 'bv-postgres', 'bv-aks', 'cross-region', 'operation-validate', 'operation-ilr', 'operation-recovery-point',
    'cancel-refused', 'cancel-refused-later', 'share-fails', 'mab-warns', 'sql-restore', 'sql-cancelled',
    'bv-postgres-fails', 'bv-aks-warns', 'bv-postgres-restore', 'bv-operation-failed', 'operation-vault']
  assert.deepEqual(samples.map((x) => x.key), keys)
  for (const x of samples) {
    assert.ok(x.title.length > 0 && x.title.length < 40, x.title)
    assert.ok(x.detail.length > 0 && x.text.length > 0)
    // A bare guid or an operation's JSON does not tell its vault.
    assert.equal(x.vault !== undefined, !/\/(vaults|backupVaults|locations\/westeurope)\//.test(x.text), x.key)
  }
})

test('a VM backup advances through its tasks and completes after 20 min 23 s', () => {
  const [early, transfer, last, done, later] = watch('backup-completes', [s(10), min(10), min(20) + s(22), min(20) + s(23) + 89, min(60)])
  assert.deepEqual(tasks(early), ['InProgress', 'NotStarted'])
  assert.equal(early.endTime, undefined)
  const [snapshot, copying] = early.extendedInfo.tasksList
  assert.deepEqual(Object.keys(snapshot), ['taskId', 'startTime', 'endTime', 'duration', 'status', 'taskType'])
  assert.deepEqual([snapshot.taskId, copying.taskId], ['Take Snapshot', 'Transfer data to vault'])
  assert.equal(snapshot.endTime, '0001-01-01T00:00:00')
  assert.deepEqual([copying.startTime, copying.endTime, copying.duration], ['0001-01-01T00:00:00', '0001-01-01T00:00:00', 'PT0S'])
  assert.match(early.duration, /^PT(9|10)\.?\d*S$/)
  assert.equal(early.extendedInfo.propertyBag['Backup Size'], undefined)
  assert.equal(early.extendedInfo.progressPercentage, undefined)
  assert.deepEqual(tasks(transfer), ['Completed', 'InProgress'])
  assert.match(transfer.extendedInfo.tasksList[0].duration, /^PT6M/)
  assert.equal(transfer.extendedInfo.propertyBag['Backup Size'], undefined)
  assert.equal(last.status, 'InProgress')
  assert.equal(done.status, 'Completed')
  assert.deepEqual(tasks(done), ['Completed', 'Completed'])
  assert.match(done.duration, /^PT20M23\.089\d*S$/)
  assert.equal(done.extendedInfo.propertyBag['Backup Size'], '11390 MB')
  assert.deepEqual(done.actionsInfo, ['Cancellable'])
  assert.deepEqual(later, done)
  assert.deepEqual(Object.keys(done), ['jobType', 'actionsInfo', 'containerName', 'duration', 'virtualMachineVersion', 'extendedInfo', 'entityFriendlyName', 'backupManagementType', 'operation', 'status', 'startTime', 'endTime', 'activityId'])
})

test('a VM backup fails with what to do about it', () => {
  const [running, failed] = watch('backup-fails', [min(13), min(15)])
  assert.equal(running.errorDetails, undefined)
  assert.equal(failed.status, 'Failed')
  assert.deepEqual(tasks(failed), ['Completed', 'Failed'])
  assert.match(failed.duration, /^PT14M/)
  const [error] = failed.errorDetails
  assert.deepEqual(Object.keys(error), ['errorCode', 'errorTitle', 'errorString', 'recommendations'])
  assert.equal(typeof error.errorCode, 'number')
  assert.ok(error.errorTitle && error.errorString && error.recommendations.length >= 2)
})

test('a VM backup ends with warnings after about nine minutes', () => {
  const [running, warned] = watch('backup-warns', [min(9), min(10)])
  assert.equal(running.status, 'InProgress')
  assert.equal(warned.status, 'CompletedWithWarnings')
  assert.deepEqual(tasks(warned), ['Completed', 'Failed'])
  assert.equal(warned.errorDetails.length, 1)
  assert.equal(warned.extendedInfo.propertyBag['Backup Size'], '0 MB')
})

test('a VM restore reports bytes, a percentage and an estimate, refreshed every five minutes', () => {
  const sim = newSimulator()
  const path = jobPath(sim, 'restore-progress', t0)
  const raw = (after: number): string => ask(sim, withVersion(path), t0 + after).body as string
  const at = (after: number): any => JSON.parse(raw(after)).properties.extendedInfo
  assert.match(raw(0), /"progressPercentage":1\.0[,}]/)
  for (const early of [min(1), min(9)]) {
    assert.equal(at(early).progressPercentage, 1)
    assert.equal(at(early).estimatedRemainingDuration, undefined)
    assert.equal(at(early).tasksList[0].taskExecutionDetails, undefined)
  }
  const first = at(s(611))
  assert.ok(first.progressPercentage > 20 && first.progressPercentage < 60)
  assert.match(first.estimatedRemainingDuration, /^PT/)
  assert.match(first.tasksList[0].taskExecutionDetails, /^[\d.]+ GBs \/ 127 GBs Transferred$/)
  // Nothing moves between refreshes but the duration.
  assert.deepEqual(at(s(900)), first)
  assert.ok(at(s(916)).progressPercentage > first.progressPercentage)
  assert.equal(at(min(33)).progressPercentage, 99)
  assert.equal(at(min(33)).tasksList[0].taskExecutionDetails, '127 GBs / 127 GBs Transferred')
  assert.match(raw(min(36)), /"progressPercentage":100\.0,"estimatedRemainingDuration":"PT0S"/)
  const done = JSON.parse(raw(min(36))).properties
  assert.equal(done.status, 'Completed')
  assert.match(done.duration, /^PT35M41/)
  assert.ok('Recovery point time ' in done.extendedInfo.propertyBag)
  assert.deepEqual(tasks(done), ['Completed', 'Completed'])
})

test('a restore is cancelled by someone else', () => {
  const [running, cancelling, cancelled] = watch('restore-cancelled', [min(5), min(6) + s(30), min(8)])
  assert.deepEqual([running.status, cancelling.status, cancelled.status], ['InProgress', 'Cancelling', 'Cancelled'])
  assert.deepEqual([tasks(cancelling)[0], tasks(cancelled)[0]], ['Cancelling', 'Cancelled'])
  assert.equal(cancelling.endTime, undefined)
  assert.match(cancelled.duration, /^PT7M30/)
  assert.equal(cancelled.errorDetails, undefined)
})

test('a database backup and a file share restore have their own fields', () => {
  const [sql, sqlDone] = watch('sql-backup', [s(20), min(4)])
  assert.deepEqual([sql.jobType, sql.operation, sql.workloadType, sql.isUserTriggered], ['AzureWorkloadJob', 'Backup (Full)', 'SQLDataBase', true])
  assert.deepEqual(sql.extendedInfo.tasksList, [{ taskId: 'Transfer data to vault', taskType: 'Normal', status: 'InProgress' }])
  assert.deepEqual(sql.extendedInfo.propertyBag, {})
  assert.deepEqual(sqlDone.extendedInfo.propertyBag, { 'Data Transferred (in MB)': '20.1147' })
  const [share, shareDone] = watch('share-restore', [min(3), min(6)])
  assert.deepEqual([share.jobType, share.operation, share.isUserTriggered, share.status], ['AzureStorageJob', 'Restore', false, 'InProgress'])
  assert.deepEqual(share.extendedInfo.tasksList, [])
  assert.equal(share.extendedInfo.propertyBag['Number Of Restored Files'], '138')
  assert.deepEqual([shareDone.status, shareDone.extendedInfo.propertyBag['Number Of Restored Files']], ['Completed', '311'])
})

test('an unknown job type is Paused for five minutes, then completes', () => {
  const [paused, still, done] = watch('unknown-status', [0, min(5) - s(1), min(5)])
  assert.deepEqual([paused.status, still.status, done.status], ['Paused', 'Paused', 'Completed'])
  assert.equal(paused.jobType, 'AzureNetAppVolumeJob')
  assert.deepEqual(paused.replication, { mode: 'CrossZone', lagInSeconds: 42 })
})

test('a sample starts when it is first asked for', () => {
  const sim = newSimulator()
  const path = jobPath(sim, 'backup-fails', t0)
  const late = t0 + min(600)
  assert.equal(getJob(sim, path, late).properties.status, 'InProgress')
  assert.match(getJob(sim, path, late + s(5)).properties.startTime, /^2026-08-16T18:00:00/)
})

test('a running duration is exactly now minus the start', () => {
  const sim = newSimulator()
  const path = jobPath(sim, 'backup-fails', t0)
  const { startTime } = getJob(sim, path, t0).properties
  const { duration } = getJob(sim, path, t0 + s(10)).properties
  const ticks = (text: string): number => Number((/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(7, '0'))
  assert.equal((ticks(startTime) + ticks(duration)) % 10_000_000, 0)
})

test('finished jobs of every ending lie in the past', () => {
  const sim = newSimulator()
  const statuses = new Set(json(ask(sim, withVersion(`${vault}/backupJobs`), t0)).value.map((j: any) => j.properties.status))
  for (const e of ['Completed', 'CompletedWithWarnings', 'Failed', 'Cancelled', 'InProgress']) assert.ok(statuses.has(e), e)
})

test('the documentation\'s example job is sent exactly as documented', () => {
  const sim = newSimulator()
  const { text } = sample(sim, 'documentation-job')
  assert.equal(text, `${vaultId(documentationVault)}/backupJobs/${documentationJobId}`)
  const documented = {
    id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/Default-RecoveryServices-ResourceGroup-centralindia/providers/microsoft.recoveryservices/vaults/abdemovault/backupJobs/7ddead57-bcb9-4269-ac31-6a1b57588700',
    name: '7ddead57-bcb9-4269-ac31-6a1b57588700', type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      jobType: 'AzureIaaSVMJob', duration: '00:20:23.0896697', actionsInfo: [1], virtualMachineVersion: 'Compute',
      extendedInfo: {
        tasksList: [{ taskId: 'Take Snapshot', duration: '00:00:00', status: 'Completed' }, { taskId: 'Transfer data to vault', duration: '00:00:00', status: 'Completed' }],
        propertyBag: { 'VM Name': 'uttestvmub1', 'Backup Size': '2332 MB' },
      },
      entityFriendlyName: 'uttestvmub1', backupManagementType: 'AzureIaasVM', operation: 'Backup', status: 'Completed',
      startTime: '2018-05-21T08:35:40.9488967Z', endTime: '2018-05-21T08:56:04.0385664Z', activityId: '7df8e874-1d66-4f81-8e91-da2fe054811d',
    },
  }
  assert.equal(ask(sim, withVersion(text, '2017-07-01'), t0).body, JSON.stringify(documented))
  assert.equal(getJob(sim, text, t0).properties.duration, 'PT20M23.0896697S')
  const made = getJob(sim, `${vault}/backupJobs/41f3e94b-ae6b-4a20-b422-65abfcaf03e5`, t0).properties
  assert.deepEqual([made.status, made.operation], ['InProgress', 'Backup'])
  assert.equal(getJob(sim, `${vault}/backupJobs/41f3e94b-ae6b-4a20-b422-65abfcaf03e5`, t0 + min(20) + s(23)).properties.status, 'Completed')
})
