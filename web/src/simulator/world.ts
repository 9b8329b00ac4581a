/** Everything the simulator remembers between requests, and how it is found. */
import type { BackupVault, BackupVaultJob } from './backup_vault_jobs.ts'
import type { BackupVaultWorld } from './backup_vaults.ts'
import type { CrossRegionWorld } from './cross_region.ts'
import type { ItemNote } from './items.ts'
import type { JobPlan, JobRecord, Vault } from './jobs.ts'
import { jobsOf, type OperationRecord } from './operations.ts'

export interface Subscription { readonly id: string; readonly displayName: string; readonly state: 'Enabled' | 'Warned' | 'Disabled' }

export interface World {
  readonly subscriptions: Subscription[]
  readonly vaults: Vault[]
  readonly jobs: Map<string, JobRecord>
  /** The same jobs, so that nobody walks through all to find one vault's. */
  readonly byVault: Map<Vault, JobRecord[]>
  /** Of protected items; the others are told by their jobs. */
  readonly itemNotes: ItemNote[]
  readonly operations: Map<string, OperationRecord>
  readonly backupVaults: BackupVaultWorld
  readonly crossRegion: CrossRegionWorld
}

export const newWorld = (): World => ({
  subscriptions: [], vaults: [], jobs: new Map(), byVault: new Map(), itemNotes: [], operations: new Map(),
  backupVaults: { vaults: [], jobs: new Map(), byVault: new Map(), operations: new Map(), instances: [] },
  crossRegion: { jobs: [], operations: new Map() },
})

const places = new WeakMap<Vault, string>()

function placeOf(vault: Vault): string {
  const known = places.get(vault)
  if (known !== undefined) return known
  const made = `${vault.subscription}/${vault.group}/${vault.name}/`.toLowerCase()
  places.set(vault, made)
  return made
}

const keyOf = (vault: Vault, id: string): string => placeOf(vault) + id.toLowerCase()

function append<V, J>(byVault: Map<V, J[]>, vault: V, job: J): void {
  const known = byVault.get(vault)
  if (known === undefined) byVault.set(vault, [job])
  else known.push(job)
}

/** Without a start the job begins when it is first asked for. */
export function addJob(world: World, plan: JobPlan, startedAt?: number): JobRecord {
  return addRecord(world, plan.vault, plan.id, startedAt === undefined ? { plan } : { plan, startedAt })
}

export function addRecord(world: World, vault: Vault, id: string, job: JobRecord): JobRecord {
  const key = keyOf(vault, id)
  // Ids are derived from names: two jobs of one name would silently be one.
  if (world.jobs.has(key)) throw new Error(`Two jobs with the id ${id} (${job.plan.operation} of ${job.plan.entity})`)
  world.jobs.set(key, job)
  append(world.byVault, vault, job)
  return job
}

export function addBackupVaultJob(world: World, job: BackupVaultJob): BackupVaultJob {
  const { jobs, byVault } = world.backupVaults
  if (jobs.has(job.id)) throw new Error(`Two jobs with the id ${job.id} (${job.operation} of ${job.source.item})`)
  jobs.set(job.id, job)
  append(byVault, job.vault, job)
  return job
}

export function addOperation(world: World, operation: OperationRecord): OperationRecord {
  world.operations.set(keyOf(operation.vault, operation.id), operation)
  return operation
}

/** Asking for a job that waits to be asked for starts it. */
export function askForJob(world: World, vault: Vault, id: string, now: number): JobRecord | undefined {
  const job = world.jobs.get(keyOf(vault, id))
  if (job !== undefined) job.startedAt ??= now
  return job
}

/** Asking for an operation starts it, and its jobs start when it ends (AZURE.md §2.2). */
export function askForOperation(world: World, vault: Vault, id: string, now: number): OperationRecord | undefined {
  const operation = world.operations.get(keyOf(vault, id))
  if (operation === undefined || operation.startedAt !== undefined) return operation
  operation.startedAt = now
  for (const jobId of jobsOf(operation.outcome)) {
    const job = world.jobs.get(keyOf(vault, jobId))
    if (job !== undefined) job.startedAt ??= now + operation.takes
  }
  return operation
}

/** In the order in which they were added; the list only grows. */
export const jobsIn = (world: World, vault: Vault): readonly JobRecord[] => world.byVault.get(vault) ?? []
export const backupVaultJobsIn = (world: BackupVaultWorld, vault: BackupVault): readonly BackupVaultJob[] => world.byVault.get(vault) ?? []
