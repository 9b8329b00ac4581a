/** Resource Graph's rows in the order of their ids, made only for the page that is asked for: an estate has a hundred thousand jobs. */
import { instanceBody, instancesIn, type ListedInstance } from './backup_vault_instances.ts'
import { backupVaultId, backupVaultJobBody, hasBegun, type BackupVault, type BackupVaultJob } from './backup_vault_jobs.ts'
import { tenant } from './errors.ts'
import { backupVaultBody, vaultBody } from './estate.ts'
import type { Json } from './format.ts'
import type { GraphQuery } from './graph_query.ts'
import { itemBody } from './item_body.ts'
import { itemsIn, type ProtectedItem } from './items.ts'
import { jobBody } from './job_body.ts'
import { vaultId, type JobRecord, type Vault } from './jobs.ts'
import { formOf } from './versions.ts'
import { backupVaultJobsIn, jobsIn, type World } from './world.ts'

/** How far back jobs are known. */
const kept = 14 * 86_400_000

/** Job properties follow a version of the graph's own choice. */
const version = '2025-02-01'
const backupVaultVersion = '2024-04-01'

export type Row = Record<string, Json | undefined>

/** Rows of one type in one vault; their number is known before any is made. */
export interface Part { readonly count: number; rows(from: number, to: number): Row[] }

/** Ids do not change and a vault's list of jobs only grows: sorted once, and again when it has grown. */
const sorted = new WeakMap<readonly unknown[], readonly unknown[]>()

function byId<T>(jobs: readonly T[], idOf: (job: T) => string): readonly T[] {
  const known = sorted.get(jobs) as readonly T[] | undefined
  if (known?.length === jobs.length) return known
  const made = jobs.map((job) => ({ job, id: idOf(job).toLowerCase() })).sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ job }) => job)
  sorted.set(jobs, made)
  return made
}

/** `base`: what the ids of all these have before `tail`. */
function part<T>(all: readonly T[], base: string, tail: (one: T) => string, under: string, row: (one: T) => Row | undefined): Part {
  const whole = base.toLowerCase().startsWith(under)
  const found = whole ? all : all.filter((one) => `${base}${tail(one)}`.toLowerCase().startsWith(under))
  return { count: found.length, rows: (from, to) => found.slice(from, to).map(row).filter((made) => made !== undefined) }
}

interface Place { subscription: string; group: string }

function rowOf(body: Json | undefined, place: Place, location: string): Row | undefined {
  if (body === undefined) return undefined
  const { id, name, type, properties, sku = null, tags = null, identity = null } = body as unknown as Record<string, Json> & { type: string }
  return {
    id, name, type: type.toLowerCase(), tenantId: tenant, kind: '', location, resourceGroup: place.group.toLowerCase(), subscriptionId: place.subscription,
    managedBy: '', sku, plan: null, properties, tags, identity, zones: null, extendedLocation: null,
  }
}

const inTime = (q: GraphQuery, startedAt: number | undefined, now: number): boolean =>
  startedAt !== undefined && startedAt <= now && startedAt > now - kept && startedAt >= (q.from ?? -Infinity) && startedAt <= (q.to ?? Infinity)

function* partsOfVault(world: World, vault: Vault, q: GraphQuery, now: number, origin: string): Generator<Part> {
  const id = vaultId(vault)
  const timed = q.from !== undefined || q.to !== undefined
  if (q.kinds.has('vault') && !timed) yield part([vault], id, () => '', q.under, () => rowOf(vaultBody(world, vault, true), vault, vault.location))
  if (q.kinds.has('item') && !timed) {
    const context = { now, version, origin, subscriptions: 'subscriptions' }
    const tail = ({ identity }: ProtectedItem): string => `${identity.container}/protectedItems/${identity.name}`
    yield part(itemsIn(world, vault, now), `${id}/backupFabrics/Azure/protectionContainers/`, tail, q.under, (item) => rowOf(itemBody(item, context), vault, vault.location))
  }
  if (q.kinds.has('job')) {
    const jobs = byId(jobsIn(world, vault), ({ plan }) => plan.id).filter(({ startedAt }) => inTime(q, startedAt, now))
    yield part<JobRecord>(jobs, `${id}/backupJobs/`, ({ plan }) => plan.id, q.under, (job) => rowOf(jobBody(job, now, formOf(version), false, 'subscriptions'), vault, vault.location))
  }
}

/** Lists' durations, and all the details (AZURE.md §13). */
function backupVaultJobRow(job: BackupVaultJob, now: number): Row | undefined {
  const listed = backupVaultJobBody(job, now, backupVaultVersion, false) as { properties: { duration?: Json } } | undefined
  const body = backupVaultJobBody(job, now, backupVaultVersion, true) as { properties: Record<string, Json | undefined> } | undefined
  return listed && body && rowOf({ ...body, properties: { ...body.properties, duration: listed.properties.duration } } as Json, job.vault, '')
}

function* partsOfBackupVault(world: World, vault: BackupVault, q: GraphQuery, now: number): Generator<Part> {
  const id = backupVaultId(vault)
  const own = world.backupVaults
  const timed = q.from !== undefined || q.to !== undefined
  if (q.kinds.has('backupVault') && !timed) yield part([vault], id, () => '', q.under, () => rowOf(backupVaultBody(vault), vault, vault.location))
  if (q.kinds.has('instance') && !timed) {
    yield part<ListedInstance>(instancesIn(own.instances, backupVaultJobsIn(own, vault), vault), '', ({ key }) => key, q.under, (instance) => rowOf(instanceBody(instance), vault, vault.location))
  }
  if (q.kinds.has('backupVaultJob')) {
    const jobs = byId(backupVaultJobsIn(own, vault), (job) => job.id).filter((job) => hasBegun(job, now) && inTime(q, job.startedAt, now))
    yield part(jobs, `${id}/backupJobs/`, (job) => job.id, q.under, (job) => backupVaultJobRow(job, now))
  }
}

/** All that a query finds in these subscriptions (in lower case). */
export function* partsOf(world: World, q: GraphQuery, subscriptions: ReadonlySet<string>, now: number, origin: string): Generator<Part> {
  const places = [
    ...world.vaults.map((vault) => ({ id: vaultId(vault), of: vault, parts: () => partsOfVault(world, vault, q, now, origin) })),
    ...world.backupVaults.vaults.map((vault) => ({ id: backupVaultId(vault), of: vault, parts: () => partsOfBackupVault(world, vault, q, now) })),
    // What is in a vault comes before what is in another whose name goes on.
  ].map((place) => ({ ...place, key: `${place.id}/`.toLowerCase() })).sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const { key, of, parts } of places) {
    if (subscriptions.has(of.subscription.toLowerCase()) && (key.startsWith(q.under) || q.under.startsWith(key))) yield* parts()
  }
}
