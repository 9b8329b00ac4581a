/** Backup vaults (Microsoft.DataProtection): the second dialect, with rules of its own (AZURE.md §12). */
import { answer, gatewayError } from './errors.ts'
import { guidFrom, hash32, instant, isoDuration, noTime, timeSpan, type Json } from './format.ts'
import type { SimulatedResponse } from './types.ts'

export interface BackupVault {
  readonly subscription: string
  readonly group: string
  readonly name: string
  readonly location: string
}

export const backupVaultId = (v: BackupVault): string =>
  `/subscriptions/${v.subscription}/resourceGroups/${v.group}/providers/Microsoft.DataProtection/backupVaults/${v.name}`

export const backupVaultVersions = ['2021-07-01', '2022-05-01', '2023-01-01', '2023-11-01', '2024-04-01', '2025-07-01'] as const

/** A user-facing error; the service repeats it inside itself. */
export interface UserFacingError { code: string; message: string; recommendedAction: string[]; cause?: UserFacingError; isRetryable?: boolean }

export interface BackupVaultJob {
  readonly id: string
  readonly vault: BackupVault
  readonly item: string
  readonly dataSourceType: string
  readonly operation: 'Backup' | 'Restore'
  readonly category: string
  readonly tasks: readonly string[]
  readonly endsAfter: number
  readonly ending: 'Completed' | 'Failed'
  readonly error?: UserFacingError
  readonly details?: Record<string, string>
  readonly bytes?: number
  /** Absent until someone asks for it. */
  startedAt?: number
}

export interface BackupVaultOperation { readonly id: string; readonly vault: BackupVault; readonly takes: number; readonly job: BackupVaultJob; startedAt?: number }

export interface BackupVaultWorld {
  readonly vaults: BackupVault[]
  readonly jobs: Map<string, BackupVaultJob>
  readonly operations: Map<string, BackupVaultOperation>
}

const errorBody = (e: UserFacingError): Json => ({
  message: e.message, recommendedAction: e.recommendedAction, details: e.cause ? [errorBody(e.cause)] : null, code: e.code, target: '', innerError: null,
  isRetryable: e.isRetryable ?? false, isUserError: false, properties: null,
})

/** Undefined while the job has not begun. */
export function backupVaultJobBody(job: BackupVaultJob, now: number, detailed: boolean): Json | undefined {
  if (job.startedAt === undefined || job.startedAt > now) return undefined
  const { vault, startedAt } = job
  const elapsed = now - startedAt
  const ended = elapsed >= job.endsAfter
  const status = ended ? job.ending : 'InProgress'
  const ticks = (hash32(job.id) % 9999) + 1
  // Lists write durations as TimeSpans, single answers in ISO form, and what still runs has none (§12).
  const span = detailed ? isoDuration : timeSpan
  const id = backupVaultId(vault)
  const source = `/subscriptions/${vault.subscription}/resourceGroups/rg-data/providers/${job.dataSourceType.split('/').slice(0, 2).join('/')}/${job.item}`
  const done = (n: number): boolean => ended && job.ending === 'Completed' ? true : elapsed >= (job.endsAfter * (n + 1)) / job.tasks.length
  const subTasks = job.tasks.map((taskName, n): Json => ({
    taskId: n + 1, taskName, taskStatus: done(n) ? 'Completed' : ended ? 'Failed' : n === 0 || done(n - 1) ? 'InProgress' : 'NotStarted', taskProgress: null, additionalDetails: null,
  }))
  const properties: Json = {
    activityID: guidFrom(`activity/${job.id}`), subscriptionId: vault.subscription,
    backupInstanceId: `${id}/backupInstances/${job.item}-${guidFrom(`instance/${job.item}`)}`, policyId: `${id}/backupPolicies/daily`, dataSourceId: source, vaultName: vault.name,
    backupInstanceFriendlyName: job.item, policyName: 'daily', sourceResourceGroup: 'rg-data', dataSourceSetName: null, dataSourceName: job.item,
    sourceDataStoreName: null, sourceDataStoreType: null, destinationDataStoreName: job.operation === 'Backup' ? 'OperationalTierStore' : null, progressEnabled: false,
    etag: `W/"datetime'${encodeURIComponent(instant(startedAt, ticks))}'"`, sourceSubscriptionID: vault.subscription, dataSourceLocation: vault.location,
    startTime: instant(startedAt, ticks), endTime: ended ? instant(startedAt + job.endsAfter, ticks) : null, dataSourceType: job.dataSourceType, operationCategory: job.category,
    operation: job.operation, status, restoreType: null, isUserTriggered: true, rehydrationPriority: null, supportedActions: [''], duration: span(ended ? job.endsAfter : elapsed),
    progressUrl: null, isCrossRegionRestore: null, errorDetails: status === 'Failed' && job.error ? [errorBody(job.error)] : null,
    extendedInfo: !detailed ? null : {
      backupInstanceState: null, dataTransferredInBytes: ended ? (job.bytes ?? null) : null,
      targetRecoverPoint: job.operation === 'Backup' && ended ? { recoveryPointID: guidFrom(`point/${job.id}`).replace(/-/g, ''), recoveryPointTime: `${noTime}.0000000Z` } : null,
      sourceRecoverPoint: job.operation === 'Restore' ? { recoveryPointID: guidFrom(`source/${job.id}`).replace(/-/g, ''), recoveryPointTime: instant(startedAt - 86_400_000) } : null,
      recoveryDestination: null, subTasks, additionalDetails: job.details ?? null,
    },
  }
  return { properties, id: `${id}/backupJobs/${job.id}`, name: job.id, type: 'Microsoft.DataProtection/backupVaults/backupJobs' }
}

/** The provider's own errors carry their explanation inside (§12). */
const providerError = (status: number, code: string, message: string): SimulatedResponse => answer(status, {
  error: {
    additionalInfo: [{ type: 'UserFacingError', info: { message, recommendedAction: ['Check the id of the job and of the vault, and try again.'], details: null, code, target: '', innerError: null, isRetryable: false, isUserError: false, properties: { ActivityId: guidFrom(`error/${code}`) } } }],
    code, message, target: null, details: null,
  },
})

function operationBody(op: BackupVaultOperation, path: string, now: number): Json {
  const started = op.startedAt ?? now
  const head = { id: path, name: op.id }
  if (now < started + op.takes) return { ...head, status: 'Inprogress', startTime: instant(started, 7), endTime: noTime }
  const jobId = `${backupVaultId(op.vault)}/backupJobs/${op.job.id}`
  return { ...head, status: 'Succeeded', startTime: instant(started, 7), endTime: instant(started + op.takes), properties: { objectType: 'OperationJobExtendedInfo', jobId } }
}

const pageSize = 20

export interface BackupVaultAsked { segments: readonly string[]; method: string; query: Map<string, string>; path: string; origin: string; now: number }

const is = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase()

/** Whether a path is the provider's, and the action it asks for. */
export function backupVaultAction(segments: readonly string[]): { subscription: string; action: string } | undefined {
  const provider = segments.findIndex((s) => is(s, 'Microsoft.DataProtection'))
  if (!is(segments[0], 'subscriptions') || provider < 0) return undefined
  const type = segments.slice(provider + 1).filter((_, n) => n % 2 === 0).join('/')
  return { subscription: segments[1] ?? '', action: `Microsoft.DataProtection/${type}/read` }
}

/** What the provider answers, once the gateway has let the request pass. */
export function visitBackupVault(world: BackupVaultWorld, r: BackupVaultAsked): SimulatedResponse {
  const { segments, now } = r
  const at = segments.findIndex((s) => is(s, 'Microsoft.DataProtection'))
  const [kind, name, what, id, ...more] = segments.slice(at + 1)
  const version = r.query.get('api-version') ?? ''
  if (!(backupVaultVersions as readonly string[]).includes(version)) {
    return gatewayError(400, 'NoRegisteredProviderFound', `No registered resource provider found for location 'westeurope' and API version '${version}' for type '${kind}/${what}'. The supported api-versions are '${backupVaultVersions.join(', ')}'. The supported locations are 'westeurope, northeurope'.`)
  }
  if (r.method !== 'GET') return gatewayError(404, 'InvalidResourceType', `The resource type could not be found in the namespace 'Microsoft.DataProtection' for api version '${version}'.`)
  const vault = is(kind, 'backupVaults') ? world.vaults.find((v) => is(v.name, name ?? '') && is(v.group, segments[3] ?? '') && is(v.subscription, segments[1] ?? '')) : undefined
  if (is(what, 'operationStatus') && id !== undefined) {
    const op = world.operations.get(id)
    if (!op) return providerError(404, 'UserErrorGenericResourceNotFound', 'The operation was not found.')
    op.startedAt ??= now
    if (now >= op.startedAt + op.takes) op.job.startedAt ??= op.startedAt + op.takes
    return answer(200, operationBody(op, r.path, now), { 'retry-after': '10' })
  }
  if (!vault) return gatewayError(404, 'ResourceNotFound', `The Resource 'Microsoft.DataProtection/${kind}/${name}' under resource group '${segments[3]}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`)
  if (!is(what, 'backupJobs') || more.length > 0) return gatewayError(404, 'InvalidResourceType', `The resource type '${what}' could not be found in the namespace 'Microsoft.DataProtection' for api version '${version}'.`)
  if (id !== undefined) {
    const job = world.jobs.get(id.toLowerCase())
    if (!job || job.vault !== vault) return providerError(404, 'UserErrorGenericResourceNotFound', 'The job was not found.')
    job.startedAt ??= now
    return answer(200, backupVaultJobBody(job, now, true))
  }
  // No $filter: whatever is asked, all jobs come, newest first.
  const begun = [...world.jobs.values()].filter((job) => job.vault === vault && job.startedAt !== undefined && job.startedAt <= now).sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0))
  const from = Number(r.query.get('$skiptoken') ?? 0) || 0
  const value = begun.slice(from, from + pageSize).map((job) => backupVaultJobBody(job, now, false) ?? null)
  const next = from + pageSize < begun.length ? `${r.origin}${backupVaultId(vault)}/backupJobs?api-version=${version}&$skipToken=${from + pageSize}` : null
  return answer(200, { value, nextLink: next })
}
