/** Resource Graph's rows in the order of their ids, made only for the page that is asked for: an estate has a hundred thousand jobs. */
import { instanceBody, instancesIn, type ListedInstance } from './backup_vault_instances.ts'
import { backupVaultId, backupVaultJobBody, type BackupVault, type BackupVaultJob } from './backup_vault_jobs.ts'
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

/** A vault's jobs in the order of their ids, and all their starts in their own order, once all have begun or have a time to begin at. */
interface Sorted<T> { readonly jobs: readonly T[]; readonly starts: Float64Array | undefined }

/** Ids and starts do not change and a vault's list of jobs only grows: sorted once, and again when it has grown. */
const sorted = new WeakMap<readonly unknown[], Sorted<unknown>>()

function byId<T extends { readonly startedAt?: number }>(jobs: readonly T[], idOf: (job: T) => string): Sorted<T> {
  const known = sorted.get(jobs) as Sorted<T> | undefined
  if (known?.jobs.length === jobs.length) return known
  const inOrder = jobs.map((job) => ({ job, id: idOf(job).toLowerCase() })).sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ job }) => job)
  const starts = jobs.flatMap(({ startedAt }) => startedAt ?? [])
  const made = { jobs: inOrder, starts: starts.length === jobs.length ? Float64Array.from(starts).sort() : undefined }
  sorted.set(jobs, made)
  return made
}

/** How many are below it. */
function below(starts: Float64Array, bound: number): number {
  let low = 0
  for (let high = starts.length; low < high;) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) < bound) low = middle + 1
    else high = middle
  }
  return low
}

/** `base`: what the ids of all these have before `tail`. */
function part<T>(all: readonly T[], base: string, tail: (one: T) => string, under: string, row: (one: T) => Row | undefined): Part {
  const whole = base.toLowerCase().startsWith(under)
  const found = whole ? all : all.filter((one) => `${base}${tail(one)}`.toLowerCase().startsWith(under))
  return { count: found.length, rows: (from, to) => found.slice(from, to).map(row).filter((made) => made !== undefined) }
}

interface Window { readonly from: number; readonly to: number }

/** Whole milliseconds, both ends included. */
const windowOf = (q: GraphQuery, now: number): Window => ({ from: Math.max(now - kept + 1, q.from ?? -Infinity), to: Math.min(now, q.to ?? Infinity) })

/** Of jobs: where all of a vault are meant they are counted by their starts alone, and looked at only for a page they are on. */
function jobsPart<T extends { readonly startedAt?: number }>({ jobs, starts }: Sorted<T>, { from, to }: Window, base: string, idOf: (job: T) => string, under: string, row: (job: T) => Row | undefined): Part {
  const found = (): Part => part(jobs.filter(({ startedAt }) => startedAt !== undefined && startedAt >= from && startedAt <= to), base, idOf, under, row)
  if (starts === undefined || !base.toLowerCase().startsWith(under)) return found()
  return { count: Math.max(0, below(starts, to + 1) - below(starts, from)), rows: (first, last) => found().rows(first, last) }
}

const idOf = (job: JobRecord): string => job.id ?? job.plan.id

interface Place { subscription: string; group: string }

function rowOf(body: Json | undefined, place: Place, location: string): Row | undefined {
  if (body === undefined) return undefined
  const { id, name, type, properties, sku = null, tags = null, identity = null } = body as unknown as Record<string, Json> & { type: string }
  return {
    id, name, type: type.toLowerCase(), tenantId: tenant, kind: '', location, resourceGroup: place.group.toLowerCase(), subscriptionId: place.subscription,
    managedBy: '', sku, plan: null, properties, tags, identity, zones: null, extendedLocation: null,
  }
}

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
    const row = (job: JobRecord): Row | undefined => rowOf(jobBody(job, now, formOf(version), false, 'subscriptions'), vault, vault.location)
    yield jobsPart(byId(jobsIn(world, vault), idOf), windowOf(q, now), `${id}/backupJobs/`, idOf, q.under, row)
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
    const nameOf = (job: BackupVaultJob): string => job.id
    yield jobsPart(byId(backupVaultJobsIn(own, vault), nameOf), windowOf(q, now), `${id}/backupJobs/`, nameOf, q.under, (job) => backupVaultJobRow(job, now))
  }
}

interface Placed { readonly key: string; readonly subscription: string; parts(q: GraphQuery, now: number, origin: string): Generator<Part> }

/** Of each world: all its vaults by id. None is added once it is built. */
const ordered = new WeakMap<World, readonly Placed[]>()

function placesOf(world: World): readonly Placed[] {
  const known = ordered.get(world)
  if (known !== undefined) return known
  // What is in a vault comes before what is in another whose name goes on.
  const keysOf = (id: string, { subscription }: Place): Pick<Placed, 'key' | 'subscription'> => ({ key: `${id}/`.toLowerCase(), subscription: subscription.toLowerCase() })
  const made: Placed[] = [
    ...world.vaults.map((vault): Placed => ({ ...keysOf(vaultId(vault), vault), parts: (q, now, origin) => partsOfVault(world, vault, q, now, origin) })),
    ...world.backupVaults.vaults.map((vault): Placed => ({ ...keysOf(backupVaultId(vault), vault), parts: (q, now) => partsOfBackupVault(world, vault, q, now) })),
  ].sort((a, b) => (a.key < b.key ? -1 : 1))
  ordered.set(world, made)
  return made
}

/** All that a query finds in these subscriptions (in lower case). */
export function* partsOf(world: World, q: GraphQuery, subscriptions: ReadonlySet<string>, now: number, origin: string): Generator<Part> {
  for (const { key, subscription, parts } of placesOf(world)) {
    if (subscriptions.has(subscription) && (key.startsWith(q.under) || q.under.startsWith(key))) yield* parts(q, now, origin)
  }
}
