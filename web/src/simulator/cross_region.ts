/** Cross-region restores: jobs that are read by POST in the paired region (AZURE.md §11). */
import { answer, gatewayError, serviceError, wrongMethod } from './errors.ts'
import { jobBody } from './job_body.ts'
import { stateOf, vaultId, type JobRecord, type Vault } from './jobs.ts'
import { isDone, operationBody, type OperationRecord } from './operations.ts'
import type { SimulatedResponse } from './types.ts'
import { formOf } from './versions.ts'
import type { Json } from './format.ts'

export const crossRegionVersions = ['2018-12-20', '2021-11-15', '2023-01-15'] as const

export interface CrossRegionWorld {
  /** By the paired region in lower case. */
  readonly jobs: { region: string; record: JobRecord }[]
  readonly operations: Map<string, { region: string; record: OperationRecord; job: JobRecord }>
}

export interface RegionPath { subscription: string; region: string; rest: string[] }

/** Undefined where the path leads to no region of the provider. */
export function regionPath(segments: readonly string[]): RegionPath | undefined {
  const [subscriptions = '', subscription = '', providers = '', provider = '', locations = '', region = '', ...rest] = segments
  const fits = subscriptions.toLowerCase() === 'subscriptions' && providers.toLowerCase() === 'providers' && provider.toLowerCase() === 'microsoft.recoveryservices'
    && locations.toLowerCase() === 'locations' && region !== ''
  return fits ? { subscription, region: region.toLowerCase(), rest } : undefined
}

/** Reading jobs here is a POST, and counts as a write. */
export const isRead = (place: RegionPath): boolean => /^backupCrrOperation/i.test(place.rest[0] ?? '')

function bodyOf(job: JobRecord, region: string, vault: Vault, version: string, now: number, detailed: boolean): Json | undefined {
  // The older version writes actions as numbers, the newer ones as words; everything else is as in the vault.
  const form = { ...formOf('2021-06-01'), numericActions: version === '2018-12-20' }
  const body = jobBody(job, now, form, detailed, 'subscriptions')
  return body && { ...(body as { [key: string]: Json }), id: `/subscriptions/${vault.subscription}/providers/Microsoft.RecoveryServices/locations/${region}/backupJobs/${job.plan.id}` }
}

export function visitRegion(world: CrossRegionWorld, place: RegionPath, method: string, body: string, version: string, path: string, now: number): SimulatedResponse {
  const [what = '', id = ''] = place.rest
  const kind = what.toLowerCase()
  if (!(crossRegionVersions as readonly string[]).includes(version)) {
    return gatewayError(400, 'NoRegisteredProviderFound', `No registered resource provider found for location '${place.region}' and API version '${version}' for type 'locations/${what}'. The supported api-versions are '${crossRegionVersions.join(', ')}'. The supported locations are '${place.region}'.`)
  }
  if (kind === 'backupcrroperationsstatus' || kind === 'backupcrroperationresults') {
    if (method !== 'GET') return wrongMethod(method, 'GET')
    const op = world.operations.get(id)
    if (!op || op.region !== place.region) return serviceError(404, 'BMSUserErrorObjectNotFound', 'Operation not found. It might have expired.')
    op.record.startedAt ??= now
    op.job.startedAt ??= op.record.startedAt + op.record.takes
    if (kind === 'backupcrroperationresults') return { status: isDone(op.record, now) ? 204 : 202, headers: {}, body: '' }
    return answer(200, { ...(operationBody(op.record, now) as { [key: string]: Json }), id: path })
  }
  if (kind !== 'backupcrrjob' && kind !== 'backupcrrjobs') return gatewayError(404, 'InvalidResourceType', `The resource type 'locations/${what}' could not be found in the namespace 'Microsoft.RecoveryServices' for api version '${version}'.`)
  if (method !== 'POST') return wrongMethod(method, 'POST')
  let asked: { resourceId?: string; jobName?: string }
  try {
    asked = JSON.parse(body) as typeof asked
  } catch {
    return passive(400, 'BMSUserErrorInvalidInput', 'Input provided for the call is invalid.')
  }
  const here = world.jobs.filter(({ region, record }) => region === place.region && vaultId(record.plan.vault).toLowerCase() === asked.resourceId?.toLowerCase())
  if (kind === 'backupcrrjobs') {
    const begun = here.filter(({ record }) => stateOf(record, now)).sort((a, b) => (b.record.startedAt ?? 0) - (a.record.startedAt ?? 0))
    return answer(200, { value: begun.map(({ record }) => bodyOf(record, place.region, record.plan.vault, version, now, false) ?? null) })
  }
  const found = here.find(({ record }) => record.plan.id === asked.jobName?.toLowerCase())?.record
  if (!found) return passive(404, 'BMSUserErrorObjectNotFound', 'Job not found.')
  found.startedAt ??= now
  const json = bodyOf(found, place.region, found.plan.vault, version, now, true)
  return json === undefined ? passive(404, 'BMSUserErrorObjectNotFound', 'Job not found.') : answer(200, json)
}

/** The second envelope, which these endpoints use (§8). */
const passive = (status: number, code: string, text: string): SimulatedResponse =>
  answer(status, { ErrorCode: code, Message: { Language: 'en-US', Value: text }, Values: [] })
