/** A Backup vault's jobs (Microsoft.DataProtection): another model than Recovery Services', in the form of each api-version (AZURE.md §12). */
import { guidFrom, hash32, instant, isoDuration, noTime, timeSpan, type Json } from './format.ts'

export interface BackupVault {
  readonly subscription: string
  readonly group: string
  readonly name: string
  readonly location: string
}

export const backupVaultId = (v: BackupVault): string =>
  `/subscriptions/${v.subscription}/resourceGroups/${v.group}/providers/Microsoft.DataProtection/backupVaults/${v.name}`

export interface InnerError { code: string; additionalInfo: Record<string, string>; embeddedInnerError?: InnerError }

/** A user-facing error; the service repeats it inside itself. */
export interface UserFacingError {
  code: string
  message: string
  recommendedAction: string[]
  cause?: UserFacingError
  inner?: InnerError
  isRetryable?: boolean
  isUserError?: boolean
  properties?: Record<string, string>
}

/** What is protected: its resource, and the one it belongs to (a database's server, a cluster). */
export interface DataSource { readonly type: string; readonly item: string; readonly set?: string; readonly path: string }

export interface BackupVaultJob {
  readonly id: string
  readonly vault: BackupVault
  readonly source: DataSource
  readonly operation: 'Backup' | 'Restore'
  readonly tasks: readonly string[]
  readonly endsAfter: number
  readonly ending: 'Completed' | 'CompletedWithWarnings' | 'Failed'
  readonly error?: UserFacingError
  readonly warnings?: readonly { resourceName: string; warning: UserFacingError }[]
  readonly details?: Record<string, string>
  readonly bytes?: number
  /** Restores: the resource or container they write to. */
  readonly destination?: string
  readonly scheduled?: boolean
  /** Absent until someone asks for it. */
  startedAt?: number
}

/** What a job and its instance agree on (ESTATE.md §2.3). */
export const instanceId = (vault: BackupVault, { item }: DataSource): string => `${backupVaultId(vault)}/backupInstances/${item}-${guidFrom(`instance/${item}`)}`
export const policyId = (vault: BackupVault): string => `${backupVaultId(vault)}/backupPolicies/daily`
export const resourceId = (vault: BackupVault, { path }: DataSource): string => `/subscriptions/${vault.subscription}/resourceGroups/rg-data/providers/${path}`
export const friendlyNameOf = ({ item, set }: DataSource): string => (set === undefined || set === item ? item : `${set}\\${item}`)

const innerBody = (e: InnerError): Json => ({ code: e.code, additionalInfo: e.additionalInfo, embeddedInnerError: e.embeddedInnerError ? innerBody(e.embeddedInnerError) : null })

export const userFacingError = (e: UserFacingError): Json => ({
  message: e.message, recommendedAction: e.recommendedAction, details: e.cause ? [userFacingError(e.cause)] : null, code: e.code, target: '',
  innerError: e.inner ? innerBody(e.inner) : null, isRetryable: e.isRetryable ?? false, isUserError: e.isUserError ?? false, properties: e.properties ?? null,
})

/** The forms a body took over the years; the bytes were never told under their first, misspelled name. */
function formOf(version: string): { storeType: boolean; warnings: boolean; bytes: string } {
  return { storeType: version >= '2022-05-01', warnings: version >= '2023-05-01', bytes: version >= '2022-05-01' ? 'dataTransferredInBytes' : 'dataTransferedInBytes' }
}

export const hasBegun = (job: BackupVaultJob, now: number): job is BackupVaultJob & { startedAt: number } => job.startedAt !== undefined && job.startedAt <= now

const point = (id: string, time: string): Json => ({ recoveryPointID: guidFrom(id).replace(/-/g, ''), recoveryPointTime: time })

function extendedInfo(job: BackupVaultJob & { startedAt: number }, now: number, version: string): Json {
  const form = formOf(version)
  const elapsed = now - job.startedAt
  const ended = elapsed >= job.endsAfter
  const good = ended && job.ending !== 'Failed'
  const backup = job.operation === 'Backup'
  const done = (n: number): boolean => good || elapsed > (job.endsAfter * (n + 1)) / job.tasks.length && n < job.tasks.length - 1
  const subTasks = job.tasks.map((taskName, n): Json => {
    const taskStatus = done(n) ? 'Completed' : n > 0 && !done(n - 1) ? 'NotStarted' : ended ? 'Failed' : 'InProgress'
    // What a task moved is told once it is done.
    const additionalDetails: Json = taskStatus !== 'Completed' ? null : {
      [backup ? 'OriginalDatasourceSizeInBytes' : 'DataTransferredInBytes']: String(job.bytes ?? 0), TaskId: guidFrom(`task/${job.id}/${n}`), DatasourceType: job.source.type,
    }
    return { taskId: n + 1, taskName, taskStatus, taskProgress: null, additionalDetails }
  })
  return {
    backupInstanceState: null, [form.bytes]: good && form.storeType && job.bytes !== undefined ? { float: job.bytes } : null,
    // The service has not made the time known: it sends the sentinel.
    targetRecoverPoint: backup && good ? point(`point/${job.id}`, `${noTime}.0000000Z`) : null,
    sourceRecoverPoint: backup ? null : point(`source/${job.id}`, instant(job.startedAt - 86_400_000)),
    recoveryDestination: job.destination ?? null, subTasks, additionalDetails: job.details ?? null,
    ...(form.warnings ? { warningDetails: ended && job.warnings ? job.warnings.map((w) => ({ resourceName: w.resourceName, warning: userFacingError(w.warning) })) : null } : {}),
  }
}

/** Undefined while the job has not begun. */
export function backupVaultJobBody(job: BackupVaultJob, now: number, version: string, detailed: boolean): Json | undefined {
  if (!hasBegun(job, now)) return undefined
  const { vault, source, startedAt } = job
  const form = formOf(version)
  const elapsed = now - startedAt
  const ended = elapsed >= job.endsAfter
  const status = ended ? job.ending : 'InProgress'
  const ticks = (hash32(job.id) % 9999) + 1
  // Lists write durations as TimeSpans, single answers in ISO form (§12).
  const span = detailed ? isoDuration : timeSpan
  const id = backupVaultId(vault)
  const restore = job.operation === 'Restore'
  const operational = !source.type.startsWith('Microsoft.DBforPostgreSQL/')
  const properties: Json = {
    activityID: guidFrom(`activity/${job.id}`), subscriptionId: vault.subscription,
    backupInstanceId: instanceId(vault, source), policyId: policyId(vault),
    dataSourceId: resourceId(vault, source), vaultName: vault.name,
    backupInstanceFriendlyName: friendlyNameOf(source),
    policyName: 'daily', sourceResourceGroup: 'rg-data', dataSourceSetName: source.set ?? null, dataSourceName: source.item, sourceDataStoreName: null,
    ...(form.storeType ? { sourceDataStoreType: restore ? (operational ? 'OperationalStore' : 'VaultStore') : null } : {}),
    destinationDataStoreName: !restore && ended && operational ? 'OperationalTierStore' : null, progressEnabled: !operational,
    etag: `W/"datetime'${encodeURIComponent(instant(startedAt, ticks))}'"`, sourceSubscriptionID: vault.subscription, dataSourceLocation: vault.location,
    startTime: instant(startedAt, ticks), endTime: ended ? instant(startedAt + job.endsAfter, ticks) : null, dataSourceType: source.type, operationCategory: job.operation,
    operation: job.operation, status, restoreType: null, isUserTriggered: job.scheduled !== true, rehydrationPriority: null, supportedActions: [''],
    duration: span(ended ? job.endsAfter : elapsed), progressUrl: null, ...(form.storeType ? { isCrossRegionRestore: null } : {}),
    errorDetails: status === 'Failed' && job.error ? [userFacingError(job.error)] : null,
    extendedInfo: detailed ? extendedInfo(job, now, version) : null,
  }
  return { properties, id: `${id}/backupJobs/${job.id}`, name: job.id, type: 'Microsoft.DataProtection/backupVaults/backupJobs' }
}
