/** One sample of every further kind there is: job types, providers, regions, and operations that end with more than a job's name. */
import { backupVaultHistory, backupVaultSamples, moreBackupVaultSamples } from './backup_vault_samples.ts'
import { filler, guidFrom, instant, usDate, type Json } from './format.ts'
import { vaultId, type ErrorDetail, type JobPlan, type Vault } from './jobs.ts'
import type { Outcome } from './operations.ts'
import { hours, minutes, plan, seconds, shareBackup, shareRestore, sqlBackup, sqlRestore, vmBackup, vmRestore, type PlanInput } from './plans.ts'
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

const shareGone: ErrorDetail = {
  errorCode: 1073871825, errorTitle: '', errorString: 'The file share of the restore point could not be read.', recommendations: ['Check that the share is there, then start the restore again.'],
}

const filesSkipped: ErrorDetail = {
  errorCode: 0, errorTitle: '', errorString: 'Some files were in use and were not backed up.', recommendations: ['See the agent\u2019s log for their names.'],
}

/** The place of a virtual machine\u2019s own operations. */
const protectedVm = (vm: string): string =>
  `backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;${vm}/protectedItems/VM;iaasvmcontainerv2;rg-app;${vm}`

const notReached: ErrorDetail = {
  errorCode: 510011, errorTitle: '', errorString: 'The machine to restore to could not be reached.', recommendations: ['Start the machine, then start the restore again.'],
}

/** DPM, and the agent on machines of one\u2019s own (§4.2): tasks with times, errors without codes. */
export function onPremises(input: PlanInput, jobType: 'DpmJob' | 'MabJob'): JobPlan {
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

export function hanaBackup(input: PlanInput): JobPlan {
  const { dynamicErrorMessage: _, ...base } = sqlBackup(input)
  return { ...base, own: { workloadType: 'SAPHanaDatabase' } }
}

/** The same job under the name that mid-2021 gave it (§4.3.4). */
const secondVersion = (base: JobPlan): JobPlan => ({ ...base, id: guidFrom(`v2/${base.id}`), jobType: `${base.jobType}V2` })

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

  backupVaultHistory(world, startedAt)
  backupVaultSamples(world, origin, add)

  // Cross-region: the operation and its job are in the paired region.
  const region = 'northeurope'
  const crossing = (base: JobPlan): JobPlan => ({ ...base, operation: 'CrossRegionRestore', activityId: `${base.activityId}-${instant(startedAt).slice(0, 19)}Z-Ibz`, cancellable: true })
  const restore = crossing(vmRestore(at('vm-sql-02', { endsAfter: minutes(31) })))
  const record = { plan: restore }
  world.crossRegion.jobs.push({ region, record })
  // What the region's list shows before: a restore of yesterday, and one that failed.
  world.crossRegion.jobs.push({ region, record: { plan: crossing(vmRestore(at('vm-web-02', { endsAfter: minutes(44) }))), startedAt: startedAt - hours(20) } })
  world.crossRegion.jobs.push({ region, record: { plan: crossing(secondVersion(sqlBackup(at('crm [sql-prod-01]', { ending: 'Failed', errors: [notReached] })))), startedAt: startedAt - hours(9) } })
  const crrId = btoa(`29230164466350733;${guidFrom('cross-region/operation')}`)
  world.crossRegion.operations.set(crrId, { region, job: record, record: { id: crrId, vault, takes: seconds(9), outcome: { kind: 'job', jobId: restore.id } } })
  add('cross-region', 'Cross-region restore', 'Read by POST in the paired region; cannot be cancelled.',
    `${origin}/subscriptions/${vault.subscription}/providers/Microsoft.RecoveryServices/locations/${region}/backupCrrOperationsStatus/${crrId}?api-version=2023-01-15`, vaultId(vault))

  // Operations that end with more than a job's name (§3).
  const operation = (key: string, title: string, detail: string, at: string, outcome: Outcome, id = guidFrom(`operation/${key}`)): void => {
    addOperation(world, { id, vault, takes: seconds(4), outcome })
    add(key, title, detail, `${origin}${vaultId(vault)}/${at}/${id}?api-version=2025-02-01`)
  }
  const info = (key: string, title: string, detail: string, at: string, properties: Json): void => operation(key, title, detail, at, { kind: 'info', properties })
  info('operation-validate', 'Validation of a restore', 'Ends with what is in the way.', 'backupValidateOperationsStatuses', {
    objectType: 'OperationStatusValidateOperationExtendedInfo',
    validateOperationResponse: {
      validationResults: [
        { code: 'UserErrorTargetVmExists', message: 'A virtual machine of that name is there already.', recommendations: ['Choose another name.', 'Or restore its disks only.'] },
        { code: 'WarningStorageAccountRegion', message: 'The storage account is in another region.', recommendations: [] },
      ],
    },
  })
  info('operation-ilr', 'Scripts for single files', 'Ends with scripts that hold secrets.', `${protectedVm('vm-web-01')}/operationsStatus`, {
    objectType: 'OperationStatusProvisionILRExtendedInfo',
    recoveryTarget: {
      clientScripts: [
        { scriptContent: filler('ilr-script', 400), scriptExtension: '.exe', osType: 'Windows', url: 'https://pod01-manag1.example/ilr?sig=' + filler('ilr-url', 40), scriptNameSuffix: 'vm-web-01_weu' },
        { scriptContent: filler('ilr-script-2', 400), scriptExtension: '.py', osType: 'Linux', url: null, scriptNameSuffix: 'vm-web-01_weu' },
      ],
    },
  })
  info('operation-recovery-point', 'Change of a recovery point', 'Ends with the point as it is now.', 'backupOperations', {
    objectType: 'OperationStatusRecoveryPointExtendedInfo', deletedBackupItemVersion: null,
    updatedRecoveryPoint: { objectType: 'GenericRecoveryPoint', friendlyName: 'vm-web-01', recoveryPointType: 'CrashConsistent', recoveryPointTime: usDate(startedAt - hours(30)) },
  })

  job('cancel-refused', 'Backup that cannot be cancelled', 'Copies its snapshot from the start: a cancel is refused.',
    vmBackup({ ...at('vm-files-03', { endsAfter: minutes(45) }), snapshot: seconds(1) }))
  job('cancel-refused-later', 'Backup whose cancel is refused later', 'The cancel is taken, then refused; the job runs on.',
    { ...vmBackup({ ...at('vm-files-04', { endsAfter: minutes(45) }), snapshot: seconds(1) }), refusesLate: true })
  job('share-fails', 'File share restore that fails', 'Its error has no title.', shareRestore(at('projects-4', { ending: 'Failed', errors: [shareGone] })))
  job('mab-warns', 'Agent backup with warnings', 'Some files were left out.', onPremises(at('E:\\ on files-01', { ending: 'CompletedWithWarnings', errors: [filesSkipped] }), 'MabJob'))
  job('sql-restore', 'SQL restore', 'Called Restore, and at its end Restore (Full).', sqlRestore(at('orders [sql-prod-01]')))
  job('sql-cancelled', 'SQL backup that is cancelled', 'Someone cancels it after 2 min.', sqlBackup(at('archive [sql-prod-01]', { endsAfter: minutes(9), cancelsAfter: minutes(2) })))
  moreBackupVaultSamples(world, origin, add)
  operation('operation-vault', 'Change of the vault', 'The vault\u2019s own form: no times, no job.', 'operationStatus', { kind: 'none' }, btoa(`2047;${guidFrom('operation/vault')}`))
}
