/** Builders of job plans: one for each kind of job the catalogue, the history and a trigger need. */
import { guidFrom, usDate } from './format.ts'
import type { BagEntry, ErrorDetail, JobPlan, TaskPlan, Vault } from './jobs.ts'

export const seconds = (n: number): number => n * 1000
export const minutes = (n: number): number => n * 60_000
export const hours = (n: number): number => n * 3_600_000
export const days = (n: number): number => n * 86_400_000

/** What every builder takes; `name` tells jobs of one entity and operation apart, and their ids are derived from it. */
export interface PlanInput {
  vault: Vault
  name: string
  entity: string
  id?: string
  endsAfter?: number
  ending?: string
  errors?: ErrorDetail[]
  cancelsAfter?: number
  cancelTakes?: number
}

export type Shape = Pick<JobPlan, 'kind' | 'jobType' | 'management' | 'operation' | 'tasks' | 'bag' | 'cancellable'> & Partial<JobPlan>

export function plan(input: PlanInput, shape: Shape, endsAfter: number): JobPlan {
  const seed = `${input.vault.name}/${shape.jobType}/${shape.operation}/${input.entity}/${input.name}`
  return {
    id: input.id ?? guidFrom(`job/${seed}`),
    vault: input.vault,
    entity: input.entity,
    activityId: guidFrom(`activity/${seed}`),
    endsAfter,
    ending: input.ending ?? 'Completed',
    cancelTakes: input.cancelTakes ?? seconds(40),
    ...(input.errors === undefined ? {} : { errors: input.errors }),
    ...(input.cancelsAfter === undefined ? {} : { cancelsAfter: input.cancelsAfter }),
    ...shape,
  }
}

/** The policies of every machine and of every SQL database. */
export const dailyPolicy = 'Daily-30d'
export const databasePolicy = 'HourlyLogBackup'

/** Between one task and the next lies a quarter of a second, as recorded. */
const betweenTasks = 250

export const vmContainer = (vault: Vault, vm: string): string => `iaasvmcontainerv2;${vault.group};${vm}`

export interface VmBackupInput extends PlanInput {
  /** How long the snapshot takes; where the job fails sooner, it is the snapshot that fails. */
  snapshot?: number
  sizeMb?: number
  onDemand?: boolean
}

export function vmBackup(input: VmBackupInput): JobPlan {
  const endsAfter = input.endsAfter ?? minutes(20) + seconds(23)
  const snapshot = input.snapshot ?? Math.min(minutes(6), Math.floor(endsAfter * 0.4))
  const good = input.ending === undefined || input.ending === 'Completed'
  const tasks: TaskPlan[] = [
    { id: 'Take Snapshot', from: 0, until: snapshot },
    // A job that does not end well leaves a task behind that would have needed longer.
    { id: 'Transfer data to vault', from: snapshot + betweenTasks, until: good ? endsAfter : endsAfter + hours(1) },
  ]
  const bag: BagEntry[] = [
    { key: 'VM Name', value: input.entity },
    { key: 'Recovery Point Expiry Time in UTC', value: (at) => usDate(Math.floor(at / days(1)) * days(1) + days(30)) },
    { key: 'Backup Size', value: `${good ? (input.sizeMb ?? 11_390) : 0} MB`, from: endsAfter },
  ]
  if (good) bag.push({ key: 'Backed-up disk(s)', value: `${input.entity}_OsDisk_1; ${input.entity}_data01`, from: endsAfter })
  return plan(input, {
    kind: 'vm', jobType: 'AzureIaaSVMJob', management: 'AzureIaasVM', operation: 'Backup', cancellable: true,
    container: vmContainer(input.vault, input.entity), own: { virtualMachineVersion: 'Compute' }, tasks, bag,
    internalBag: { IsInstantRpJob: 'True', ...(input.onDemand === true ? { AdHoc: 'True' } : {}) },
  }, endsAfter)
}

export interface VmRestoreInput extends PlanInput {
  totalGb?: number
  /** When the bytes are back; the machine is built after that. */
  transferred?: number
}

export function vmRestore(input: VmRestoreInput): JobPlan {
  const endsAfter = input.endsAfter ?? minutes(35) + seconds(41)
  const transferred = input.transferred ?? Math.floor(endsAfter * 0.8)
  const account = 'contosorestoreweu'
  const config = `${input.entity}-config.json`
  return plan(input, {
    kind: 'vm', jobType: 'AzureIaaSVMJob', management: 'AzureIaasVM', operation: 'Restore', cancellable: true,
    container: vmContainer(input.vault, input.entity), own: { virtualMachineVersion: 'Compute' }, totalGb: input.totalGb ?? 127,
    tasks: [
      { id: 'Transfer data from vault', from: 0, until: transferred },
      { id: 'Create the restored virtual machine', from: transferred + betweenTasks, until: endsAfter },
    ],
    bag: [
      { key: 'Job Type', value: 'Recover disks' },
      { key: 'Target VM Name', value: null },
      { key: 'Target VM Name', value: `${input.entity}-restored`, from: minutes(1) },
      { key: 'Target Storage Account Name', value: account },
      // The trailing space is the service's (AZURE.md §4.3.15).
      { key: 'Recovery point time ', value: (at) => usDate(at - hours(6) - seconds(29)) },
      { key: 'Config Blob Name', value: config, from: endsAfter },
      { key: 'Config Blob Container Name', value: 'restored-disks', from: endsAfter },
      { key: 'Config Blob Uri', value: `https://${account}.blob.core.windows.net/restored-disks/${config}`, from: endsAfter },
    ],
    internalBag: { restoreLocationType: 'RestoreDisks' },
  }, endsAfter)
}

export interface SqlBackupInput extends PlanInput { transferredMb?: string }

export function sqlBackup(input: SqlBackupInput): JobPlan {
  const endsAfter = input.endsAfter ?? minutes(3) + seconds(2)
  const good = input.ending === undefined || input.ending === 'Completed'
  return plan(input, {
    kind: 'workload', jobType: 'AzureWorkloadJob', management: 'AzureWorkload', operation: 'Backup (Full)', cancellable: true,
    own: { workloadType: 'SQLDataBase' },
    tasks: [{ id: 'Transfer data to vault', from: 0, until: good ? endsAfter : endsAfter + hours(1) }],
    bag: [{ key: 'Data Transferred (in MB)', value: good ? (input.transferredMb ?? '20.1147') : '0', from: endsAfter }],
    ...(good ? {} : { dynamicErrorMessage: 'The log of the database is full. Free space on drive L: is 0 bytes.' }),
  }, endsAfter)
}

/** A database's restore is renamed at its end, when it is known what it restored. */
export function sqlRestore(input: PlanInput): JobPlan {
  const endsAfter = input.endsAfter ?? minutes(4) + seconds(32)
  const good = input.ending === undefined || input.ending === 'Completed'
  return plan(input, {
    kind: 'workload', jobType: 'AzureWorkloadJob', management: 'AzureWorkload', operation: 'Restore', operationAtEnd: 'Restore (Full)', cancellable: true,
    own: { workloadType: 'SQLDataBase' },
    tasks: [{ id: 'Transfer data from vault', from: 0, until: good ? endsAfter : endsAfter + hours(1) }],
    bag: [{ key: 'Job Type', value: 'Restore as database' }, { key: 'Data Transferred (in MB)', value: '20.1147', from: endsAfter }],
  }, endsAfter)
}

/** A share restore lists no tasks; its files are counted in the property bag. */
export function shareRestore(input: PlanInput): JobPlan {
  const endsAfter = input.endsAfter ?? minutes(5) + seconds(4)
  const source = 'contosofilesweu'
  const counted = (key: string, half: string, all: string): BagEntry[] => [
    { key, value: '0' },
    { key, value: half, from: Math.floor(endsAfter / 2) },
    { key, value: all, from: endsAfter },
  ]
  return plan(input, {
    kind: 'storage', jobType: 'AzureStorageJob', management: 'AzureStorage', operation: 'Restore', cancellable: true,
    own: { storageAccountName: source, storageAccountVersion: 'MicrosoftStorage' }, tasks: [],
    bag: [
      { key: 'Source File Share Name', value: input.entity },
      { key: 'Source Storage Account Name', value: source },
      { key: 'RestoreRecoveryPointTime', value: (at) => usDate(at - hours(9)), from: seconds(20) },
      { key: 'Target File Share Name', value: `${input.entity}-restored` },
      { key: 'Target Storage Account Name', value: source },
      { key: 'Job Type', value: 'Recover to an alternate file share' },
      { key: 'RestoreDestination', value: `${source}/${input.entity}-restored/` },
      ...counted('Data Transferred (in MB)', '412', '906'),
      ...counted('Number Of Restored Files', '138', '311'),
      { key: 'Number Of Skipped Files', value: '0' },
      { key: 'Number Of Failed Files', value: '0' },
    ],
  }, endsAfter)
}

export function shareBackup(input: PlanInput): JobPlan {
  const endsAfter = input.endsAfter ?? seconds(11)
  return plan(input, {
    kind: 'storage', jobType: 'AzureStorageJob', management: 'AzureStorage', operation: 'Backup', cancellable: false,
    own: { storageAccountName: 'contosofilesweu', storageAccountVersion: 'MicrosoftStorage' },
    tasks: [{ id: 'Take Snapshot', from: 0, until: endsAfter }],
    bag: [
      { key: 'Data Transferred (in MB)', value: '0' },
      { key: 'File Share Name', value: input.entity },
      { key: 'Whether job is adhoc or scheduled.', value: 'True' },
    ],
  }, endsAfter)
}

/** A machine's protection is begun, is stopped, or is ended with its data. */
export function vmConfigure(input: PlanInput, operation: 'ConfigureBackup' | 'DisableBackup' | 'DeleteBackupData' = 'ConfigureBackup'): JobPlan {
  return plan(input, {
    kind: 'vm', jobType: 'AzureIaaSVMJob', management: 'AzureIaasVM', operation, cancellable: false,
    container: vmContainer(input.vault, input.entity), own: { virtualMachineVersion: 'Compute' }, tasks: [],
    bag: [{ key: 'VM Name', value: input.entity }, ...(operation === 'ConfigureBackup' ? [{ key: 'Policy Name', value: dailyPolicy }] : [])],
  }, input.endsAfter ?? seconds(31))
}

/** Of a database, which it names without its server (ESTATE.md §2.3). */
export function sqlConfigure(input: PlanInput): JobPlan {
  return plan(input, {
    kind: 'workload', jobType: 'AzureWorkloadJob', management: 'AzureWorkload', operation: 'ConfigureBackup', cancellable: false,
    own: { workloadType: 'SQLDataBase' }, tasks: [], bag: [{ key: 'Policy Name', value: databasePolicy }],
  }, input.endsAfter ?? seconds(74))
}

/** A kind of job and a status nobody has described yet: what a client must show as it came. */
export function unheardOf(input: PlanInput): JobPlan {
  const endsAfter = input.endsAfter ?? minutes(5)
  return plan(input, {
    kind: 'other', jobType: 'AzureNetAppVolumeJob', management: 'AzureNetApp', operation: 'Backup', cancellable: true,
    own: { volumeName: input.entity, replication: { mode: 'CrossZone', lagInSeconds: 42 } },
    tasks: [{ id: 'Replicate volume', from: 0, until: endsAfter }],
    bag: [{ key: 'Volume Name', value: input.entity }],
    unusual: { status: 'Paused', until: endsAfter },
  }, endsAfter)
}

/** The plan a triggered backup of a protected item follows; the item's name tells its kind. Without a job to take after, its name is all there is. */
export function backupOfItem(vault: Vault, item: string, name: string, like?: JobPlan): JobPlan {
  const parts = item.split(';')
  const last = parts[parts.length - 1] ?? item
  const kind = parts[0]?.toLowerCase()
  const host = like?.host === undefined ? {} : { host: like.host }
  if (kind === 'sqldatabase' || kind === 'saphanadatabase') {
    const entity = like?.entity ?? `${last} [${parts[1] ?? 'sql'}]`
    return { ...sqlBackup({ vault, name, entity }), ...host, own: { workloadType: kind === 'sqldatabase' ? 'SQLDataBase' : 'SAPHanaDatabase' } }
  }
  if (kind === 'azurefileshare') return shareBackup({ vault, name, entity: like?.entity ?? last })
  const container = parts.length === 4 ? parts.slice(1).join(';') : vmContainer(vault, last)
  return { ...vmBackup({ vault, name, entity: like?.entity ?? last, onDemand: true }), container: like?.container ?? container }
}
