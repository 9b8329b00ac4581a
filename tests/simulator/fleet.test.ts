import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fleet, Simulator } from '../../web/src/simulator/index.ts'
import { itemsOf, jobsOf, pages } from './items_support.ts'
import { ask, json, min, newSimulator, s, t0, withVersion } from './support.ts'

const small: Fleet = { subscriptions: 3, vaults: 9, jobs: 2000 }
const large: Fleet = { subscriptions: 20, vaults: 500, jobs: 100_000 }
const fleetOf = (fleet: Fleet): Simulator => newSimulator({ fleet, budgetPerHour: Infinity })
const graphUrl = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01'
const jobTypes = "recoveryservicesresources | where type in~ ('microsoft.recoveryservices/vaults/backupjobs','microsoft.dataprotection/backupvaults/backupjobs')"
const vaultQuery = "resources | where type in~ ('microsoft.recoveryservices/vaults','microsoft.dataprotection/backupvaults') | project id,name,type,location,subscriptionId | order by id asc"
const jobQuery = `${jobTypes} | project id,name,type,properties | order by id asc`

const page = (sim: Simulator, query: string, now: number, $top = 1000, $skipToken?: string): any =>
  json(ask(sim, graphUrl, now, { method: 'POST', body: JSON.stringify({ query, options: { $top, ...($skipToken ? { $skipToken } : {}) } }) }))

function rows(sim: Simulator, query: string, from = t0): any[] {
  const all: any[] = []
  let now = from
  for (let token: string | undefined; ; now += 400) {
    const r = page(sim, query, now, 1000, token)
    all.push(...r.data)
    token = r.$skipToken
    if (token === undefined) return all
  }
}

const ofFleet = ({ id }: { id: string }): boolean => !/subscriptions\/(3f6c1d52|00000000|8e2b90a4)/.test(id)
const kindOf = (row: any): string => (/\/vaults\//.test(row.id) ? 'rsv' : 'bv')

test('exactly so many subscriptions, vaults and jobs, beside what was there', () => {
  for (const fleet of [small, { subscriptions: 1, vaults: 1, jobs: 1 }, { subscriptions: 40, vaults: 41, jobs: 0 }, { subscriptions: 7, vaults: 100, jobs: 5003 }]) {
    const sim = fleetOf(fleet)
    const subscriptions = pages(sim, withVersion('/subscriptions', '2022-12-01'), t0).all
    assert.equal(subscriptions.filter(ofFleet).length, fleet.subscriptions)
    assert.equal(new Set(subscriptions.map((x) => x.displayName)).size, subscriptions.length, 'every name is one\u2019s own')
    const vaults = rows(sim, vaultQuery).filter(ofFleet)
    assert.equal(vaults.filter((v) => kindOf(v) === 'rsv').length, fleet.vaults)
    assert.equal(vaults.filter((v) => kindOf(v) === 'bv').length, Math.ceil(fleet.vaults / 10))
    assert.equal(new Set(vaults.map((v) => v.name)).size, vaults.length)
    assert.equal(page(sim, jobQuery, t0 + min(1)).totalRecords - page(newSimulator(), jobQuery, t0 + min(1)).totalRecords >= fleet.jobs, true)
    const jobs = rows(sim, jobQuery.replace(' | project', ' and todatetime(properties.startTime) <= datetime(2026-08-16T08:00:00Z) | project')).filter(ofFleet)
    assert.equal(jobs.length, fleet.jobs)
    assert.equal(new Set(jobs.map((j) => j.name)).size, jobs.length)
  }
  assert.equal(rows(newSimulator(), vaultQuery).filter(ofFleet).length, 0)
})

test('what happened in it: every ending, few causes in several subscriptions since yesterday, some of it running', () => {
  const jobs = rows(fleetOf({ subscriptions: 10, vaults: 60, jobs: 12_000 }), jobQuery).filter(ofFleet)
  const share = (status: string): number => jobs.filter((j) => j.properties.status === status).length / jobs.length
  assert.ok(share('Completed') > 0.9)
  for (const [status, least, most] of [['Failed', 0.01, 0.08], ['CompletedWithWarnings', 0.002, 0.03], ['Cancelled', 0.002, 0.03], ['InProgress', 0.0003, 0.01]] as const) {
    assert.ok(share(status) > least && share(status) < most, `${status} ${share(status)}`)
  }
  const failed = jobs.filter((j) => j.properties.status === 'Failed')
  const causes = new Set(failed.flatMap((j) => j.properties.errorDetails.map((e: any) => e.errorString ?? e.message)))
  assert.ok(causes.size >= 4 && causes.size <= 8, [...causes].join('; '))
  const yesterday = failed.filter((j) => Date.parse(j.properties.startTime) > t0 - min(60 * 24))
  assert.ok(new Set(yesterday.map((j) => j.id.split('/')[2])).size >= 3)
  assert.ok(jobs.every((j) => Date.parse(j.properties.startTime) > t0 - min(60 * 24 * 14)))
})

test('time goes on: jobs end, new ones begin in the day after, and then no more', () => {
  const sim = fleetOf(small)
  const begun = (from: number, now: number): number =>
    page(sim, jobQuery.replace(' | project', ` and todatetime(properties.startTime) >= datetime(${new Date(from).toISOString()}) | project`), now).totalRecords
  const hourly = Array.from({ length: 24 }, (_, h) => begun(t0 + min(60 * h) + 1, t0 + min(60 * (h + 1))))
  const sum = hourly.reduce((a, b) => a + b, 0)
  // A day's share of two weeks.
  assert.ok(sum > 80 && sum < 300, String(hourly))
  assert.ok(hourly.filter((n) => n > 0).length > 12, String(hourly))
  assert.equal(begun(t0 + min(60 * 25), t0 + min(60 * 30)), 0)
  const running = rows(sim, jobQuery, t0 + min(60 * 40)).filter(ofFleet).filter((j) => j.properties.status === 'InProgress')
  assert.deepEqual(running, [])
})

test('a vault of it is a vault like any other: its list, its jobs, its items, a cancel', () => {
  const sim = fleetOf(small)
  const vaults = rows(sim, vaultQuery).filter(ofFleet)
  const later = t0 + s(10)
  const graph = rows(sim, jobQuery, later)
  for (const { id } of vaults.filter((v) => kindOf(v) === 'rsv')) {
    const listed = jobsOf(sim, id, later)
    assert.deepEqual(listed.map((j) => j.id).sort(), graph.filter((j) => j.id.startsWith(`${id}/`)).map((j) => j.id).sort())
    const items = itemsOf(sim, id, later)
    assert.ok(items.length > 0)
    for (const job of listed) assert.ok(items.some(({ properties: i }) => job.properties.entityFriendlyName === i.friendlyName || job.properties.entityFriendlyName.startsWith(`${i.friendlyName} [`)), job.properties.entityFriendlyName)
    const one = json(ask(sim, withVersion(listed[0].id), later))
    assert.deepEqual([one.name, one.properties.status, one.properties.startTime], [listed[0].name, listed[0].properties.status, listed[0].properties.startTime])
    assert.ok(one.properties.extendedInfo)
  }
  for (const { id } of vaults.filter((v) => kindOf(v) === 'bv')) {
    const jobs = pages(sim, withVersion(`${id}/backupJobs`, '2024-04-01'), later).all
    const instances = pages(sim, withVersion(`${id}/backupInstances`, '2024-04-01'), later).all
    assert.ok(jobs.length > 0 && jobs.every((j) => instances.some((i) => i.id === j.properties.backupInstanceId)))
  }
  const snapshot = graph.find((j) => ofFleet(j) && j.properties.status === 'InProgress' && j.properties.actionsInfo)
  assert.ok(snapshot, 'one runs that can be cancelled')
  const cancelled = ask(sim, withVersion(`${snapshot.id}/cancel`), later, { method: 'POST' })
  assert.ok([202, 400].includes(cancelled.status))
  if (cancelled.status === 202) assert.equal(json(ask(sim, withVersion(snapshot.id), later + s(1))).properties.status, 'Cancelling')
})

test('the same fleet twice, byte for byte; another size is another fleet; what was there does not change', () => {
  const [one, two] = [fleetOf(small), fleetOf(small)]
  for (const query of [vaultQuery, jobQuery]) assert.deepEqual(rows(one, query), rows(two, query))
  const contoso = jobQuery.replace(' | project', " and id startswith '/subscriptions/3f6c1d52' | project")
  const base = (sim: Simulator): any => page(sim, contoso, t0 + min(1))
  assert.ok(base(one).count > 300)
  assert.deepEqual(base(one), base(newSimulator()))
})

test('a large one is built and asked in good time', () => {
  const cpu = (run: () => void): number => {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  // Many times what a quiet machine needs: only another order of growth is to be found here.
  let sim: Simulator | undefined
  assert.ok(cpu(() => { sim = fleetOf(large) }) < 6000)
  const fleet = sim as unknown as Simulator
  const vaults = rows(fleet, vaultQuery).filter((v) => ofFleet(v) && kindOf(v) === 'rsv')
  assert.equal(vaults.length, 500)
  const first = page(fleet, jobQuery, t0 + s(10))
  assert.ok(first.totalRecords >= 100_000)
  let token = first.$skipToken
  const perPage = cpu(() => {
    for (let n = 1; n <= 10; n++) {
      const next = page(fleet, jobQuery, t0 + s(10) + n * 400, 1000, token)
      assert.equal(next.count, 1000)
      token = next.$skipToken
    }
  }) / 10
  assert.ok(perPage < 500, `${perPage} ms a page`)
  const perVault = cpu(() => { for (const { id } of vaults.slice(0, 50)) assert.equal(ask(fleet, withVersion(`${id}/backupJobs`), t0).status, 200) }) / 50
  assert.ok(perVault < 60, `${perVault} ms a list`)
})
