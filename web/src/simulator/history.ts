/** What happened in the vaults before the simulation began: nightly backups and a few mishaps. */
import { hash32 } from './format.ts'
import type { ErrorDetail, JobPlan, Vault } from './jobs.ts'
import { days, hours, minutes, seconds, shareBackup, shareRestore, sqlBackup, vmBackup, vmConfigure, vmRestore, type PlanInput } from './plans.ts'
import { addJob, type World } from './world.ts'

export const provisioningFailed: ErrorDetail = {
  errorCode: 400160,
  errorTitle: 'UserErrorVmProvisioningStateFailed',
  errorString: 'VM is in Failed Provisioning State.',
  recommendations: [
    'Make sure that the VM is running or shut down, then start the backup again.',
    'If the VM does not leave the failed state:\r\n1. Open the VM and redeploy it.\r\n2. Remove extensions that failed to install.',
    'More about this error: https://aka.ms/UserErrorVmProvisioningStateFailed',
  ],
}

export const vmGone: ErrorDetail = {
  errorCode: 320001,
  errorTitle: 'ResourceNotFound',
  errorString: 'Could not perform the operation as VM no longer exists.',
  recommendations: ['The snapshot is kept, but nothing was copied to the vault.', 'Stop protecting the virtual machine without deleting its backup data. '],
}

/** Older errors come without a title (AZURE.md §4.3.12). */
export const internalError: ErrorDetail = {
  errorCode: 400001, errorTitle: '', errorString: 'Command execution failed.',
  recommendations: ['Another operation is currently in progress on this item. Please wait until it is completed, and then retry.'],
}

export const shareError: ErrorDetail = {
  errorCode: 1073871825, errorTitle: '', errorString: 'Microsoft Azure Backup encountered an internal error.',
  recommendations: ['Wait for a few minutes and then try the operation again. If the issue persists, please contact Microsoft support.'],
}

export const logFull: ErrorDetail = {
  errorCode: 520512, errorTitle: 'UserErrorSqlLogFull', errorString: 'The transaction log of the database is full.', recommendations: [],
}

/** Recorded backups end 71 to 86 s past a multiple of five minutes after their start (§15). */
const onGrid = (name: string, fives: number): number => minutes(5 * fives) + seconds(71 + (hash32(name) % 15))

function nightly(world: World, vault: Vault, vms: readonly string[], nights: number, startedAt: number, lasts: (vm: string, night: number) => number): void {
  const midnight = Math.floor(startedAt / days(1)) * days(1)
  vms.forEach((entity, row) => {
    for (let night = 0; night < nights; night++) {
      const name = `night-${night}`
      // A few minutes' scatter, all of them over before the simulation begins.
      const at = midnight - days(night) - hours(2) + minutes(4 * row) + (hash32(`${entity}/${name}`) % seconds(200))
      const mishap = hash32(`${vault.name}/${entity}/${name}`) % 23
      const usual: PlanInput = { vault, name, entity, endsAfter: lasts(entity, night) }
      if (mishap === 7) addJob(world, vmBackup({ ...usual, endsAfter: minutes(14), ending: 'Failed', errors: [provisioningFailed] }), at)
      else if (mishap === 11) addJob(world, vmBackup({ ...usual, endsAfter: minutes(9), ending: 'CompletedWithWarnings', errors: [vmGone] }), at)
      else addJob(world, vmBackup({ ...usual, sizeMb: 900 + (hash32(`${entity}/${night}`) % 9000) }), at)
    }
  })
}

/** The main vault: two weeks of nights, one job of every ending in the last day, and two that run from the start on. */
export function mainHistory(world: World, vault: Vault, startedAt: number): void {
  nightly(world, vault, ['vm-web-01', 'vm-web-02', 'vm-app-01', 'vm-sql-01', 'vm-files-01'], 14, startedAt,
    (vm, night) => (vm === 'vm-web-01' ? minutes(20) + seconds(15 + (hash32(`web/${night}`) % 17)) : onGrid(`${vm}/${night}`, 3 + (hash32(vm) % 6))))
  const ago = (plan: JobPlan, before: number): void => void addJob(world, plan, startedAt - before + (hash32(plan.id) % seconds(40)))
  const at = (entity: string): Pick<PlanInput, 'vault' | 'name' | 'entity'> => ({ vault, name: 'past', entity })
  ago(vmConfigure(at('vm-app-02')), hours(9))
  ago(vmBackup({ ...at('vm-app-02'), endsAfter: onGrid('past', 8) }), hours(8))
  ago(vmBackup({ ...at('vm-print-01'), endsAfter: minutes(14), snapshot: minutes(20), ending: 'Failed', errors: [provisioningFailed, internalError] }), hours(7))
  ago(vmBackup({ ...at('vm-old-01'), endsAfter: minutes(9), ending: 'CompletedWithWarnings', errors: [vmGone] }), hours(6))
  ago(vmBackup({ ...at('vm-test-07'), cancelsAfter: minutes(2), endsAfter: minutes(30) }), hours(5))
  ago(vmRestore({ ...at('vm-files-01'), endsAfter: minutes(48), totalGb: 512 }), hours(4))
  ago(shareRestore({ ...at('projects'), ending: 'Failed', errors: [shareError] }), hours(3))
  ago(shareBackup(at('projects')), hours(2))
  ago(sqlBackup({ ...at('ledger [sql-prod-01]'), ending: 'Failed', errors: [logFull] }), minutes(95))
  ago(sqlBackup({ ...at('crm [sql-prod-01]'), transferredMb: '1834.5527' }), minutes(90))
  ago(vmBackup({ vault, name: 'running', entity: 'vm-app-01', endsAfter: onGrid('running', 8) }), minutes(6))
  ago(vmRestore({ vault, name: 'running', entity: 'vm-web-02' }), minutes(12))
}

/** The second vault has more jobs than a page holds: 24 machines, 20 nights. */
export function largeHistory(world: World, vault: Vault, startedAt: number): void {
  const vms = Array.from({ length: 24 }, (_, n) => `vm-branch-${String(n + 1).padStart(2, '0')}`)
  nightly(world, vault, vms, 20, startedAt, (vm, night) => onGrid(`${vm}/${night}`, 2 + (hash32(vm) % 9)))
}
