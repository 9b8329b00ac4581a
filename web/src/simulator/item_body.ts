/** A protected item's JSON, in the fields, the order and the words of its kind (ESTATE.md §2.1). */
import { hash32, instant, timeSpan, type Json } from './format.ts'
import { isStopped, lastBackup, policyOf, softDeleteDays, type EndedBackup, type ItemKind, type ProtectedItem } from './items.ts'
import { ticksOf } from './job_body.ts'
import { vaultId, type ErrorDetail } from './jobs.ts'
import { days, seconds } from './plans.ts'

type Members = { [key: string]: Json | undefined }

export interface ItemContext { now: number; version: string; origin: string; subscriptions: string }

/** The discriminators; the last is of a kind nobody has described yet. */
const types: Record<ItemKind, string> = {
  vm: 'Microsoft.Compute/virtualMachines', share: 'AzureFileShareProtectedItem', sql: 'AzureVmWorkloadSQLDatabase', hana: 'AzureVmWorkloadSAPHanaDatabase',
  agent: 'MabFileFolderProtectedItem', dpm: 'DPMProtectedItem', other: 'AzureNetAppVolumeProtectedItem',
}

/** What a machine says that has no backup yet: a time, where databases and shares leave it out. */
const neverBackedUp = '2001-01-01T00:00:00Z'

/** Which fields were recorded beside which api-version; between two recordings the nearer end is a guess. */
const formOf = (version: string): { kpis: boolean; archive: boolean; vault: boolean } =>
  ({ kpis: version >= '2020-10-01' && version < '2024-01-01', archive: version >= '2020-10-01', vault: version >= '2024-01-01' })

const dataId = (item: ProtectedItem): string => `70${String(hash32(item.key)).padStart(10, '0')}${hash32(`data/${item.key}`) % 1000}`

/** The text the job has for its start, to the last digit: recorded items repeat it. */
const startOf = ({ plan, state }: EndedBackup): string => instant(state.startedAt, ticksOf(plan).start)

/** A machine's point is made some seconds after the start; a database's is told in whole seconds. */
function pointOf(kind: ItemKind, { plan, state }: EndedBackup): string | undefined {
  if (kind === 'vm') return instant(state.startedAt + seconds(4), ticksOf(plan).start)
  return kind === 'share' ? undefined : instant(Math.ceil((state.startedAt + seconds(38)) / 1000) * 1000)
}

const failed = (last: EndedBackup | undefined): boolean => last?.state.status === 'Failed'

const errorOf = (last: EndedBackup | undefined): ErrorDetail | undefined => (failed(last) ? last?.plan.errors?.[0] : undefined)

function kpis(last: EndedBackup | undefined): Json {
  if (last === undefined) return {}
  const error = errorOf(last)
  return {
    BackupOperationStatusKPI: {
      resourceHealthStatus: failed(last) ? 'TransientDegraded' : 'Healthy',
      resourceHealthDetails: [{ code: error?.errorCode ?? 0, title: error?.errorTitle ?? 'Success', message: error?.errorString ?? '', recommendations: error?.recommendations ?? [] }],
    },
  }
}

/** Two vocabularies: databases are healthy or not, everything else repeats the job's status. */
function lastStatus(kind: ItemKind, last: EndedBackup | undefined): string {
  if (kind === 'sql' || kind === 'hana') return last === undefined ? 'IRPending' : failed(last) ? 'Unhealthy' : 'Healthy'
  return last?.state.status ?? (kind === 'vm' ? '' : 'IRPending')
}

function health(last: EndedBackup | undefined): Members {
  const error = errorOf(last)
  if (last === undefined) return { healthStatus: 'Passed' }
  const detail = error === undefined
    ? { code: 400239, title: 'IaasVmHealthGreenDefault', message: 'Backup pre-check status of this virtual machine is OK.', recommendations: [] }
    : { code: error.errorCode, title: error.errorTitle, message: error.errorString, recommendations: error.recommendations }
  return { healthStatus: error === undefined ? 'Passed' : 'ActionRequired', healthDetails: [detail] }
}

/** What comes first: the fields of the kind. */
function own(item: ProtectedItem, last: EndedBackup | undefined, protectionState: string): Members {
  const { kind, friendlyName, source, server } = item.identity
  const protectionStatus = failed(last) ? 'Unhealthy' : 'Healthy'
  const lastBackupStatus = lastStatus(kind, last)
  const lastBackupTime = last === undefined ? undefined : startOf(last)
  const error = errorOf(last)
  switch (kind) {
    case 'vm':
      return { friendlyName, virtualMachineId: source, protectionStatus, protectionState, ...health(last), lastBackupStatus, lastBackupTime: lastBackupTime ?? neverBackedUp, protectedItemDataId: dataId(item) }
    case 'sql':
    case 'hana':
      return {
        friendlyName, serverName: server, ...(kind === 'sql' ? { parentName: 'MSSQLSERVER', parentType: 'AzureVmWorkloadSQLInstance' } : { parentName: 'HDB', parentType: 'AzureVmWorkloadSAPHanaSystem' }),
        protectionStatus, protectionState, lastBackupStatus, lastBackupTime,
        lastBackupErrorDetail: last === undefined ? { code: 'Success', message: '' } : error && { code: error.errorTitle, message: error.errorString },
        protectedItemDataSourceId: dataId(item), protectedItemHealthStatus: lastBackupStatus,
      }
    case 'agent': return { friendlyName, computerName: server, lastBackupStatus, lastBackupTime, protectionState }
    case 'dpm': return { friendlyName, backupEngineName: server, protectionState }
    case 'share':
    case 'other': return { friendlyName, protectionStatus, protectionState, lastBackupStatus, lastBackupTime }
  }
}

/** Its deletion's time, not that of its end: recorded right after one, `deferredDeleteTimeInUTC` was some seconds ago and fourteen days remained. */
function deletion(deletedAt: number | undefined, now: number): Members {
  if (deletedAt === undefined) return {}
  return { deferredDeleteTimeInUTC: instant(deletedAt, 1985), isScheduledForDeferredDelete: true, deferredDeleteTimeRemaining: timeSpan(deletedAt + days(softDeleteDays) - now, 1932) }
}

/** A machine without a policy says so with empty texts, everything else with no field. */
function policy(item: ProtectedItem): Members {
  const name = policyOf(item)
  const policyId = name === undefined ? undefined : `${vaultId(item.identity.vault)}/backupPolicies/${name}`
  return item.identity.kind === 'vm' ? { policyId: policyId ?? '', policyName: name ?? '' } : { policyId }
}

export function itemBody(item: ProtectedItem, { now, version, origin, subscriptions }: ItemContext): Json {
  const { identity, note } = item
  const { kind, vault } = identity
  const form = formOf(version)
  const last = lastBackup(item, now)
  const point = lastBackup(item, now, true)
  const protectionState = isStopped(item) ? 'ProtectionStopped' : (note?.state ?? (point === undefined ? 'IRPending' : 'Protected'))
  const properties: Members = {
    kpisHealths: form.kpis && kind !== 'agent' && kind !== 'dpm' ? kpis(last) : undefined,
    ...own(item, last, protectionState),
    policyType: form.vault && kind === 'vm' ? 'V1' : undefined,
    protectedItemType: types[kind], backupManagementType: identity.management, workloadType: identity.workload, containerName: identity.containerName, sourceResourceId: identity.source,
    ...policy(item),
    lastRecoveryPoint: point && pointOf(kind, point),
    // A whole URL, unlike every other id.
    vaultId: form.vault ? `${origin}${vaultId(vault)}` : undefined,
    ...deletion(note?.deletedAt, now),
    isArchiveEnabled: form.archive ? false : undefined,
    // No specification has these two.
    softDeleteRetentionPeriod: form.vault ? (note?.deletedAt === undefined ? 0 : softDeleteDays) : undefined,
    sourceSideScanning: form.vault && kind === 'vm' ? { sourceSideScanStatus: 'NotConfigured', sourceSideScanSummary: 'Unknown' } : undefined,
  }
  const base = vaultId(vault).replace(/^\/subscriptions/, `/${subscriptions}`)
  return {
    id: `${base}/backupFabrics/Azure/protectionContainers/${identity.container}/protectedItems/${identity.name}`, name: identity.name,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems', properties,
  }
}
