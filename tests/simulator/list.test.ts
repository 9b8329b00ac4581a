import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondVault, vaultId } from '../../web/src/simulator/index.ts'
import { parseFilter, parseFilterTime } from '../../web/src/simulator/filter.ts'
import { ask, getJob, json, jobPath, min, newSimulator, origin, s, t0, vault, version, withVersion } from './support.ts'

const sim = newSimulator({ budgetPerHour: Infinity })
const listed = (filter?: string, of = vault, encode = encodeURIComponent): any[] =>
  json(ask(sim, `${of}/backupJobs?api-version=${version}${filter === undefined ? '' : `&$filter=${encode(filter)}`}`, t0)).value

test('newest start first, without extendedInfo, only what has started, about a day', () => {
  const jobs = listed()
  assert.ok(jobs.length > 10)
  const starts = jobs.map((j) => Date.parse(j.properties.startTime))
  assert.deepEqual(starts, [...starts].sort((a, b) => b - a))
  assert.ok(starts.every((at) => at > t0 - 86_400_000 && at <= t0))
  for (const j of jobs) {
    assert.deepEqual(Object.keys(j), ['id', 'name', 'type', 'properties'])
    assert.equal(j.properties.extendedInfo, undefined)
  }
  assert.ok(jobs.some((j) => j.properties.errorDetails !== undefined))
  const fresh = newSimulator()
  const names = (now: number): string[] => json(ask(fresh, withVersion(`${vault}/backupJobs`), now)).value.map((j: any) => j.name)
  const path = jobPath(fresh, 'backup-fails', t0)
  assert.ok(!names(t0).some((n) => path.endsWith(n)))
  getJob(fresh, path, t0 + s(1))
  assert.ok(path.endsWith(names(t0 + s(2))[0] ?? '-'))
  assert.equal(names(t0 + min(60 * 24 * 40)).length, 0)
})

test('filters: status, operation, management type, job id, interval', () => {
  const all = listed()
  const count = (f: (p: any) => boolean): number => all.filter((j) => f(j.properties)).length
  assert.equal(listed("status eq 'InProgress'").length, count((p) => p.status === 'InProgress'))
  assert.equal(listed("status eq 'failed' and operation eq 'Backup'").length, count((p) => p.status === 'Failed' && p.operation.startsWith('Backup')))
  assert.equal(listed("backupManagementType eq 'AzureWorkload'").length, count((p) => p.backupManagementType === 'AzureWorkload'))
  assert.ok(count((p) => p.backupManagementType === 'AzureWorkload') > 0)
  assert.equal(listed("operation eq ''").length, all.length)
  assert.equal(listed("someField eq 'x'").length, all.length)
  assert.deepEqual(listed(`jobId eq '${all[3].name.toUpperCase()}'`).map((j) => j.name), [all[3].name])
  assert.deepEqual(listed("jobId eq '7ddead57-bcb9-4269-ac31-6a1b57588700'").map((j) => j.name), ['7ddead57-bcb9-4269-ac31-6a1b57588700'])
  const interval = listed("startTime eq '2026-08-10 12:00:00 AM' and endTime eq '2026-08-12 11:59:59 PM'")
  assert.equal(interval.length, 15)
  assert.ok(interval.every((j) => j.properties.startTime >= '2026-08-10' && j.properties.startTime < '2026-08-13'))
  assert.equal(listed("endTime eq '2026-08-12 11:59:59 PM' and startTime eq '2026-08-10 12:00:00 AM'", vault, (f) => encodeURIComponent(f).replace(/%20/g, '+')).length, 15)
  assert.ok(listed("startTime eq '2018-05-01 00:00:00 AM'").length > all.length)
  for (const bad of ["startTime eq '2020-08-1400:32:38'", 'status = InProgress', "status eq 'Failed' or status eq 'Completed'"]) {
    const r = ask(sim, `${vault}/backupJobs?api-version=${version}&$filter=${encodeURIComponent(bad)}`, t0)
    assert.equal(r.status, 400, bad)
    assert.match(json(r).error.message, /filter parameters are following these guidelines/)
  }
})

test('filter times are a 12-hour clock in UTC', () => {
  assert.equal(parseFilterTime('2026-08-16 12:00:00 AM'), Date.UTC(2026, 7, 16))
  assert.equal(parseFilterTime('2026-08-16 12:30:00 PM'), Date.UTC(2026, 7, 16, 12, 30))
  assert.equal(parseFilterTime('2026-08-16 08:03:31 PM'), Date.UTC(2026, 7, 16, 20, 3, 31))
  assert.equal(parseFilterTime('2026-08-16 00:00:00 AM'), Date.UTC(2026, 7, 16))
  assert.equal(parseFilterTime('2026-08-16T20:00:00Z'), undefined)
  assert.equal(parseFilterTime('2026-08-16 20:00:00 PM'), undefined)
  assert.deepEqual(parseFilter(''), {})
})

test('pages of 200 chain by nextLink, without repeats or gaps, and keep their filter', () => {
  const filter = "startTime eq '2026-07-20 12:00:00 AM'"
  let url: string | undefined = `${vaultId(secondVault)}/backupJobs?api-version=${version}&$filter=${encodeURIComponent(filter)}`
  const sizes: number[] = []
  const names: string[] = []
  while (url !== undefined) {
    const page: any = json(ask(sim, url, t0))
    sizes.push(page.value.length)
    names.push(...page.value.map((j: any) => j.name))
    url = page.nextLink
    if (url !== undefined) {
      assert.ok(url.startsWith(`${origin}${vaultId(secondVault)}/backupJobs?api-version=${version}&$filter=`))
      assert.match(url, /&\$skipToken=[\w-]+$/)
    }
  }
  assert.deepEqual(sizes, [200, 200, 80])
  assert.equal(new Set(names).size, 480)
  const bad = ask(sim, withVersion(`${vault}/backupJobs?$skipToken=nonsense`), t0)
  assert.equal(bad.status, 400)
})
