/**
 * Compares the simulator's bodies with recorded ones: no field may be sent that the service never sent.
 * The recordings lie outside the repository; without them the test is skipped.
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { mainVault, secondVault, supportedVersions, vaultId } from '../../web/src/simulator/index.ts'
import { ask, getJob, json, jobPath, min, newSimulator, s, sample, pathOf, t0 } from './support.ts'

const corpus = process.env['CORPUS'] ?? resolve(process.cwd(), '../shared/corpus')
const index = join(corpus, 'index.json')
const skip = existsSync(index) ? false : `no recorded bodies at ${corpus}; set CORPUS`

/** What the recordings do not have, and why it is sent nevertheless. */
const allowed: Record<string, string> = {
  AzureNetAppVolumeJob: 'a made-up kind of job: what a client must show as it came',
}

/** No recording has these (AZURE.md §4.3.4): their fields are the specification's (§4.2). */
const common = ['id', 'name', 'type', 'properties', ...['jobType', 'duration', 'actionsInfo', 'actionsInfo[]', 'errorDetails', 'errorDetails[]', 'errorDetails[].errorString', 'errorDetails[].recommendations', 'errorDetails[].recommendations[]',
  'extendedInfo', 'extendedInfo.propertyBag', 'extendedInfo.dynamicErrorMessage', 'entityFriendlyName', 'backupManagementType', 'operation', 'status', 'startTime', 'endTime', 'activityId'].map((name) => `properties.${name}`)]
const timedTasks = ['', '[]', '[].taskId', '[].startTime', '[].endTime', '[].duration', '[].status'].map((name) => `properties.extendedInfo.tasksList${name}`)
const unrecorded: Record<string, string[]> = {
  DpmJob: [...common, ...timedTasks, ...['dpmServerName', 'containerName', 'containerType', 'workloadType'].map((name) => `properties.${name}`)],
  MabJob: [...common, ...timedTasks, ...['mabServerName', 'mabServerType', 'workloadType'].map((name) => `properties.${name}`)],
  VaultJob: [...common, 'properties.errorDetails[].errorCode'],
}

function pathsOf(value: unknown, into: Set<string>, at = ''): Set<string> {
  if (Array.isArray(value)) {
    for (const v of value) pathsOf(v, into, `${at}[]`)
    into.add(`${at}[]`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [k, v] of Object.entries(value)) {
      const path = at === '' ? k : `${at}.${k}`
      into.add(path)
      // Property bags are maps: their keys are data.
      if (!/propertyBag$/i.test(k)) pathsOf(v, into, path)
    }
  }
  return into
}

const recorded = (kind: string): { file: string; jobType?: string }[] =>
  (JSON.parse(readFileSync(index, 'utf8')) as { file: string; kind: string; jobType?: string; httpStatus?: number }[])
    .filter((row) => row.kind === kind && row.httpStatus === 200)

function bodyOf(file: string): unknown {
  try {
    const { response } = JSON.parse(readFileSync(join(corpus, file), 'utf8')) as { response: { bodyText?: string } }
    return JSON.parse((response.bodyText ?? '').replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** Every job of every kind, in each api-version, at moments that meet each of its states. */
function* emitted(): Generator<any> {
  const sim = newSimulator({ budgetPerHour: Infinity })
  const paths = sim.samples().filter((x) => !/^(operation-(failed|no-job|validate|ilr|recovery-point)|bv-|cross-region)/.test(x.key)).map((x) => jobPath(sim, x.key, t0))
  for (const path of paths) getJob(sim, path, t0 + s(10))
  for (const v of [mainVault, secondVault]) {
    const list = json(ask(sim, `${vaultId(v)}/backupJobs?api-version=2025-02-01&$filter=${encodeURIComponent("startTime eq '2026-08-01 12:00:00 AM'")}`, t0))
    // The vaults' nights are all alike: the newest tell it all.
    paths.push(...list.value.slice(0, 40).map((j: any) => j.id))
  }
  for (const path of new Set(paths)) {
    for (const version of supportedVersions) {
      for (const after of [s(10), s(40), min(3), min(7), min(8), min(11), min(16), min(30), min(60)]) yield getJob(sim, path, t0 + after, version)
    }
  }
}

test('job bodies have no field the service was never seen to send', { skip }, () => {
  const known = new Map<string, Set<string>>()
  for (const row of recorded('rsv.jobs.get')) {
    if (row.jobType === undefined) continue
    const paths = known.get(row.jobType) ?? new Set<string>()
    known.set(row.jobType, pathsOf(bodyOf(row.file), paths))
  }
  assert.ok(known.size >= 3)
  for (const [jobType, paths] of Object.entries(unrecorded)) known.set(jobType, new Set(paths))
  // A share backup of 2021 has the fields of the same job's first name.
  for (const jobType of ['AzureIaaSVMJob', 'AzureStorageJob', 'AzureWorkloadJob']) {
    known.set(`${jobType}V2`, new Set([...(known.get(`${jobType}V2`) ?? []), ...(known.get(jobType) ?? [])]))
  }
  known.get('AzureWorkloadJob')?.add('properties.errorDetails[].additionalDetails')
  const seen = new Map<string, Set<string>>()
  const unknown = new Set<string>()
  for (const job of emitted()) {
    const { jobType, status } = job.properties
    seen.set(jobType, (seen.get(jobType) ?? new Set()).add(status))
    if (jobType in allowed) continue
    for (const path of pathsOf(job, new Set())) {
      if (!known.get(jobType)?.has(path) && !(`${jobType} ${path}` in allowed)) unknown.add(`${jobType} ${status} ${path}`)
    }
  }
  assert.deepEqual([...unknown].sort(), [])
  assert.deepEqual([...(seen.get('AzureIaaSVMJob') ?? [])].sort(), ['Cancelled', 'Cancelling', 'Completed', 'CompletedWithWarnings', 'Failed', 'InProgress'])
  assert.deepEqual([...(seen.get('AzureStorageJob') ?? [])].sort(), ['Completed', 'Failed', 'InProgress'])
  assert.deepEqual([...(seen.get('AzureWorkloadJob') ?? [])].sort(), ['Completed', 'Failed', 'InProgress'])
})

test('task names are among the recorded or documented ones, as are status words', { skip }, () => {
  const names = new Set(['Create the restored virtual machine', 'Replicate volume'])
  const words = new Set(['NotStarted', 'InProgress', 'Completed', 'Failed', 'Cancelling', 'Cancelled'])
  for (const row of recorded('rsv.jobs.get')) {
    for (const t of (bodyOf(row.file) as any)?.properties?.extendedInfo?.tasksList ?? []) names.add(t.taskId)
  }
  for (const job of emitted()) {
    for (const t of job.properties.extendedInfo.tasksList ?? []) {
      assert.ok(names.has(t.taskId), t.taskId)
      assert.ok(words.has(t.status), t.status)
    }
  }
})

test('operation bodies have no field the service was never seen to send', { skip }, () => {
  const known = new Set(['error', 'error.code', 'error.message', 'properties.jobIds', 'properties.jobIds[]', 'properties.failedJobsError'])
  for (const row of recorded('rsv.opstatus')) pathsOf(bodyOf(row.file), known)
  const sim = newSimulator()
  for (const key of ['backup-completes', 'operation-failed', 'operation-no-job', 'operation-many-jobs']) {
    for (const at of [t0, t0 + s(20)]) {
      for (const path of pathsOf(json(ask(sim, pathOf(sample(sim, key)), at)), new Set())) {
        assert.ok(known.has(path.replace(/(failedJobsError)\..*/, '$1')), `${key} ${path}`)
      }
    }
  }
})
