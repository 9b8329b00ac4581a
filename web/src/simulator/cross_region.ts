/** Cross-region restores: jobs that are read by POST in the paired region (AZURE.md §11). */
import { answer, gatewayError, unknownSubscription, wrongMethod } from './errors.ts'
import { matches, parseFilter } from './filter.ts'
import { instant, type Json } from './format.ts'
import { jobBody } from './job_body.ts'
import { stateOf, vaultId, type JobRecord, type Vault } from './jobs.ts'
import { isDone, operationBody, type OperationRecord } from './operations.ts'
import type { SimulatedResponse } from './types.ts'
import { formOf } from './versions.ts'

export const crossRegionVersions = ['2018-12-20', '2021-11-15', '2023-01-15'] as const

interface CrossRegionOperation { region: string; record: OperationRecord; job: JobRecord }

export interface CrossRegionWorld {
  /** The paired region in lower case. */
  readonly jobs: { region: string; record: JobRecord }[]
  readonly operations: Map<string, CrossRegionOperation>
}

export interface RegionPath { subscription: string; region: string; rest: string[] }

/** Undefined where the path leads to no region of the provider. */
export function regionPath(segments: readonly string[]): RegionPath | undefined {
  const [subscriptions = '', subscription = '', providers = '', provider = '', locations = '', region = '', ...rest] = segments
  const fits = subscriptions.toLowerCase() === 'subscriptions' && providers.toLowerCase() === 'providers' && provider.toLowerCase() === 'microsoft.recoveryservices'
    && locations.toLowerCase() === 'locations' && region !== ''
  return fits ? { subscription, region: region.toLowerCase(), rest } : undefined
}

/** The action a request asks for; undefined for another provider's path. */
export function regionAction(segments: readonly string[]): string | undefined {
  const place = regionPath(segments)
  return place && `Microsoft.RecoveryServices/locations/${place.rest[0] ?? ''}/${isRead(place) ? 'read' : 'action'}`
}

/** Reading jobs here is a POST, and counts as a write. */
export const isRead = (place: RegionPath): boolean => /^backupCrrOperation/i.test(place.rest[0] ?? '')

export interface RegionAsked {
  place: RegionPath
  method: string
  body: string
  query: Map<string, string>
  path: string
  origin: string
  now: number
  ignoreFilter: boolean
}

/** The second envelope, which these endpoints use (§8). */
const passive = (status: number, code: string, text: string, values: Record<string, string> = {}): SimulatedResponse => answer(status, {
  ErrorCode: code, Message: { Language: 'en-US', Value: text }, Values: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
}, { 'x-ms-failure-cause': 'service' })

function bodyOf(job: JobRecord, region: string, vault: Vault, version: string, now: number, detailed: boolean): Json | undefined {
  // The oldest version writes actions as numbers, the newer ones as words; everything else is as in the vault.
  const form = { ...formOf('2021-06-01'), numericActions: version === '2018-12-20' }
  const body = jobBody(job, now, form, detailed, 'subscriptions')
  return body && { ...(body as { [key: string]: Json }), id: `/subscriptions/${vault.subscription}/providers/Microsoft.RecoveryServices/locations/${region}/backupJobs/${job.plan.id}` }
}

function operation(world: CrossRegionWorld, r: RegionAsked, id: string, result: boolean): SimulatedResponse {
  const { place, now } = r
  const op = world.operations.get(id)
  if (op?.region !== place.region) return passive(404, 'BMSUserErrorObjectNotFound', 'Operation not found. It might have expired.', { OperationId: id })
  const started = (op.record.startedAt ??= now)
  op.job.startedAt ??= started + op.record.takes
  const done = isDone(op.record, now)
  if (!result) {
    const body = operationBody(op.record, now) as { [key: string]: Json }
    // Unlike a vault's operation, this one is named by its whole path and says when it ended, to the second.
    return answer(200, { ...body, id: r.path, ...(done ? { endTime: instant(Math.ceil((started + op.record.takes) / 1000) * 1000) } : {}) }, done ? {} : { 'retry-after': '10' })
  }
  if (done) return { status: 204, headers: {}, body: '' }
  const own = `${r.origin}${encodeURI(r.path)}?api-version=${r.query.get('api-version')}`
  return { status: 202, headers: { location: own, 'azure-asyncoperation': own.replace(/\/backupCrrOperationResults\//i, '/backupCrrOperationsStatus/'), 'retry-after': '10' }, body: '' }
}

function jobs(world: CrossRegionWorld, r: RegionAsked, version: string, one: boolean): SimulatedResponse {
  const { place, now } = r
  let asked: { resourceId?: unknown; jobName?: unknown } | null
  try {
    asked = JSON.parse(r.body) as typeof asked
  } catch {
    asked = null
  }
  if (typeof asked?.resourceId !== 'string' || (one && typeof asked.jobName !== 'string')) {
    return passive(400, 'BMSUserErrorInvalidInput', 'Input provided for the call is invalid. Please check the inputs and try again.')
  }
  const resource = asked.resourceId.toLowerCase()
  const here = world.jobs.filter(({ region, record }) => region === place.region && vaultId(record.plan.vault).toLowerCase() === resource).map(({ record }) => record)
  if (!one) {
    const filter = parseFilter(r.ignoreFilter ? '' : (r.query.get('$filter') ?? ''))
    if (filter === undefined) return passive(400, 'BMSUserErrorInvalidInput', 'The inputs specified for Get jobs API are incorrect. Please check your inputs and try again.')
    const found = here.flatMap((job) => {
      const state = stateOf(job, now)
      return state && matches(filter, job, state, now) ? [{ job, at: state.startedAt }] : []
    })
    return answer(200, { value: found.sort((a, b) => b.at - a.at).map(({ job }) => bodyOf(job, place.region, job.plan.vault, version, now, false) ?? null) })
  }
  const name = String(asked.jobName).toLowerCase()
  const found = here.find(({ plan }) => plan.id === name)
  if (found !== undefined) found.startedAt ??= now
  const json = found && bodyOf(found, place.region, found.plan.vault, version, now, true)
  return json === undefined ? passive(404, 'BMSUserErrorObjectNotFound', 'Job not found. The selected job might have been deleted, or does not belong to this vault.') : answer(200, json)
}

export function visitRegion(world: CrossRegionWorld, subscriptions: readonly string[], r: RegionAsked): SimulatedResponse {
  const { place } = r
  const version = r.query.get('api-version') ?? ''
  const [what = '', id = '', ...more] = place.rest
  const kind = what.toLowerCase()
  if (!subscriptions.some((s) => s.toLowerCase() === place.subscription.toLowerCase())) return unknownSubscription(place.subscription)
  const operations = (kind === 'backupcrroperationsstatus' || kind === 'backupcrroperationresults') && id !== '' && more.length === 0
  // A job cannot be cancelled here: there is no route for it (§5).
  if (!operations && !((kind === 'backupcrrjob' || kind === 'backupcrrjobs') && place.rest.length === 1)) {
    const type = `locations/${place.rest.filter((_, n) => n % 2 === 0).join('/')}`
    return gatewayError(404, 'InvalidResourceType', `The resource type '${type}' could not be found in the namespace 'Microsoft.RecoveryServices' for api version '${version}'.`)
  }
  if (!(crossRegionVersions as readonly string[]).includes(version)) {
    return gatewayError(400, 'NoRegisteredProviderFound', `No registered resource provider found for location '${place.region}' and API version '${version}' for type 'locations/${what}'. The supported api-versions are '${crossRegionVersions.join(', ')}'. The supported locations are '${place.region}'.`)
  }
  const method = operations ? 'GET' : 'POST'
  if (r.method !== method) return wrongMethod(r.method, method)
  return operations ? operation(world, r, id, kind.endsWith('results')) : jobs(world, r, version, kind === 'backupcrrjob')
}
