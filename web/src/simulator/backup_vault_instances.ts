/** A Backup vault's instances: what its jobs are of, and some of which no job tells (ESTATE.md §2.2). */
import { answer } from './errors.ts'
import type { Json } from './format.ts'
import { backupVaultId, friendlyNameOf, instanceId, policyId, resourceId, userFacingError, type BackupVault, type BackupVaultJob, type DataSource, type UserFacingError } from './backup_vault_jobs.ts'
import { pageAfter } from './paging.ts'
import type { SimulatedResponse } from './types.ts'

/** An instance whose state its jobs, if it has any, do not show. */
export interface BackupInstance {
  readonly vault: BackupVault
  readonly source: DataSource
  readonly state?: string
  readonly error?: UserFacingError
}

export interface ListedInstance extends BackupInstance { readonly key: string }

interface Listing { readonly jobs: number; readonly known: number; readonly instances: readonly ListedInstance[] }

/** Of each list of jobs: both lists only grow. */
const listings = new WeakMap<readonly BackupVaultJob[], Listing>()

export function instancesIn(known: readonly BackupInstance[], jobs: readonly BackupVaultJob[], vault: BackupVault): readonly ListedInstance[] {
  const before = listings.get(jobs)
  if (before !== undefined && before.jobs === jobs.length && before.known === known.length) return before.instances
  const instances = allIn(known, jobs, vault)
  listings.set(jobs, { jobs: jobs.length, known: known.length, instances })
  return instances
}

function allIn(known: readonly BackupInstance[], jobs: readonly BackupVaultJob[], vault: BackupVault): ListedInstance[] {
  const found = new Map<string, ListedInstance>()
  for (const instance of [...known, ...jobs]) {
    if (instance.vault !== vault) continue
    const key = instanceId(vault, instance.source).toLowerCase()
    if (!found.has(key)) found.set(key, 'tasks' in instance ? { key, vault, source: instance.source } : { key, ...instance })
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** `Microsoft.DBforPostgreSQL/servers/databases`: a path without its names. */
const typeOf = (path: string): string => path.split('/').filter((_, n) => n === 0 || n % 2 === 1).join('/')

/** Note the capital D of `resourceID`. */
const sourceInfo = (vault: BackupVault, source: DataSource, objectType: string): Json => ({
  resourceID: resourceId(vault, source), resourceUri: '', datasourceType: source.type, resourceName: source.item, resourceType: typeOf(source.path), resourceLocation: vault.location, objectType,
})

/** The server or cluster as a source: its path ends with its name. */
const setOf = (source: DataSource, set: string): DataSource => {
  const segments = source.path.split('/')
  return { type: source.type, item: set, path: segments.slice(0, segments.indexOf(set) + 1).join('/') }
}

/** As recorded: no time and no status of a last backup; absent where nothing is to be said. */
export function instanceBody({ vault, source, state = 'ProtectionConfigured', error }: BackupInstance): Json {
  const id = instanceId(vault, source)
  const details = error && userFacingError(error)
  const properties: Json = {
    friendlyName: friendlyNameOf(source), dataSourceInfo: sourceInfo(vault, source, 'Datasource'),
    dataSourceSetInfo: source.set === undefined ? undefined : sourceInfo(vault, setOf(source, source.set), 'DatasourceSet'),
    policyInfo: { policyId: policyId(vault) },
    // A shorter list of states than the other's.
    protectionStatus: { status: state === 'ProtectionError' ? 'ProtectionConfigured' : state, errorDetails: details },
    currentProtectionState: state, protectionErrorDetails: details, provisioningState: 'Succeeded', objectType: 'BackupInstance',
  }
  return { properties, id, name: id.slice(id.lastIndexOf('/') + 1), type: 'Microsoft.DataProtection/backupVaults/backupInstances' }
}

/** Undefined: the skip token is nobody's. There is no $filter: whatever is asked, all come. */
export function listInstances(
  known: readonly BackupInstance[], jobs: readonly BackupVaultJob[], vault: BackupVault, r: { origin: string; version: string; token: string | undefined; pageSize: number },
): SimulatedResponse | undefined {
  const found = pageAfter(instancesIn(known, jobs, vault), r.token, r.pageSize)
  if (found === undefined) return undefined
  const next = found.next === undefined ? {} : { nextLink: `${r.origin}${backupVaultId(vault)}/backupInstances?api-version=${r.version}&$skipToken=${found.next}` }
  return answer(200, { value: found.page.map((instance) => instanceBody(instance)), ...next })
}
