import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentationVault, mainVault, secondVault } from '../../web/src/simulator/index.ts'
import { ask, json, min, newSimulator, s, t0 } from './support.ts'

const url = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01'
const types = "type in~ ('microsoft.recoveryservices/vaults/backupjobs','Microsoft.DataProtection/backupVaults/backupJobs')"
const query = `recoveryservicesresources | where ${types} | project id,name,type,properties | order by id asc`

const questioned = (sim = newSimulator(), body: unknown = { query, options: { $top: 1000 } }, now = t0) => ask(sim, url, now, { method: 'POST', body: JSON.stringify(body) })

test('jobs of all vaults of two weeks at once, as the vaults list them', () => {
  const answer = json(questioned())
  assert.equal(answer.resultTruncated, 'false')
  assert.equal(answer.count, answer.data.length)
  assert.equal(answer.totalRecords, answer.data.length)
  const ids: string[] = answer.data.map((row: any) => row.id)
  for (const part of [mainVault.name, secondVault.name, 'backupVaults/']) assert.ok(ids.some((id) => id.includes(part)), part)
  assert.ok(!ids.some((id) => id.includes(documentationVault.name)), 'its job is of 2018')
  for (const row of answer.data) {
    assert.deepEqual(Object.keys(row), ['id', 'name', 'type', 'properties'])
    assert.equal(row.type, row.type.toLowerCase())
    assert.ok(Date.parse(row.properties.startTime) > t0 - min(60 * 24 * 14))
  }
  const protection = answer.data.filter((row: any) => row.type.startsWith('microsoft.dataprotection'))
  assert.ok(protection.every((row: any) => row.properties.duration === null || !/^P/.test(row.properties.duration)), 'durations as in lists')
  assert.ok(protection.some((row: any) => row.properties.extendedInfo?.subTasks?.length > 0), 'details as in single reads')
})

test('by start, by subscription, page by page', () => {
  const sim = newSimulator()
  const recent = json(questioned(sim, { query: query.replace('| project', 'and todatetime(properties.startTime) >= datetime(2026-08-16T07:00:00Z) | project') })).data
  assert.ok(recent.length > 0 && recent.every((row: any) => Date.parse(row.properties.startTime) >= Date.UTC(2026, 7, 16, 7)))
  assert.equal(questioned(sim, { subscriptions: ['ffffffff-0000-4000-8000-000000000000'], query }).status, 403)
  const all = json(questioned(sim)).data.map((row: any) => row.id)
  const paged: string[] = []
  for (let token: string | undefined, now = t0; ; now += s(1)) {
    const page = json(questioned(sim, { subscriptions: [mainVault.subscription.toUpperCase()], query, options: { $top: 150, ...(token ? { $skipToken: token } : {}) } }, now))
    assert.equal(page.resultTruncated, page.$skipToken ? 'true' : 'false')
    paged.push(...page.data.map((row: any) => row.id))
    token = page.$skipToken
    if (token === undefined) break
  }
  assert.deepEqual(paged, all)
  assert.equal(json(questioned(sim, { query: query.replace('project id,', 'project '), options: { $top: 5 } }, t0 + min(1))).$skipToken, undefined, 'rows without an id cannot be paged')
})

test('refusals: other queries, versions and methods, a quota of its own, no permission', () => {
  const sim = newSimulator({ budgetPerHour: 1 })
  const bad = questioned(sim, { query: 'resources | where 1' })
  assert.equal(bad.status, 400)
  assert.equal(json(bad).error.details[0].code, 'InvalidQuery')
  assert.equal(ask(sim, url, t0, { method: 'POST', body: '{' }).status, 400)
  assert.equal(ask(sim, url.replace('2022-10-01', '2019-01-01'), t0, { method: 'POST', body: '{}' }).status, 400)
  assert.equal(ask(sim, url, t0).status, 405)
  const statuses = Array.from({ length: 15 }, () => questioned(sim).status)
  assert.deepEqual([...new Set(statuses)], [200, 429])
  assert.equal(statuses.filter((status) => status === 200).length, 13)
  assert.equal(questioned(sim, undefined, t0 + s(6)).status, 200)
  assert.equal(questioned(newSimulator({ resourceGraph: false })).status, 403)
})
