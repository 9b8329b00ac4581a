/** Azure Resource Graph: the jobs of all vaults that the caller may read, in one query (AZURE.md §13, ESTATE.md §3). */
import { backupVaultJobBody, hasBegun } from './backup_vault_jobs.ts'
import { answer, gatewayError, tenant } from './errors.ts'
import type { Json } from './format.ts'
import { jobBody } from './job_body.ts'
import { stateOf } from './jobs.ts'
import type { SimulatedRequest, SimulatedResponse } from './types.ts'
import { formOf } from './versions.ts'
import type { World } from './world.ts'

const versions = ['2021-03-01', '2022-10-01', '2024-04-01']
const daysKept = 14 * 86_400_000
const quota = { queries: 15, within: 5000 }

/** Times of one user's queries, oldest first. */
export interface GraphQuota { served: number[] }

export const isGraph = (segments: readonly string[]): boolean => /^providers\/microsoft\.resourcegraph\/resources$/i.test(segments.join('/'))

interface Query { types: string[]; from: number | undefined; to: number | undefined; under: string; projects: string[] | undefined }

/** The part of the query language that clients of jobs need; undefined for any other. */
function parseQuery(text: string): Query | undefined {
  const [table, ...pipes] = text.split('|').map((part) => part.trim())
  if (table?.toLowerCase() !== 'recoveryservicesresources') return undefined
  const query: Query = { types: [], from: undefined, to: undefined, under: '', projects: undefined }
  for (const pipe of pipes) {
    const project = /^project ([\w, ]+)$/i.exec(pipe)
    if (project?.[1] !== undefined) query.projects = project[1].split(',').map((name) => name.trim())
    else if (/^where /i.test(pipe)) {
      for (const clause of pipe.slice(6).split(/ and /i)) {
        const one = /^type =~ '([^']+)'$/i.exec(clause)
        const several = /^type in~ \(([^)]+)\)$/i.exec(clause)
        const bound = /^todatetime\(properties\.startTime\) (>=|<=) datetime\(([^)]+)\)$/i.exec(clause)
        const under = /^id startswith '([^']+)'$/i.exec(clause)
        if (one?.[1] !== undefined) query.types.push(one[1].toLowerCase())
        else if (several?.[1] !== undefined) query.types.push(...several[1].split(',').map((type) => type.trim().replace(/^'|'$/g, '').toLowerCase()))
        else if (under?.[1] !== undefined) query.under = under[1].toLowerCase()
        else if (bound?.[2] !== undefined && !Number.isNaN(Date.parse(bound[2]))) query[bound[1] === '>=' ? 'from' : 'to'] = Date.parse(bound[2])
        else return undefined
      }
    } else if (!/^order by id(?: asc)?$/i.test(pipe)) return undefined
  }
  return query
}

type Row = Record<string, Json | undefined> & { id: string }

function* rows(world: World, now: number): Generator<{ row: Row; startedAt: number }> {
  const rowOf = (body: Json, subscription: string, group: string, location: string): Row => {
    const { id, name, type, properties } = body as unknown as { id: string; name: string; type: string; properties: Json }
    return { id, name, type: type.toLowerCase(), tenantId: tenant, kind: '', location, resourceGroup: group.toLowerCase(), subscriptionId: subscription, properties }
  }
  for (const job of world.jobs.values()) {
    const state = stateOf(job, now)
    const { vault } = job.plan
    const body = state && jobBody(job, now, formOf('2025-02-01'), false, 'subscriptions')
    if (state && body !== undefined) yield { row: rowOf(body, vault.subscription, vault.group, vault.location), startedAt: state.startedAt }
  }
  for (const job of world.backupVaults.jobs.values()) {
    if (!hasBegun(job, now)) continue
    // Lists' durations, and all the details (§13).
    const listed = backupVaultJobBody(job, now, '2024-04-01', false) as { properties: { duration?: Json } } | undefined
    const body = backupVaultJobBody(job, now, '2024-04-01', true) as { properties: Record<string, Json | undefined> } | undefined
    if (!listed || !body) continue
    const properties = { ...body.properties, duration: listed.properties.duration }
    yield { row: rowOf({ ...body, properties } as Json, job.vault.subscription, job.vault.group, ''), startedAt: job.startedAt }
  }
}

const badRequest = (message: string): SimulatedResponse => answer(400, {
  error: { code: 'BadRequest', message: 'Please provide below info when asking for support: timestamp = 2026-11-20T00:00:00.0000000Z, correlationId = c0ffee00-0000-4000-8000-00000000c0de.', details: [{ code: 'InvalidQuery', message }] },
})

export function visitGraph(world: World, graph: GraphQuota, r: { request: SimulatedRequest; version: string; now: number }): SimulatedResponse {
  const { request, version, now } = r
  if (!versions.includes(version)) return gatewayError(400, 'NoRegisteredProviderFound', `No registered resource provider found for location 'global' and API version '${version}' for type 'resources'. The supported api-versions are '${versions.join(', ')}'.`)
  if (request.method !== 'POST') return gatewayError(405, 'MethodNotAllowed', `The requested resource does not support http method '${request.method}'.`)
  graph.served = graph.served.filter((at) => at > now - quota.within)
  const resetsAfter = { 'x-ms-user-quota-remaining': String(Math.max(0, quota.queries - graph.served.length - 1)), 'x-ms-user-quota-resets-after': '00:00:05' }
  if (graph.served.length >= quota.queries) {
    return answer(429, { error: { code: 'RateLimiting', message: 'Please provide below info when asking for support.', details: [{ code: 'RateLimiting', message: 'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.' }] } }, resetsAfter)
  }
  graph.served.push(now)
  let asked: { subscriptions?: string[]; query?: string; options?: { $top?: number; $skipToken?: string; resultFormat?: string } }
  try {
    asked = JSON.parse(request.body) as typeof asked
  } catch {
    return badRequest('The request body is not JSON.')
  }
  const query = parseQuery(asked.query ?? '')
  if (!query) return badRequest('Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.')
  const known = new Set([...world.vaults.map(({ subscription }) => subscription), ...world.backupVaults.vaults.map(({ subscription }) => subscription)].map((id) => id.toLowerCase()))
  const wanted = (asked.subscriptions ?? [...known]).map((id) => id.toLowerCase())
  if (!wanted.some((id) => known.has(id))) return gatewayError(403, 'AuthorizationFailed', 'The client does not have read permission on any of the subscriptions.')
  const found = [...rows(world, now)]
    .filter(({ row, startedAt }) => startedAt > now - daysKept && startedAt >= (query.from ?? -Infinity) && startedAt <= (query.to ?? Infinity) && row.id.toLowerCase().startsWith(query.under) && wanted.includes(String(row['subscriptionId']).toLowerCase()) && query.types.includes(String(row['type'])))
    .map(({ row }) => row)
    .sort((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1))
  const { $top = 100, $skipToken } = asked.options ?? {}
  const skip = $skipToken === undefined ? 0 : Number(atob($skipToken))
  if (!Number.isInteger(skip)) return badRequest('The skip token is invalid.')
  const page = found.slice(skip, skip + Math.min($top, 1000))
  const { projects } = query
  const data = page.map((row) => (projects ? Object.fromEntries(projects.map((name) => [name, row[name]])) : row)) as Json
  const isMore = skip + page.length < found.length
  // Without an id in its rows a query cannot be paged (ESTATE.md §3).
  const token = isMore && (projects?.includes('id') ?? true) ? { $skipToken: btoa(String(skip + page.length)) } : {}
  return answer(200, { totalRecords: found.length, count: page.length, resultTruncated: isMore ? 'true' : 'false', ...token, facets: [], data } as Json, resetsAfter)
}

