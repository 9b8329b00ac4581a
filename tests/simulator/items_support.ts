/** What the tests of protected items share: lists to their ends, and the join of jobs with items as a client has to make it (ESTATE.md §2.3). */
import assert from 'node:assert/strict'
import type { Simulator } from '../../web/src/simulator/index.ts'
import { ask, json, origin, s, t0, version, withVersion } from './support.ts'

/** Follows nextLink until there is none; also tells how long each page was. */
export function pages(sim: Simulator, first: string, now: number): { all: any[]; sizes: number[] } {
  const all: any[] = []
  const sizes: number[] = []
  for (let url: string | undefined = first; url; ) {
    const r = ask(sim, url, now)
    assert.equal(r.status, 200, r.body as string)
    const page = json(r)
    all.push(...page.value)
    sizes.push(page.value.length)
    url = page.nextLink
    if (url) assert.ok(url.startsWith(origin))
  }
  return { all, sizes }
}

export const itemsUrl = (vault: string, filter?: string, v = version): string =>
  withVersion(`${vault}/backupProtectedItems${filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`}`, v)

export const itemsOf = (sim: Simulator, vault: string, now = t0, filter?: string, v = version): any[] => pages(sim, itemsUrl(vault, filter, v), now).all

/** All jobs there have ever been. */
export const jobsOf = (sim: Simulator, vault: string, now = t0): any[] =>
  pages(sim, withVersion(`${vault}/backupJobs?$filter=${encodeURIComponent("startTime eq '2018-01-01 12:00:00 AM'")}`), now).all

/** Starts whatever waits to be asked for. */
export function startAll(sim: Simulator, now: number): void {
  for (const { text, vault } of sim.samples()) {
    if (text.startsWith(origin)) ask(sim, text, now)
    else if (text.startsWith('/')) ask(sim, withVersion(text), now)
    else if (!text.startsWith('{')) ask(sim, withVersion(`${vault}/backupJobs/${text}`), now)
    if (text.startsWith(origin)) ask(sim, text, now + s(10))
  }
}

const same = (a: string | undefined, b: string | undefined): boolean => a?.toLowerCase() === b?.toLowerCase()

/** The items a job may be of: one where the keys suffice. */
export function candidates({ properties: job }: any, items: any[]): any[] {
  const [, db = job.entityFriendlyName, server] = /^(.*) \[(.*)\]$/.exec(job.entityFriendlyName) ?? []
  return items.filter(({ properties: item }) => {
    if (!same(item.backupManagementType, job.backupManagementType)) return false
    switch (job.backupManagementType) {
      case 'AzureIaasVM': return same(item.containerName, job.containerName ?? item.containerName) && same(item.friendlyName, job.entityFriendlyName)
      case 'AzureStorage': return item.containerName.endsWith(`;${job.storageAccountName}`) && same(item.friendlyName, job.entityFriendlyName)
      case 'AzureWorkload': return same(item.friendlyName, db) && (server === undefined || same(item.serverName, server))
      default: return same(item.friendlyName, job.entityFriendlyName)
    }
  })
}
