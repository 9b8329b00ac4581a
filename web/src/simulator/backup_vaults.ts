/** Backup vaults (Microsoft.DataProtection): the second dialect, with routes, errors and versions of its own (AZURE.md §12). */
import { listInstances, type BackupInstance } from './backup_vault_instances.ts'
import { backupVaultId, backupVaultJobBody, hasBegun, userFacingError, type BackupVault, type BackupVaultJob } from './backup_vault_jobs.ts'
import { answer, gatewayError, unknownGroup, unknownSubscription, wrongMethod } from './errors.ts'
import { guidFrom, instant, noTime, type Json } from './format.ts'
import type { SimulatedResponse } from './types.ts'
import { backupVaultJobsIn } from './world.ts'

export const backupVaultVersions = [
  '2021-07-01', '2022-03-01', '2022-04-01', '2022-05-01', '2023-01-01', '2023-05-01', '2023-11-01', '2024-04-01', '2025-07-01',
] as const

export interface BackupVaultOperation {
  readonly id: string
  readonly vault: BackupVault
  readonly takes: number
  /** Absent: it ends without a job. */
  readonly job?: BackupVaultJob
  readonly error?: { code: string; message: string }
  startedAt?: number
}

export interface BackupVaultWorld {
  readonly vaults: BackupVault[]
  readonly jobs: Map<string, BackupVaultJob>
  readonly byVault: Map<BackupVault, BackupVaultJob[]>
  readonly operations: Map<string, BackupVaultOperation>
  /** Beside those that jobs are of. */
  readonly instances: BackupInstance[]
}

/** The provider's own errors carry their explanation inside (§12). */
function providerError(status: number, code: string, message: string, recommendedAction: string): SimulatedResponse {
  const info = userFacingError({ code, message, recommendedAction: [recommendedAction], properties: { ActivityId: guidFrom(`error/${code}`) } })
  return answer(status, { error: { additionalInfo: [{ type: 'UserFacingError', info }], code, message, target: null, details: null } }, { 'x-ms-failure-cause': 'service' })
}

const notFound = (what: string): SimulatedResponse =>
  providerError(404, 'UserErrorGenericResourceNotFound', `The ${what} was not found.`, 'Check the id and the vault, and try again.')

const is = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase()

const pageSize = 20

export interface BackupVaultAsked {
  segments: readonly string[]
  method: string
  query: Map<string, string>
  path: string
  origin: string
  now: number
  itemPageSize: number
}

interface Place { subscription: string; group: string | undefined; rest: readonly string[] }

/** Undefined where a path is not the provider's. */
function placeOf(segments: readonly string[]): Place | undefined {
  const at = segments.findIndex((s, n) => is(s, 'Microsoft.DataProtection') && is(segments[n - 1], 'providers'))
  if (!is(segments[0], 'subscriptions') || (at !== 3 && at !== 5)) return undefined
  return { subscription: segments[1] ?? '', group: at === 5 ? segments[3] : undefined, rest: segments.slice(at + 1) }
}

/** Whether a path is the provider's, and the action it asks for. */
export function backupVaultAction(segments: readonly string[]): { subscription: string; action: string } | undefined {
  const place = placeOf(segments)
  if (place === undefined) return undefined
  const type = place.rest.filter((_, n) => n % 2 === 0).join('/')
  return { subscription: place.subscription, action: `Microsoft.DataProtection/${type}/read` }
}

/** Their status is known in three places: beside the vault, in the resource group and in the subscription. */
function operationIn(rest: readonly string[]): { kind: 'status' | 'result'; id: string } | undefined {
  const [type, , what, id, ...more] = rest
  const kind = is(what, 'operationStatus') ? 'status' : is(what, 'operationResults') ? 'result' : undefined
  if (kind === undefined || id === undefined || more.length > 0) return undefined
  return is(type, 'locations') || is(type, 'backupVaults') ? { kind, id } : undefined
}

const jobInfo = (op: BackupVaultOperation): Json => ({
  ...(op.job === undefined ? {} : { jobId: `${backupVaultId(op.vault)}/backupJobs/${op.job.id}` }), objectType: 'OperationJobExtendedInfo',
})

function operationBody(op: BackupVaultOperation, path: string, now: number): Json {
  const started = op.startedAt ?? now
  const head = { id: path, name: op.id }
  if (now < started + op.takes) return { ...head, status: 'Inprogress', startTime: instant(started, 7), endTime: noTime }
  const times = { startTime: instant(started, 7), endTime: instant(started + op.takes) }
  if (op.error) return { ...head, status: 'Failed', ...times, error: op.error }
  return { ...head, status: 'Succeeded', ...times, ...(op.job === undefined ? {} : { properties: jobInfo(op) }) }
}

function operation(world: BackupVaultWorld, r: BackupVaultAsked, kind: 'status' | 'result', id: string): SimulatedResponse {
  const { now } = r
  const op = world.operations.get(id)
  if (!op) return notFound('operation')
  op.startedAt ??= now
  const done = now >= op.startedAt + op.takes
  if (done && op.job) op.job.startedAt ??= op.startedAt + op.takes
  if (kind === 'status') return answer(200, operationBody(op, r.path, now), done ? {} : { 'retry-after': '10' })
  // Against ARM's rules it answers 200 from the first, and names the job once there is one (§9).
  const twin = `${r.origin}${encodeURI(r.path.replace(/\/operationResults\//i, '/operationStatus/'))}?api-version=${r.query.get('api-version')}`
  return answer(200, done ? jobInfo(op) : { objectType: 'OperationJobExtendedInfo' }, { 'azure-asyncoperation': twin, 'retry-after': '10' })
}

/** Spelled by the gateway: the provider never saw it. */
export const unknownBackupVault = (vault: string, group: string): SimulatedResponse => gatewayError(404, 'ResourceNotFound',
  `The Resource 'Microsoft.DataProtection/backupVaults/${vault}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`)

const badSkipToken = (): SimulatedResponse => providerError(400, 'UserErrorInvalidSkipToken', 'The skip token is invalid.', 'Begin with the first page.')

/** No $filter: whatever is asked, all jobs come, newest first. */
function list(world: BackupVaultWorld, r: BackupVaultAsked, vault: BackupVault, version: string): SimulatedResponse {
  const begun = backupVaultJobsIn(world, vault).filter((job) => hasBegun(job, r.now)).sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0))
  const token = r.query.get('$skiptoken') ?? ''
  // The page after a job: it stays the same page when newer jobs begin.
  const after = token === '' ? -1 : begun.findIndex((job) => job.id === token)
  if (token !== '' && after < 0) return badSkipToken()
  const page = begun.slice(after + 1, after + 1 + pageSize)
  const last = page[page.length - 1]
  const nextLink = last !== undefined && after + 1 + pageSize < begun.length ? `${r.origin}${backupVaultId(vault)}/backupJobs?api-version=${version}&$skipToken=${last.id}` : null
  return answer(200, { value: page.map((job) => backupVaultJobBody(job, r.now, version, false) ?? null), nextLink })
}

/** What the gateway and the provider answer, once the token is known and the budget allows it. */
export function visitBackupVault(world: BackupVaultWorld, r: BackupVaultAsked): SimulatedResponse {
  const place = placeOf(r.segments)
  const [kind = '', name = '', what = '', id, ...more] = place?.rest ?? []
  const version = r.query.get('api-version') ?? ''
  const here = world.vaults.filter((v) => is(v.subscription, place?.subscription ?? ''))
  if (here.length === 0) return unknownSubscription(place?.subscription ?? '')
  if (place?.group !== undefined && !here.some((v) => is(v.group, place.group ?? ''))) return unknownGroup(place.group)
  const type = (place?.rest ?? []).filter((_, n) => n % 2 === 0).join('/')
  const unknownType = gatewayError(404, 'InvalidResourceType', `The resource type '${type}' could not be found in the namespace 'Microsoft.DataProtection' for api version '${version}'.`)
  const named = operationIn(place?.rest ?? [])
  const jobs = is(kind, 'backupVaults') && is(what, 'backupJobs') && more.length === 0
  const instances = is(kind, 'backupVaults') && is(what, 'backupInstances') && id === undefined
  // A job cannot be cancelled: no released version has a route for it.
  if (named === undefined && !jobs && !instances) return unknownType
  if (!(backupVaultVersions as readonly string[]).includes(version)) {
    return gatewayError(400, 'NoRegisteredProviderFound', `No registered resource provider found for location 'westeurope' and API version '${version}' for type '${type}'. The supported api-versions are '${backupVaultVersions.join(', ')}'. The supported locations are 'westeurope, northeurope'.`)
  }
  if (r.method !== 'GET') return wrongMethod(r.method, 'GET')
  const vault = here.find((v) => is(v.name, name) && (place?.group === undefined || is(v.group, place.group)))
  if (is(kind, 'backupVaults') && vault === undefined) return unknownBackupVault(name, place?.group ?? '')
  if (named !== undefined) return operation(world, r, named.kind, named.id)
  if (vault === undefined) return unknownType
  if (instances) {
    const asked = { origin: r.origin, version, token: r.query.get('$skiptoken'), pageSize: r.itemPageSize }
    return listInstances(world.instances, backupVaultJobsIn(world, vault), vault, asked) ?? badSkipToken()
  }
  if (id === undefined) return list(world, r, vault, version)
  const job = world.jobs.get(id.toLowerCase())
  if (!job || job.vault !== vault) return notFound('job')
  job.startedAt ??= r.now
  return answer(200, backupVaultJobBody(job, r.now, version, true))
}
