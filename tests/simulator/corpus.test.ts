/** Recovery Services bodies, field by field and type by type, against recorded ones: nothing may be sent that the service never sent. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mainVault, secondVault, supportedVersions, vaultId, type SimulatedResponse } from '../../web/src/simulator/index.ts'
import { always, bodyOf, declare, examples, recorded, recordings, shapesOf, skip, strangers, type Shapes } from './shapes.ts'
import { ask, getJob, json, jobPath, min, newSimulator, origin, pathOf, s, sample, t0, vault, withVersion } from './support.ts'

/** What the recordings do not have, and why it is sent nevertheless. */
const allowed: Record<string, string> = {
  AzureNetAppVolumeJob: 'a made-up kind of job: what a client must show as it came',
}

/** No recording has these (AZURE.md §4.3.4): names and types are the specification's (§4.2). */
const head = { '': 'object', '.id': 'string', '.name': 'string', '.type': 'string', '.properties': 'object' }
const under = (at: string, names: string, type = 'string'): Record<string, string> => Object.fromEntries(names.split(' ').map((name) => [`${at}.${name}`, type]))
const common = {
  ...head, ...under('.properties', 'jobType duration entityFriendlyName backupManagementType operation status startTime endTime activityId'),
  ...under('.properties', 'actionsInfo errorDetails', 'array'), '.properties.actionsInfo[]': 'string number', '.properties.errorDetails[]': 'object',
  '.properties.errorDetails[].errorString': 'string', '.properties.errorDetails[].recommendations': 'array', '.properties.errorDetails[].recommendations[]': 'string',
  '.properties.extendedInfo': 'object', '.properties.extendedInfo.propertyBag': 'object', '.properties.extendedInfo.propertyBag{}': 'string', '.properties.extendedInfo.dynamicErrorMessage': 'string',
}
const timedTasks = {
  '.properties.extendedInfo.tasksList': 'array', '.properties.extendedInfo.tasksList[]': 'object',
  ...under('.properties.extendedInfo.tasksList[]', 'taskId startTime endTime duration status'),
}
const unrecorded: Record<string, Record<string, string>> = {
  DpmJob: { ...common, ...timedTasks, ...under('.properties', 'dpmServerName containerName containerType workloadType') },
  MabJob: { ...common, ...timedTasks, ...under('.properties', 'mabServerName mabServerType workloadType') },
  VaultJob: { ...common, '.properties.errorDetails[].errorCode': 'number' },
}

const jobBodies = (jobType: string, more: (row: ReturnType<typeof recordings>[number]) => boolean = () => true): any[] =>
  recordings('rsv.jobs.get', 'rsv.crr.jobs.get').filter((row) => row.jobType === jobType && row.httpStatus === 200 && more(row)).map(bodyOf)

interface Emitted { job: any; version: string }

/** Every job of every kind, in each api-version, at moments that meet each of its states. */
function* emitted(): Generator<Emitted> {
  const sim = newSimulator({ budgetPerHour: Infinity })
  const elsewhere = /^(operation-(failed|no-job|validate|ilr|recovery-point|vault)|bv-|cross-region)/
  const paths = sim.samples().filter((x) => !elsewhere.test(x.key)).map((x) => jobPath(sim, x.key, t0))
  for (const path of paths) getJob(sim, path, t0 + s(10))
  for (const v of [mainVault, secondVault]) {
    const list = json(ask(sim, `${vaultId(v)}/backupJobs?api-version=2025-02-01&$filter=${encodeURIComponent("startTime eq '2026-08-01 12:00:00 AM'")}`, t0))
    // The vaults' nights are all alike: the newest tell it all.
    paths.push(...list.value.slice(0, 40).map((j: any) => j.id))
  }
  for (const path of new Set(paths)) {
    for (const version of supportedVersions) {
      for (const after of [s(10), s(40), s(140), min(3), min(7), min(8), min(11), min(16), min(30), min(60)]) yield { job: getJob(sim, path, t0 + after, version), version }
    }
  }
}

test('job bodies have no field and no type of value the service was never seen to send', { skip }, () => {
  const known = new Map<string, Shapes>()
  for (const jobType of ['AzureIaaSVMJob', 'AzureStorageJob', 'AzureWorkloadJob']) {
    for (const name of [jobType, `${jobType}V2`]) {
      const shapes: Shapes = new Map()
      for (const body of jobBodies(name)) shapesOf(body, shapes)
      assert.ok(shapes.size > 20, name)
      known.set(name, shapes)
    }
    // The V2 names were recorded in mid-2021 alone: other versions have what the first names had, and the way round for errors.
    for (const [path, types] of known.get(jobType) ?? []) declare(known.get(`${jobType}V2`) ?? new Map(), { [path]: [...types].join(' ') })
    for (const [path, types] of known.get(`${jobType}V2`) ?? []) if (path.includes('errorDetails')) declare(known.get(jobType) ?? new Map(), { [path]: [...types].join(' ') })
  }
  declare(known.get('AzureWorkloadJob') ?? new Map(), { '.properties.errorDetails[].additionalDetails': 'string' })
  for (const [jobType, table] of Object.entries(unrecorded)) known.set(jobType, declare(new Map(), table))
  const seen = new Map<string, Set<string>>()
  const unknown = new Set<string>()
  for (const { job } of emitted()) {
    const { jobType, status } = job.properties
    seen.set(jobType, (seen.get(jobType) ?? new Set()).add(status))
    if (jobType in allowed) continue
    for (const stranger of strangers(job, known.get(jobType) ?? new Map())) unknown.add(`${jobType} ${status} ${stranger}`)
  }
  assert.deepEqual([...unknown].sort(), [])
  const ends: Record<string, string[]> = {
    AzureIaaSVMJob: ['Cancelled', 'Cancelling', 'Completed', 'CompletedWithWarnings', 'Failed', 'InProgress'], AzureIaaSVMJobV2: ['Completed', 'InProgress'],
    AzureStorageJob: ['Completed', 'Failed', 'InProgress'], AzureStorageJobV2: ['Completed', 'InProgress'],
    AzureWorkloadJob: ['Cancelled', 'Cancelling', 'Completed', 'Failed', 'InProgress'], AzureWorkloadJobV2: ['Completed', 'InProgress'],
    DpmJob: ['Completed', 'Failed', 'InProgress'], MabJob: ['Completed', 'CompletedWithWarnings', 'InProgress'], VaultJob: ['Completed', 'Failed', 'InProgress'],
  }
  for (const [jobType, statuses] of Object.entries(ends)) assert.deepEqual([...(seen.get(jobType) ?? [])].sort(), statuses, jobType)
})

test('what every recorded body of a kind has, the simulator sends', { skip }, () => {
  const since = (row: { apiVersion: string; jobStatus?: string }): boolean => row.apiVersion >= '2019-05-13' && row.jobStatus === 'Completed'
  const sim = newSimulator()
  for (const [key, jobType] of [['backup-completes', 'AzureIaaSVMJob'], ['sql-backup', 'AzureWorkloadJob'], ['share-restore', 'AzureStorageJob'], ['vm-v2', 'AzureIaaSVMJobV2'], ['sql-v2', 'AzureWorkloadJobV2'], ['share-v2', 'AzureStorageJobV2']] as const) {
    const path = jobPath(sim, key, t0)
    getJob(sim, path, t0 + s(10))
    const job = getJob(sim, path, t0 + min(30), key.endsWith('v2') ? '2021-06-01' : '2025-02-01')
    assert.equal(job.properties.jobType, jobType)
    const have = shapesOf(job)
    assert.deepEqual(always(jobBodies(jobType, since)).filter((name) => !have.has(name)), [], jobType)
  }
})

test('durations and actions are written as in the version asked for', { skip }, () => {
  const forms = new Map<string, Set<string>>()
  const form = (version: string, job: any): string[] => {
    const { duration, actionsInfo, jobType } = job?.properties ?? {}
    const second = String(jobType).endsWith('V2') ? ' V2' : ''
    return [...(duration === undefined ? [] : [`${version} duration ${/^-?P/.test(duration) ? 'ISO' : 'TimeSpan'}`]), ...(actionsInfo?.length ? [`${version}${second} action ${typeof actionsInfo[0]}`] : [])]
  }
  for (const row of recordings('rsv.jobs.get')) {
    for (const text of form(row.apiVersion, bodyOf(row))) {
      const about = text.replace(/ \S+$/, '')
      forms.set(about, (forms.get(about) ?? new Set()).add(text))
    }
  }
  const wrong = new Set<string>()
  let compared = 0
  for (const { job, version } of emitted()) {
    // The documentation's example contradicts the recordings, and is sent as documented.
    if (job.name === '7ddead57-bcb9-4269-ac31-6a1b57588700') continue
    for (const text of form(version, job)) {
      const known = forms.get(text.replace(/ \S+$/, ''))
      if (known === undefined) continue
      compared++
      if (!known.has(text)) wrong.add(text)
    }
  }
  assert.deepEqual([...wrong], [])
  assert.ok(compared > 1000)
})

test('task names are among the recorded or documented ones, as are status words', { skip }, () => {
  const names = new Set(['Create the restored virtual machine', 'Replicate volume'])
  const words = new Set(['NotStarted', 'InProgress', 'Completed', 'Failed', 'Cancelling', 'Cancelled'])
  for (const row of recordings('rsv.jobs.get')) for (const t of bodyOf(row)?.properties?.extendedInfo?.tasksList ?? []) names.add(t.taskId)
  for (const { job } of emitted()) {
    for (const t of job.properties.extendedInfo.tasksList ?? []) {
      assert.ok(names.has(t.taskId), t.taskId)
      assert.ok(words.has(t.status), t.status)
    }
  }
})

test('job lists are enveloped as recorded, and their jobs have no extendedInfo', { skip }, () => {
  const known = recorded('rsv.jobs.list')
  // Links are the specification's alone; what a single job may have, a listed one may.
  declare(known, { '.nextLink': 'string' })
  for (const [path, types] of recorded('rsv.jobs.get')) if (!path.includes('extendedInfo')) declare(known, { [`.value[]${path}`]: [...types].join(' ') })
  const sim = newSimulator()
  for (const of of [vault, vaultId(secondVault)]) {
    for (const version of supportedVersions) {
      const list = json(ask(sim, withVersion(`${of}/backupJobs?$filter=${encodeURIComponent("startTime eq '2026-07-01 12:00:00 AM'")}`, version), t0))
      assert.deepEqual(strangers(list, known), [], version)
    }
  }
})

test('operation bodies have no field and no type the service was never seen to send', { skip }, () => {
  const known = recorded('rsv.opstatus')
  for (const body of examples('spec-recoveryservicesbackup', /Operation(Status|s?Results?)|OperationStatus/)) shapesOf(body, known)
  // The table of §3 has these; neither a recording nor an example does.
  declare(known, {
    '.properties.jobIds': 'array', '.properties.jobIds[]': 'string', '.properties.failedJobsError': 'object', '.properties.failedJobsError{}': 'string',
    '.error': 'object', '.error.code': 'string', '.error.message': 'string',
    '.properties.recoveryTarget': 'object', '.properties.recoveryTarget.clientScripts': 'array', '.properties.recoveryTarget.clientScripts[]': 'object',
    ...under('.properties.recoveryTarget.clientScripts[]', 'scriptContent scriptExtension osType scriptNameSuffix'), '.properties.recoveryTarget.clientScripts[].url': 'string null',
    '.properties.updatedRecoveryPoint': 'object', ...under('.properties.updatedRecoveryPoint', 'objectType friendlyName recoveryPointType recoveryPointTime'), '.properties.deletedBackupItemVersion': 'null string',
  })
  const types = new Set<string>()
  for (const version of supportedVersions) {
    const sim = newSimulator()
    for (const { key, text } of sim.samples()) {
      if (!text.startsWith(origin) || /^(bv-|cross-region)/.test(key)) continue
      for (const at of [t0, t0 + s(20)]) {
        const operation = json(ask(sim, withVersion(pathOf(sample(sim, key)).replace(/\?.*/, ''), version), at))
        assert.deepEqual(strangers(operation, known), [], `${key} ${version}`)
        if (operation.properties) types.add(operation.properties.objectType)
      }
    }
  }
  assert.deepEqual([...types].sort(), ['Job', 'Jobs', 'ProvisionILR', 'RecoveryPoint', 'ValidateOperation'].map((name) => `OperationStatus${name}ExtendedInfo`))
})

test('errors come in the recorded envelopes', { skip }, () => {
  const known: Shapes = new Map()
  for (const row of recordings()) if (row.kind.startsWith('rsv.') && row.httpStatus >= 400) shapesOf(bodyOf(row) ?? {}, known)
  const sim = newSimulator({ budgetPerHour: 40 })
  const guid = '11111111-2222-4333-8444-555555555555'
  const get = (path: string, o = {}): SimulatedResponse => ask(sim, withVersion(path), t0, o)
  const done = jobPath(sim, 'backup-fails', t0)
  const answers = [
    get(`${vault}/backupJobs/${guid}`), get(`${vault}/backupOperations/${guid}`), get(`${vault}/operationStatus/${guid}`), get(`${vault}/backupThings`), get(`${vault}x/backupJobs`), get('/nowhere'),
    get(`${vault}/backupJobs`, { token: null }), get(`${vault}/backupJobs`, { token: 'forbidden-token' }), get(`${vault}/backupJobs`, { token: 'expired' }), get(`${vault}/backupJobs`, { method: 'PUT' }),
    get(`${vault}/backupJobs?$filter=nonsense`), ask(sim, `${vault}/backupJobs`, t0), ask(sim, withVersion(`${vault}/backupJobs`, '2031-01-01'), t0),
    get(`${vault}/backupJobs/7ddead57-bcb9-4269-ac31-6a1b57588700/cancel`, { method: 'POST' }), get(`${done}/cancel`, { method: 'GET' }),
  ]
  for (const status of [400, 401, 403, 404, 408, 409, 429, 500, 503, 504]) {
    sim.addFault({ answer: { kind: 'status', status } })
    answers.push(get(`${vault}/backupJobs`))
  }
  for (let i = 0; i < 41; i++) get(`${vault}/backupJobs`)
  answers.push(get(`${vault}/backupJobs`))
  assert.equal(answers[answers.length - 1]?.status, 429)
  for (const r of answers) {
    assert.ok(r.status >= 400)
    assert.deepEqual(strangers(json(r), known), [], String(r.body))
    assert.ok(['gateway', 'service'].includes(r.headers['x-ms-failure-cause'] ?? ''), String(r.body))
  }
})
