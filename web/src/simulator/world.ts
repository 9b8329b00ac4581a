/** Everything the simulator remembers between requests, and how it is found. */
import type { BackupVaultWorld } from './backup_vaults.ts'
import type { CrossRegionWorld } from './cross_region.ts'
import type { ItemNote } from './items.ts'
import type { JobPlan, JobRecord, Vault } from './jobs.ts'
import { jobsOf, type OperationRecord } from './operations.ts'

export interface World {
  readonly vaults: Vault[]
  readonly jobs: Map<string, JobRecord>
  /** Of protected items; the others are told by their jobs. */
  readonly itemNotes: ItemNote[]
  readonly operations: Map<string, OperationRecord>
  readonly backupVaults: BackupVaultWorld
  readonly crossRegion: CrossRegionWorld
}

export const newWorld = (): World => ({
  vaults: [], jobs: new Map(), itemNotes: [], operations: new Map(),
  backupVaults: { vaults: [], jobs: new Map(), operations: new Map(), instances: [] },
  crossRegion: { jobs: [], operations: new Map() },
})

const keyOf = (vault: Vault, id: string): string => `${vault.subscription}/${vault.group}/${vault.name}/${id}`.toLowerCase()

/** Without a start the job begins when it is first asked for. */
export function addJob(world: World, plan: JobPlan, startedAt?: number): JobRecord {
  const job: JobRecord = startedAt === undefined ? { plan } : { plan, startedAt }
  const key = keyOf(plan.vault, plan.id)
  // Ids are derived from names: two jobs of one name would silently be one.
  if (world.jobs.has(key)) throw new Error(`Two jobs with the id ${plan.id} (${plan.operation} of ${plan.entity})`)
  world.jobs.set(key, job)
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

export function* jobsIn(world: World, vault: Vault): Generator<JobRecord> {
  for (const job of world.jobs.values()) if (job.plan.vault === vault) yield job
}
