/** The catalogue: made-up vaults, and for each way a job can go one sample to paste. */
import { guidFrom, stringify } from './format.ts'
import { largeHistory, mainHistory, provisioningFailed, vmGone } from './history.ts'
import { vaultId, type JobPlan, type Vault } from './jobs.ts'
import { operationBody, operationQuery, type OperationRecord, type Outcome } from './operations.ts'
import { minutes, seconds, shareRestore, sqlBackup, unheardOf, vmBackup, vmRestore } from './plans.ts'
import type { Sample } from './types.ts'
import { addKinds } from './kinds.ts'
import { addJob, addOperation, newWorld, type World } from './world.ts'

const provider = 'Microsoft.RecoveryServices'
const subscription = '3f6c1d52-8b0e-4c7a-9e21-64d0b7a85c19'

export const mainVault: Vault = { subscription, group: 'rg-backup', name: 'rsv-contoso-weu', location: 'westeurope', provider }
export const secondVault: Vault = { subscription, group: 'rg-backup', name: 'rsv-contoso-neu', location: 'northeurope', provider }

/** Where the documentation page's example job lives, spelled as there. */
export const documentationVault: Vault = {
  subscription: '00000000-0000-0000-0000-000000000000', group: 'Default-RecoveryServices-ResourceGroup-centralindia',
  name: 'abdemovault', location: 'centralindia', provider: 'microsoft.recoveryservices',
}

export const documentationJobId = '7ddead57-bcb9-4269-ac31-6a1b57588700'
export const documentationOperationId = 'cd153561-20d3-467a-b911-cc1de47d4763'
export const documentationOperationJobId = '41f3e94b-ae6b-4a20-b422-65abfcaf03e5'

function documentationJob(vault: Vault): JobPlan {
  return {
    id: documentationJobId, vault, kind: 'vm', jobType: 'AzureIaaSVMJob', management: 'AzureIaasVM', operation: 'Backup', cancellable: true,
    entity: 'uttestvmub1', activityId: '7df8e874-1d66-4f81-8e91-da2fe054811d', own: { virtualMachineVersion: 'Compute' },
    tasks: [{ id: 'Take Snapshot', from: 0, until: 412_000 }, { id: 'Transfer data to vault', from: 412_250, until: 1_223_089 }],
    bag: [{ key: 'VM Name', value: 'uttestvmub1' }, { key: 'Backup Size', value: '2332 MB' }],
    endsAfter: 1_223_089, ending: 'Completed', cancelTakes: 0, ticks: { start: 8967, duration: 6697 }, asDocumented: true,
  }
}

/** The operation's end and the job it made, as the page shows them; the job runs anew for whoever asks. */
function addDocumentation(world: World, vault: Vault): OperationRecord {
  addJob(world, documentationJob(vault), Date.UTC(2018, 4, 21, 8, 35, 40, 948))
  addJob(world, vmBackup({ vault, name: 'documentation', entity: 'uttestvmub1', id: documentationOperationJobId }))
  return addOperation(world, {
    id: documentationOperationId, vault, takes: 0, outcome: { kind: 'job', jobId: documentationOperationJobId },
    shownStart: { at: Date.UTC(2018, 8, 12, 2, 16, 56, 739), ticks: 9752 },
  })
}

/** Numbers with which a sample's end is easy to see: a backup of 20 min 23 s, as the documentation's. */
function liveSamples(world: World, origin: string, startedAt: number): Sample[] {
  const vault = mainVault
  const samples: Sample[] = []
  const idOf = (plan: JobPlan): string => `${vaultId(plan.vault)}/backupJobs/${plan.id}`
  const operation = (key: string, takes: number, outcome: Outcome): OperationRecord =>
    addOperation(world, { id: guidFrom(`operation/${key}`), vault, takes, outcome })
  const urlOf = (op: OperationRecord): string =>
    `${origin}${vaultId(op.vault)}/backupOperations/${op.id}${operationQuery(op.id, '2025-02-01', startedAt)}`
  const add = (key: string, title: string, detail: string, text: string, vaultText?: string): void => {
    samples.push({ key, title, detail, text, ...(vaultText === undefined ? {} : { vault: vaultText }) })
  }
  const job = (plan: JobPlan): JobPlan => addJob(world, plan).plan
  const makes = (plan: JobPlan): Outcome => ({ kind: 'job', jobId: plan.id })
  const name = 'sample'

  const completes = job(vmBackup({ vault, name, entity: 'vm-web-01', endsAfter: minutes(20) + seconds(23) + 89, onDemand: true }))
  add('backup-completes', 'VM backup that completes', 'An operation of 4 s, then a backup of vm-web-01 of 20 min 23 s.',
    urlOf(operation('backup-completes', seconds(4), makes(completes))))

  const fails = job(vmBackup({ vault, name, entity: 'vm-web-02', endsAfter: minutes(14) + seconds(7), ending: 'Failed', errors: [provisioningFailed] }))
  add('backup-fails', 'VM backup that fails', 'Fails after 14 min, with what to do about it.', idOf(fails))

  const warns = job(vmBackup({ vault, name, entity: 'vm-app-01', endsAfter: minutes(9) + seconds(40), ending: 'CompletedWithWarnings', errors: [vmGone] }))
  add('backup-warns', 'VM backup with warnings', 'Ends after 9 min 40 s: a snapshot, but nothing in the vault.', warns.id, vaultId(vault))

  const restore = job(vmRestore({ vault, name, entity: 'vm-files-01' }))
  add('restore-progress', 'VM restore with progress', 'About 35 min; bytes and a percentage, refreshed every five minutes.', idOf(restore))

  const cancelled = job(vmRestore({ vault, name, entity: 'vm-sql-01', cancelsAfter: minutes(6), cancelTakes: seconds(90) }))
  add('restore-cancelled', 'Restore that is cancelled', 'Someone cancels it after 6 min; 90 s later it is.',
    urlOf(operation('restore-cancelled', seconds(7), makes(cancelled))))

  const sql = job(sqlBackup({ vault, name, entity: 'orders [sql-prod-01]' }))
  add('sql-backup', 'SQL database backup', 'A full backup of 3 min.', sql.id, vaultId(vault))

  const share = job(shareRestore({ vault, name, entity: 'projects' }))
  add('share-restore', 'File share restore', 'About 5 min; counts its files.', idOf(share))

  const unknown = job(unheardOf({ vault, name, entity: 'vol-cad-01' }))
  add('unknown-status', 'A status nobody knows', 'A new kind of job, Paused for 5 min, then Completed.', idOf(unknown))

  add('operation-failed', 'Operation that fails', 'Ends with an error after 5 s, without a job.',
    urlOf(operation('operation-failed', seconds(5), {
      kind: 'failed', code: 'UserErrorGuestAgentStatusUnavailable',
      message: 'VM Agent is unable to communicate with the Azure Backup Service. Please make sure that the VM has network connectivity and the VM agent is up to date.',
    })))

  add('operation-no-job', 'Operation without a job', 'Succeeds after 3 s and names no job.',
    urlOf(operation('operation-no-job', seconds(3), { kind: 'none' })))

  const many = [
    job(vmBackup({ vault, name: 'many', entity: 'vm-web-01', endsAfter: minutes(6) + seconds(12) })),
    job(vmBackup({ vault, name: 'many', entity: 'vm-web-02', endsAfter: minutes(8) + seconds(3) })),
    job(vmBackup({ vault, name: 'many', entity: 'vm-old-01', endsAfter: seconds(2), snapshot: minutes(1), ending: 'Failed', errors: [vmGone] })),
  ]
  add('operation-many-jobs', 'Operation with several jobs', 'Three jobs after 10 s; one of them fails at once.',
    urlOf(operation('operation-many-jobs', seconds(10), {
      kind: 'jobs', jobIds: many.map((p) => p.id), failedJobsError: { [many[2]?.id ?? '']: 'UserErrorVmNotFoundV2' },
    })))
  return samples
}

export function buildWorld(origin: string, startedAt: number): { world: World; samples: Sample[] } {
  const world = newWorld()
  world.vaults.push(mainVault, secondVault, documentationVault)
  world.subscriptions.push(
    { id: subscription, displayName: 'Contoso Production', state: 'Enabled' },
    // Nobody has made a vault here yet.
    { id: '8e2b90a4-15d7-4f36-b0c8-7a91d3e65f20', displayName: 'Contoso Sandbox', state: 'Enabled' },
    { id: documentationVault.subscription, displayName: 'Documentation', state: 'Enabled' },
  )
  mainHistory(world, mainVault, startedAt)
  largeHistory(world, secondVault, startedAt)
  const samples = liveSamples(world, origin, startedAt)
  // Whoever reads the page pastes its JSON next to a vault of their own: the example is in the main vault too.
  const operation = addDocumentation(world, mainVault)
  addDocumentation(world, documentationVault)
  samples.push(
    {
      key: 'operation-json', title: "An operation's final JSON", detail: "The documentation's example; its job starts when first asked for and takes 20 min 23 s.",
      // The record itself has not been asked for yet: only the text shows its end.
      text: stringify(operationBody({ ...operation, startedAt }, startedAt)), vault: vaultId(mainVault),
    },
    {
      key: 'documentation-job', title: "The documentation's job", detail: 'Completed in 2018 after 20 min 23 s, exactly as documented.',
      text: `${vaultId(documentationVault)}/backupJobs/${documentationJobId}`,
    },
  )
  addKinds(world, samples, origin, mainVault, startedAt)
  return { world, samples }
}
