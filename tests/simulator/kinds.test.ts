/** Backup vaults, paired regions, operations that end with more than a job's name: against recordings and the specification's examples. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { ask, json, min, newSimulator, origin, pathOf, s, sample, t0, vault, withVersion } from './support.ts'

const corpus = process.env['CORPUS'] ?? resolve(process.cwd(), '../shared/corpus')
const index = join(corpus, 'index.json')
const skip = existsSync(index) ? false : `no recorded bodies at ${corpus}; set CORPUS`

type Shapes = Map<string, Set<string>>

/** Every path of a value, with the JSON types seen there. Maps of names to texts are data: their keys are not compared. */
function shapesOf(value: unknown, into: Shapes, at = ''): Shapes {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  into.set(at, (into.get(at) ?? new Set()).add(type))
  if (Array.isArray(value)) for (const v of value) shapesOf(v, into, `${at}[]`)
  else if (type === 'object' && !/(propertyBag|additionalDetails|failedJobsError)$/i.test(at)) for (const [k, v] of Object.entries(value as object)) shapesOf(v, into, `${at}.${k}`)
  // An error may hold its like.
  for (const [path, types] of [...into]) {
    const folded = path.replace(/(errorDetails\[\])(\.details\[\])+/, '$1')
    if (folded !== path) for (const t of types) into.set(folded, (into.get(folded) ?? new Set()).add(t))
  }
  return into
}

function strangers(value: unknown, known: Shapes): string[] {
  return [...shapesOf(value, new Map())].flatMap(([path, types]) => [...types].filter((t) => !known.get(path)?.has(t)).map((t) => `${path}: ${t}`)).sort()
}

function recorded(...kinds: string[]): Shapes {
  const known: Shapes = new Map()
  for (const row of JSON.parse(readFileSync(index, 'utf8')) as { file: string; kind: string; httpStatus: number }[]) {
    if (!kinds.includes(row.kind)) continue
    const { response } = JSON.parse(readFileSync(join(corpus, row.file), 'utf8')) as { response: { bodyText?: string } }
    try {
      shapesOf(JSON.parse(response.bodyText ?? ''), known)
    } catch {
      // No JSON: nothing to compare with.
    }
  }
  return known
}

const bv = '/subscriptions/3f6c1d52-8b0e-4c7a-9e21-64d0b7a85c19/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-contoso-weu'

test('a Backup vault writes jobs as it was recorded to, alone and in lists', { skip }, () => {
  const sim = newSimulator()
  const alone = recorded('dp.jobs.get', 'dp.crr.jobs.get')
  const listed = recorded('dp.jobs.list')
  // No recording has a link of a list; errors of single jobs are those of lists.
  listed.set('.nextLink', new Set(['null', 'string']))
  for (const [path, types] of listed) if (path.startsWith('.value[].properties.errorDetails')) alone.set(path.replace('.value[]', ''), types)
  // What is not measured is null; recordings of other sources have numbers (§12).
  alone.get('.properties.extendedInfo.dataTransferredInBytes')?.add('number')
  for (const key of ['bv-blob-fails', 'bv-postgres', 'bv-aks']) {
    for (const at of [s(0), s(60), min(30)]) {
      const job = json(ask(sim, withVersion(pathOf(sample(sim, key)), '2024-04-01'), t0 + at))
      assert.deepEqual(strangers(job, alone), [], key)
    }
  }
  const list = json(ask(sim, withVersion(`${bv}/backupJobs`, '2024-04-01'), t0 + min(40)))
  assert.deepEqual(strangers(list, listed), [])
})

test('durations are TimeSpans in lists and ISO in single answers', () => {
  const sim = newSimulator()
  const path = pathOf(sample(sim, 'bv-postgres'))
  ask(sim, withVersion(path, '2024-04-01'), t0)
  assert.match(json(ask(sim, withVersion(path, '2024-04-01'), t0 + min(5))).properties.duration, /^PT1M35S$/)
  const [first] = json(ask(sim, withVersion(`${bv}/backupJobs`, '2024-04-01'), t0 + min(5))).value
  assert.match(first.properties.duration, /^00:01:35/)
  assert.equal(first.properties.extendedInfo, null)
})

test('a Backup vault pages in order, knows no filter, and has no cancel', () => {
  const sim = newSimulator()
  const first = json(ask(sim, withVersion(`${bv}/backupJobs?$filter=${encodeURIComponent("status eq 'Failed'")}`, '2024-04-01'), t0))
  assert.equal(first.value.length, 20)
  const second = json(ask(sim, first.nextLink, t0))
  assert.equal(first.value.length + second.value.length, 27)
  assert.equal(second.nextLink, null)
  assert.equal(new Set([...first.value, ...second.value].map((job: any) => job.id)).size, 27)
  assert.equal(ask(sim, withVersion(`${pathOf(sample(sim, 'bv-aks'))}/cancel`, '2024-04-01'), t0, { method: 'POST' }).status, 404)
  assert.equal(ask(sim, withVersion(`${bv}/backupJobs`, '2025-02-01'), t0).status, 400)
})

test('a Backup vault\u2019s operation is Inprogress, then names its job by its whole id', { skip }, () => {
  const sim = newSimulator()
  const known = recorded('dp.opstatus')
  const path = pathOf(sample(sim, 'bv-disk'))
  const running = json(ask(sim, path, t0))
  assert.equal(running.status, 'Inprogress')
  const ended = json(ask(sim, path, t0 + s(10)))
  assert.equal(ended.properties.objectType, 'OperationJobExtendedInfo')
  assert.ok(ended.properties.jobId.startsWith(bv))
  assert.deepEqual([...strangers(running, known), ...strangers(ended, known)], [])
})

test('a cross-region restore is read by POST, as recorded', { skip }, () => {
  const sim = newSimulator()
  const known = recorded('rsv.crr.jobs.get', 'rsv.jobs.get')
  const { text } = sample(sim, 'cross-region')
  const region = text.slice(origin.length, text.indexOf('/backupCrr'))
  ask(sim, text, t0)
  const operation = json(ask(sim, text, t0 + s(20)))
  assert.deepEqual(strangers(operation, recorded('rsv.crr.opstatus', 'rsv.opstatus')), [])
  const body = JSON.stringify({ resourceId: vault, jobName: operation.properties.jobId })
  for (const at of [s(30), min(15), min(40)]) {
    const answer = ask(sim, withVersion(`${region}/backupCrrJob`, '2023-01-15'), t0 + at, { method: 'POST', body })
    assert.equal(answer.headers['x-ms-ratelimit-remaining-subscription-writes'], '1199')
    const job = json(answer)
    assert.deepEqual(strangers(job, known), [])
    assert.ok(job.id.includes('/locations/northeurope/backupJobs/'))
    assert.equal(job.properties.operation, 'CrossRegionRestore')
  }
  const list = json(ask(sim, withVersion(`${region}/backupCrrJobs`, '2023-01-15'), t0 + min(1), { method: 'POST', body: JSON.stringify({ resourceId: vault }) }))
  assert.equal(list.value.length, 1)
  assert.equal(list.value[0].properties.extendedInfo, undefined)
  // The older version writes actions as numbers.
  const old = json(ask(sim, withVersion(`${region}/backupCrrJob`, '2018-12-20'), t0 + min(1), { method: 'POST', body }))
  assert.deepEqual(old.properties.actionsInfo, [1])
  assert.equal(ask(sim, withVersion(`${region}/backupCrrJob`, '2023-01-15'), t0, { method: 'GET' }).status, 405)
  assert.equal(ask(sim, withVersion(`${region}/backupCrrJob`, '2025-02-01'), t0, { method: 'POST', body }).status, 400)
  const missing = json(ask(sim, withVersion(`${region}/backupCrrJob`, '2023-01-15'), t0, { method: 'POST', body: JSON.stringify({ resourceId: vault, jobName: 'x' }) }))
  assert.equal(missing.ErrorCode, 'BMSUserErrorObjectNotFound')
})

test('operations end with the infos of the specification\u2019s examples', { skip }, () => {
  const known: Shapes = new Map()
  const folder = join(corpus, 'spec-recoveryservicesbackup')
  const visit = (dir: string): void => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (entry.isDirectory()) visit(join(dir, entry.name))
      else if (entry.name.endsWith('.json')) {
        const { responses } = JSON.parse(readFileSync(join(dir, entry.name), 'utf8')) as { responses?: Record<string, { body?: unknown }> }
        for (const { body } of Object.values(responses ?? {})) if (body !== undefined) shapesOf(body, known)
      }
    }
  }
  visit(folder)
  const sim = newSimulator()
  const absent = new Set<string>()
  for (const key of ['operation-validate', 'operation-ilr', 'operation-recovery-point']) {
    const path = pathOf(sample(sim, key))
    ask(sim, path, t0)
    const operation = json(ask(sim, path, t0 + s(10)))
    assert.equal(operation.status, 'Succeeded')
    for (const stranger of strangers(operation, known)) absent.add(stranger)
  }
  // The table of AZURE.md §3 has these; the specification has no example of them.
  const declared = /^\.properties\.(validateOperationResponse|recoveryTarget|updatedRecoveryPoint|deletedBackupItemVersion)/
  assert.deepEqual([...absent].filter((path) => !declared.test(path)), [])
})

test('a filter may be ignored, and a page may link anywhere', () => {
  const sim = newSimulator({ ignoreFilter: true })
  const filtered = `${vault}/backupJobs?$filter=${encodeURIComponent("status eq 'Failed'")}`
  assert.ok(json(ask(sim, withVersion(filtered), t0)).value.some((job: any) => job.properties.status !== 'Failed'))
  sim.configure({ ignoreFilter: false })
  assert.ok(json(ask(sim, withVersion(filtered), t0)).value.every((job: any) => job.properties.status === 'Failed'))
  sim.addFault({ path: '/backupJobs', answer: { kind: 'next-link', url: 'https://elsewhere.example/' } })
  assert.equal(json(ask(sim, withVersion(filtered), t0)).nextLink, 'https://elsewhere.example/')
})

test('a cancel may end with warnings, and a restore as cancelled', () => {
  const sim = newSimulator()
  for (const [key, ending] of [['cancel-warns', 'CompletedWithWarnings'], ['cancel-restore', 'Cancelled']] as const) {
    const path = pathOf(sample(sim, key))
    ask(sim, withVersion(path), t0)
    assert.equal(ask(sim, withVersion(`${path}/cancel`), t0 + s(30), { method: 'POST' }).status, 202)
    assert.equal(json(ask(sim, withVersion(path), t0 + s(40))).properties.status, 'Cancelling')
    const { properties } = json(ask(sim, withVersion(path), t0 + min(5)))
    assert.equal(properties.status, ending)
    assert.equal(properties.errorDetails?.[0].errorCode, key === 'cancel-warns' ? 400158 : undefined)
  }
})
