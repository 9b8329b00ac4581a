/** Azure Resource Graph: vaults, items and jobs of all that the caller may read, in one query (AZURE.md §13, ESTATE.md §3). */
import { answer, gatewayError } from './errors.ts'
import type { Json } from './format.ts'
import { parseQuery } from './graph_query.ts'
import { partsOf, type Row } from './graph_rows.ts'
import { fromToken, toToken } from './paging.ts'
import type { SimulatedRequest, SimulatedResponse } from './types.ts'
import type { World } from './world.ts'

const versions = ['2021-03-01', '2022-10-01', '2024-04-01']
/** The most that a page holds. */
const pageSize = 1000
const quota = { queries: 15, within: 5000 }

/** Times of one user's queries, oldest first. */
export interface GraphQuota { served: number[] }

export const isGraph = (segments: readonly string[]): boolean => /^providers\/microsoft\.resourcegraph\/resources$/i.test(segments.join('/'))

const badRequest = (message: string): SimulatedResponse => answer(400, {
  error: { code: 'BadRequest', message: 'Please provide below info when asking for support: timestamp = 2026-11-20T00:00:00.0000000Z, correlationId = c0ffee00-0000-4000-8000-00000000c0de.', details: [{ code: 'InvalidQuery', message }] },
})

export function visitGraph(world: World, graph: GraphQuota, r: { request: SimulatedRequest; version: string; now: number; origin: string }): SimulatedResponse {
  const { request, version, now, origin } = r
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
    asked = (JSON.parse(request.body) ?? {}) as typeof asked
  } catch {
    return badRequest('The request body is not JSON.')
  }
  const query = parseQuery(String(asked.query ?? ''))
  if (!query) return badRequest('Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.')
  const known = new Set(world.subscriptions.map(({ id }) => id.toLowerCase()))
  const wanted = (asked.subscriptions ?? [...known]).map((id) => id.toLowerCase())
  if (!wanted.some((id) => known.has(id))) return gatewayError(403, 'AuthorizationFailed', 'The client does not have read permission on any of the subscriptions.')
  const { $top = 100, $skipToken } = asked.options ?? {}
  const skip = $skipToken === undefined ? 0 : fromToken($skipToken)
  if (typeof skip !== 'number' || !Number.isInteger(skip) || skip < 0) return badRequest('The skip token is invalid.')
  const end = skip + Math.max(1, Math.min($top, pageSize))
  const page: Row[] = []
  let total = 0
  for (const part of partsOf(world, query, new Set(wanted), now, origin)) {
    if (total < end && total + part.count > skip) page.push(...part.rows(Math.max(0, skip - total), end - total))
    total += part.count
  }
  const { projects } = query
  const data = page.map((row) => (projects ? Object.fromEntries(projects.map((name) => [name, row[name]])) : row)) as Json
  const isMore = skip + page.length < total
  // Without an id in its rows a query cannot be paged (ESTATE.md §3).
  const token = isMore && (projects?.includes('id') ?? true) ? { $skipToken: toToken(skip + page.length) } : {}
  return answer(200, { totalRecords: total, count: page.length, resultTruncated: isMore ? 'true' : 'false', ...token, facets: [], data } as Json, resetsAfter)
}
