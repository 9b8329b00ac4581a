/** One sample of every further kind there is: job types, providers, regions, and operations that end with more than a job's name. */
import { backupVaultId, type BackupVault, type BackupVaultJob, type UserFacingError } from './backup_vaults.ts'
import { filler, guidFrom, usDate, type Json } from './format.ts'
import { vaultId, type ErrorDetail, type JobPlan, type Vault } from './jobs.ts'
import type { OperationRecord, Outcome } from './operations.ts'
import { hours, minutes, plan, seconds, shareBackup, shareRestore, sqlBackup, vmBackup, vmRestore, type PlanInput } from './plans.ts'
import type { Sample } from './types.ts'
import { addJob, addOperation, type World } from './world.ts'

const agentOffline: ErrorDetail = {
  errorCode: 0, errorTitle: '', errorString: 'The protection agent on the server could not be reached.',
  recommendations: ['Check that the server is on and its agent service runs.', 'Then start the backup again.'],
}

const keyMissing: ErrorDetail = {
  errorCode: 400500, errorTitle: '', errorString: 'The key could not be read from the key vault.', recommendations: ['Give the vault\u2019s identity access to the key.'],
}

/** What a cancel of a backup may end as: not Cancelled (AZURE.md §4.3.12). */
const cancelledInTheEnd: ErrorDetail = {
  errorCode: 400158, errorTitle: 'UserErrorJobSuccessfullyCancelled', errorString: 'The job was cancelled by a user.', recommendations: [],
}

const memoryLow: ErrorDetail = {
  errorCode: 520131, errorTitle: 'UserErrorHanaOutOfMemory', errorString: 'The database ran out of memory during the backup.',
  recommendations: ['Free memory on the machine, then start the backup again.'], additionalDetails: 'SAP HANA returned code 4: cannot allocate enough memory.',
}

/** DPM, and the agent on machines of one\u2019s own (§4.2): tasks with times, errors without codes. */
function onPremises(input: PlanInput, jobType: 'DpmJob' | 'MabJob'): JobPlan {
  const endsAfter = input.endsAfter ?? minutes(12)
  const dpm = jobType === 'DpmJob'
  return plan(input, {
    kind: 'premises', jobType, management: dpm ? 'DPM' : 'MAB', operation: 'Backup', cancellable: false,
    own: dpm
      ? { dpmServerName: 'dpm-01.contoso.example', containerName: 'DPMContainer;dpm-01', containerType: 'DPMContainer', workloadType: 'SQLDB' }
      : { mabServerName: 'files-01.contoso.example', mabServerType: 'Windows', workloadType: 'FileFolder' },
    tasks: [{ id: 'Take Snapshot', from: 0, until: Math.floor(endsAfter / 4) }, { id: 'Transfer data to vault', from: Math.floor(endsAfter / 4), until: input.ending === 'Failed' ? endsAfter + hours(1) : endsAfter }],
    bag: [{ key: 'Backup Size', value: '18432 MB', from: endsAfter }],
  }, endsAfter)
}

function vaultJob(input: PlanInput): JobPlan {
  const endsAfter = input.endsAfter ?? minutes(2)
  return plan(input, {
    kind: 'vault', jobType: 'VaultJob', management: 'DefaultBackup', operation: 'UpdateCustomerManagedKey', cancellable: false, tasks: [],
    bag: [{ key: 'Key Uri', value: 'https://kv-contoso.vault.azure.net/keys/backup/4' }],
  }, endsAfter)
}

function hanaBackup(input: PlanInput): JobPlan {
  const { dynamicErrorMessage: _, ...base } = sqlBackup(input)
  return { ...base, own: { workloadType: 'SAPHanaDatabase' } }
}

/** The same job under the name that mid-2021 gave it (§4.3.4). */
const secondVersion = (base: JobPlan): JobPlan => ({ ...base, id: guidFrom(`v2/${base.id}`), jobType: `${base.jobType}V2` })

const backupVault: BackupVault = { subscription: '3f6c1d52-8b0e-4c7a-9e21-64d0b7a85c19', group: 'rg-backup', name: 'bv-contoso-weu', location: 'westeurope' }

const blobError: UserFacingError = {
  code: 'UserErrorStorageAccountContainerNotFound', message: 'The specified container is not found.',
  recommendedAction: ['Make sure that the container exists until the restore has ended, then try again.'],
  cause: { code: 'InternalServerError', message: 'Internal Server Error', recommendedAction: ['See https://aka.ms/AzureBackupTroubleshootFailures.'] },
}

type Given = Pick<BackupVaultJob, 'item' | 'dataSourceType' | 'operation' | 'tasks' | 'endsAfter'> & Partial<BackupVaultJob>

function addBackupVaultJob(world: World, name: string, given: Given, startedAt?: number): BackupVaultJob {
  const job: BackupVaultJob = {
    id: guidFrom(`backup-vault/${given.item}/${name}`), vault: backupVault, category: given.operation, ending: given.error ? 'Failed' : 'Completed', ...given,
    ...(startedAt === undefined ? {} : { startedAt }),
  }
  world.backupVaults.jobs.set(job.id, job)
  return job
}

const disk = 'Microsoft.Compute/disks'
const blobs = 'Microsoft.Storage/storageAccounts/blobServices'
const postgres = 'Microsoft.DBforPostgreSQL/flexibleServers'
const cluster = 'Microsoft.ContainerService/managedClusters'

/** Some nights of four items: more than a page. */
function backupVaultHistory(world: World, startedAt: number): void {
  for (let night = 0; night < 9; night++) {
    const at = startedAt - hours(24 * night + 3)
    addBackupVaultJob(world, `night-${night}`, { item: 'disk-data-01', dataSourceType: disk, operation: 'Backup', tasks: ['Trigger Backup'], endsAfter: seconds(191) }, at)
    addBackupVaultJob(world, `night-${night}`, { item: 'contosodata', dataSourceType: blobs, operation: 'Backup', tasks: ['Trigger Backup'], endsAfter: seconds(820) }, at - minutes(20))
    addBackupVaultJob(world, `night-${night}`, { item: 'pg-orders', dataSourceType: postgres, operation: 'Backup', tasks: ['Trigger Backup', 'Transfer data to vault'], endsAfter: seconds(95), bytes: 48_318_382_080 }, at - minutes(40))
  }
}

export function addKinds(world: World, samples: Sample[], origin: string, vault: Vault, startedAt: number): void {
  const name = 'kind'
  const add = (key: string, title: string, detail: string, text: string, ofVault?: string): void => {
    samples.push({ key, title, detail, text, ...(ofVault === undefined ? {} : { vault: ofVault }) })
  }
  const job = (key: string, title: string, detail: string, made: JobPlan): void => {
    addJob(world, made)
    add(key, title, detail, `${vaultId(vault)}/backupJobs/${made.id}`)
  }
  const at = (entity: string, more: Partial<PlanInput> = {}): PlanInput => ({ vault, name, entity, ...more })

  job('cancel-restore', 'Restore to cancel', 'Runs for 90 min: try the button.', vmRestore(at('vm-files-02', { endsAfter: minutes(90) })))
  job('cancel-warns', 'Backup whose cancel ends with warnings', 'What is cancelled may end as completed with warnings.',
    { ...vmBackup({ ...at('vm-web-03', { endsAfter: minutes(50), errors: [cancelledInTheEnd] }), snapshot: minutes(40) }), cancelEnds: 'CompletedWithWarnings' })
  job('dpm-backup', 'DPM backup', 'Of a database, 12 min.', onPremises(at('ledger on sql-07'), 'DpmJob'))
  job('dpm-fails', 'DPM backup that fails', 'Its errors have no code.', onPremises(at('crm on sql-08', { endsAfter: minutes(4), ending: 'Failed', errors: [agentOffline] }), 'DpmJob'))
  job('mab-backup', 'Recovery Services agent', 'Files and folders of a server.', onPremises(at('D:\\ on files-01'), 'MabJob'))
  job('vault-job', 'Change of the vault\u2019s key', 'A job of the vault itself, without tasks.', vaultJob(at(vault.name)))
  job('vault-job-fails', 'Change of key that fails', 'The key cannot be read.', vaultJob({ vault, name: 'fails', entity: vault.name, endsAfter: seconds(40), ending: 'Failed', errors: [keyMissing] }))
  job('hana-fails', 'SAP HANA backup that fails', 'With details beside its error.', hanaBackup(at('hdb [hana-01]', { ending: 'Failed', errors: [memoryLow] })))
  job('share-backup', 'File share backup', 'A snapshot, done in seconds.', shareBackup(at('projects-2')))
  job('vm-v2', 'VM backup, V2 name', 'As mid-2021 called it.', secondVersion(vmBackup(at('vm-web-04'))))
  job('share-v2', 'File share restore, V2 name', 'As mid-2021 called it.', secondVersion(shareRestore(at('projects-3'))))
  job('sql-v2', 'SQL backup, V2 name', 'As mid-2021 called it.', secondVersion(sqlBackup(at('orders [sql-prod-02]'))))

  world.backupVaults.vaults.push(backupVault)
  backupVaultHistory(world, startedAt)
  const inBackupVault = (key: string, title: string, detail: string, given: Given): BackupVaultJob => {
    const made = addBackupVaultJob(world, key, given)
    add(key, title, detail, `${backupVaultId(backupVault)}/backupJobs/${made.id}`)
    return made
  }
  const diskJob = addBackupVaultJob(world, 'operation', { item: 'disk-data-02', dataSourceType: disk, operation: 'Backup', tasks: ['Trigger Backup'], endsAfter: seconds(191), details: { RetentionTag: 'Default' } })
  const operationId = btoa(`${guidFrom('backup-vault/tenant')};${guidFrom('backup-vault/operation')}`)
  world.backupVaults.operations.set(operationId, { id: operationId, vault: backupVault, takes: seconds(6), job: diskJob })
  add('bv-disk', 'Backup vault: disk backup', 'An operation whose status is spelled Inprogress, then a job of 3 min.',
    `${origin}/subscriptions/${backupVault.subscription}/providers/Microsoft.DataProtection/locations/westeurope/operationStatus/${operationId}?api-version=2024-04-01`)
  inBackupVault('bv-blob-fails', 'Backup vault: blob restore that fails', 'An error with its cause inside.', { item: 'contosodata', dataSourceType: blobs, operation: 'Restore', tasks: ['Trigger Restore', 'Restore data'], endsAfter: minutes(11), error: blobError })
  inBackupVault('bv-postgres', 'Backup vault: PostgreSQL', 'A backup of 95 s.', { item: 'pg-orders', dataSourceType: postgres, operation: 'Backup', tasks: ['Trigger Backup', 'Transfer data to vault'], endsAfter: seconds(95), bytes: 48_318_382_080 })
  inBackupVault('bv-aks', 'Backup vault: Kubernetes', 'A restore of 4 min.', { item: 'aks-shop', dataSourceType: cluster, operation: 'Restore', tasks: ['Trigger Restore', 'Restore resources', 'Restore volumes'], endsAfter: minutes(4) })

  // Cross-region: the operation and its job are in the paired region.
  const region = 'northeurope'
  const restore = { ...vmRestore(at('vm-sql-02', { endsAfter: minutes(31) })), operation: 'CrossRegionRestore' }
  const record = { plan: restore }
  world.crossRegion.jobs.push({ region, record })
  const crrId = btoa(`29230164466350733;${guidFrom('cross-region/operation')}`)
  world.crossRegion.operations.set(crrId, { region, job: record, record: { id: crrId, vault, takes: seconds(9), outcome: { kind: 'job', jobId: restore.id } } })
  add('cross-region', 'Cross-region restore', 'Read by POST in the paired region; cannot be cancelled.',
    `${origin}/subscriptions/${vault.subscription}/providers/Microsoft.RecoveryServices/locations/${region}/backupCrrOperationsStatus/${crrId}?api-version=2023-01-15`, vaultId(vault))

  // Operations that end with more than a job's name (§3).
  const info = (key: string, title: string, detail: string, properties: Json): void => {
    const outcome: Outcome = { kind: 'info', properties }
    const op: OperationRecord = addOperation(world, { id: guidFrom(`operation/${key}`), vault, takes: seconds(4), outcome })
    add(key, title, detail, `${origin}${vaultId(vault)}/backupOperations/${op.id}?api-version=2025-02-01`)
  }
  info('operation-validate', 'Validation of a restore', 'Ends with what is in the way.', {
    objectType: 'OperationStatusValidateOperationExtendedInfo',
    validateOperationResponse: {
      validationResults: [
        { code: 'UserErrorTargetVmExists', message: 'A virtual machine of that name is there already.', recommendations: ['Choose another name.', 'Or restore its disks only.'] },
        { code: 'WarningStorageAccountRegion', message: 'The storage account is in another region.', recommendations: [] },
      ],
    },
  })
  info('operation-ilr', 'Scripts for single files', 'Ends with scripts that hold secrets.', {
    objectType: 'OperationStatusProvisionILRExtendedInfo',
    recoveryTarget: {
      clientScripts: [
        { scriptContent: filler('ilr-script', 400), scriptExtension: '.exe', osType: 'Windows', url: 'https://pod01-manag1.example/ilr?sig=' + filler('ilr-url', 40), scriptNameSuffix: 'vm-web-01_weu' },
        { scriptContent: filler('ilr-script-2', 400), scriptExtension: '.py', osType: 'Linux', url: null, scriptNameSuffix: 'vm-web-01_weu' },
      ],
    },
  })
  info('operation-recovery-point', 'Change of a recovery point', 'Ends with the point as it is now.', {
    objectType: 'OperationStatusRecoveryPointExtendedInfo', deletedBackupItemVersion: null,
    updatedRecoveryPoint: { objectType: 'GenericRecoveryPoint', friendlyName: 'vm-web-01', recoveryPointType: 'CrashConsistent', recoveryPointTime: usDate(startedAt - hours(30)) },
  })
}
