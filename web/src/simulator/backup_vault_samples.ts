/** A Backup vault with a little history, and samples of its jobs' kinds and endings (AZURE.md §12). */
import { backupVaultId, type BackupVault, type BackupVaultJob, type DataSource, type UserFacingError } from './backup_vault_jobs.ts'
import type { BackupVaultOperation } from './backup_vaults.ts'
import { guidFrom } from './format.ts'
import { hours, minutes, seconds } from './plans.ts'
import { addBackupVaultJob, type World } from './world.ts'

const vault: BackupVault = { subscription: '3f6c1d52-8b0e-4c7a-9e21-64d0b7a85c19', group: 'rg-backup', name: 'bv-contoso-weu', location: 'westeurope' }

export const disk = (item: string): DataSource => ({ type: 'Microsoft.Compute/disks', item, path: `Microsoft.Compute/disks/${item}` })
const blobs: DataSource = { type: 'Microsoft.Storage/storageAccounts/blobServices', item: 'contosodata', path: 'Microsoft.Storage/storageAccounts/contosodata' }
export const postgres = (item: string): DataSource =>
  ({ type: 'Microsoft.DBforPostgreSQL/flexibleServers', item, set: item, path: `Microsoft.DBforPostgreSQL/flexibleServers/${item}` })
const orders = postgres('pg-orders')
const cluster: DataSource = {
  type: 'Microsoft.ContainerService/managedClusters', item: 'aks-shop', set: 'aks-shop', path: 'Microsoft.ContainerService/managedClusters/aks-shop',
}

const resource = (path: string): string => `/subscriptions/${vault.subscription}/resourceGroups/rg-data/providers/${path}`

/** As recorded: the error inside its own repetition, and the server's inside that. */
const containerGone: UserFacingError = {
  code: 'UserErrorStorageAccountContainerNotFound', message: 'The specified container is not found.',
  recommendedAction: ['Make sure that the container exists until the restore has ended, then try again.'],
}
const blobError: UserFacingError = {
  ...containerGone,
  cause: { ...containerGone, cause: { code: 'InternalServerError', message: 'Internal Server Error', recommendedAction: ['See https://aka.ms/AzureBackupTroubleshootFailures.'] } },
}

export const signInFailed: UserFacingError = {
  code: 'UserErrorDatabaseSignInFailed', message: 'The vault could not sign in to the database server.', isRetryable: true, isUserError: true,
  recommendedAction: ['Give the vault\u2019s identity access to the server.', 'Then start the backup again.'],
  inner: {
    code: 'PostgresConnectionFailed', additionalInfo: { DetailedNonLocalisedMessage: 'password authentication failed for user "backup"' },
    embeddedInnerError: { code: '28P01', additionalInfo: {} },
  },
  properties: { ServerName: 'pg-orders' },
}

const noAccess: UserFacingError = {
  code: 'UserErrorVaultIdentityNoAccess', message: 'The vault\u2019s identity has no access to the database server.', recommendedAction: ['Give the vault\u2019s identity access to the server.'], isUserError: true,
}

const notRestored: UserFacingError = {
  code: 'UserErrorKubernetesResourceSkipped', message: 'A resource is there already and was left as it is.', recommendedAction: ['Choose to patch existing resources.'],
}

type Given = Pick<BackupVaultJob, 'source' | 'operation' | 'tasks' | 'endsAfter'> & Partial<BackupVaultJob>

const kinds = {
  disk: (item: string): Given => ({ source: disk(item), operation: 'Backup', tasks: ['Trigger Backup'], endsAfter: seconds(191), details: { RetentionTag: 'Default' } }),
  blobs: { source: blobs, operation: 'Backup', tasks: ['Trigger Backup'], endsAfter: seconds(820), details: { RetentionTag: 'Default' } },
  blobRestore: {
    source: blobs, operation: 'Restore', tasks: ['Trigger Restore', 'Restore data'], endsAfter: minutes(11), destination: resource('Microsoft.Storage/storageAccounts/contosodata'),
  },
  postgres: {
    source: orders, operation: 'Backup', tasks: ['Trigger Backup', 'Transfer data to vault'], endsAfter: seconds(95), bytes: 48_318_382_080, details: { RetentionTag: 'Default' },
  },
  postgresRestore: {
    source: orders, operation: 'Restore', tasks: ['Trigger Restore', 'Transfer data from vault'], endsAfter: minutes(50), bytes: 48_318_382_080,
    destination: 'https://contosorestoreweu.blob.core.windows.net/restored', details: { 'Restore File Prefix': 'pg-orders' },
  },
  cluster: { source: cluster, operation: 'Backup', tasks: ['Trigger Backup'], endsAfter: seconds(186), details: { RetentionTag: 'Default' } },
  clusterRestore: {
    source: cluster, operation: 'Restore', tasks: ['Trigger Restore', 'Restore resources', 'Restore volumes'], endsAfter: minutes(4),
    destination: resource('Microsoft.ContainerService/managedClusters/aks-shop'),
  },
} as const

function addOne(world: World, name: string, given: Given, startedAt?: number): BackupVaultJob {
  return addBackupVaultJob(world, {
    id: guidFrom(`backup-vault/${given.source.item}/${name}`), vault, ending: given.error ? 'Failed' : given.warnings ? 'CompletedWithWarnings' : 'Completed', ...given,
    ...(startedAt === undefined ? {} : { startedAt }),
  })
}

function operation(world: World, key: string, takes: number, end: Pick<BackupVaultOperation, 'job' | 'error'>): BackupVaultOperation {
  const id = btoa(`${guidFrom('backup-vault/tenant')};${guidFrom(`backup-vault/${key}`)}`)
  const made: BackupVaultOperation = { id, vault, takes, ...end }
  world.backupVaults.operations.set(id, made)
  return made
}

/** Some nights of four items, more than a page, with a failure; and a restore that runs from the start on. */
export function backupVaultHistory(world: World, startedAt: number): void {
  world.backupVaults.vaults.push(vault)
  const past = (name: string, given: Given, at: number): void => void addOne(world, name, { scheduled: true, ...given }, at)
  for (let night = 0; night < 9; night++) {
    const at = startedAt - hours(24 * night + 3)
    past(`night-${night}`, kinds.disk('disk-data-01'), at)
    past(`night-${night}`, kinds.blobs, at - minutes(20))
    past(`night-${night}`, night === 2 ? { ...kinds.postgres, endsAfter: seconds(33), error: signInFailed } : kinds.postgres, at - minutes(40))
    past(`night-${night}`, kinds.cluster, at - minutes(60))
  }
  past('past', { ...kinds.blobRestore, scheduled: false, error: blobError }, startedAt - hours(2))
  past('running', { ...kinds.postgresRestore, scheduled: false }, startedAt - minutes(7))
  // Of these no job tells; one database of several is named with its server (ESTATE.md §2.2).
  const billing: DataSource = { type: 'Microsoft.DBforPostgreSQL/servers/databases', item: 'billing', set: 'pg-finance', path: 'Microsoft.DBforPostgreSQL/servers/pg-finance/databases/billing' }
  world.backupVaults.instances.push(
    { vault, source: disk('disk-archive-01'), state: 'ProtectionStopped' }, { vault, source: disk('disk-new-01'), state: 'ConfiguringProtection' }, { vault, source: billing, state: 'ProtectionError', error: noAccess },
  )
}

export type AddSample = (key: string, title: string, detail: string, text: string) => void

/** The link of an operation beside the vault, in its group's or its subscription's region. */
const operationUrl = (origin: string, op: BackupVaultOperation, where: 'vault' | 'region'): string =>
  `${origin}${where === 'vault' ? backupVaultId(vault) : `/subscriptions/${vault.subscription}/providers/Microsoft.DataProtection/locations/${vault.location}`}/operationStatus/${op.id}?api-version=2024-04-01`

export function backupVaultSamples(world: World, origin: string, add: AddSample): void {
  const job = (key: string, title: string, detail: string, given: Given): void =>
    add(key, title, detail, `${backupVaultId(vault)}/backupJobs/${addOne(world, key, given).id}`)
  const made = addOne(world, 'operation', kinds.disk('disk-data-02'))
  add('bv-disk', 'Backup vault: disk backup', 'An operation whose status is spelled Inprogress, then a job of 3 min.',
    operationUrl(origin, operation(world, 'operation', seconds(6), { job: made }), 'region'))
  job('bv-blob-fails', 'Backup vault: blob restore that fails', 'An error with its cause inside.', { ...kinds.blobRestore, error: blobError })
  job('bv-postgres', 'Backup vault: PostgreSQL', 'A backup of 95 s.', kinds.postgres)
  job('bv-aks', 'Backup vault: Kubernetes', 'A restore of 4 min.', kinds.clusterRestore)
}

export function moreBackupVaultSamples(world: World, origin: string, add: AddSample): void {
  const job = (key: string, title: string, detail: string, given: Given): void =>
    add(key, title, detail, `${backupVaultId(vault)}/backupJobs/${addOne(world, key, given).id}`)
  job('bv-postgres-fails', 'Backup vault: PostgreSQL fails', 'An error with an inner error.', { ...kinds.postgres, endsAfter: seconds(33), error: signInFailed })
  job('bv-aks-warns', 'Backup vault: Kubernetes, warnings', 'A restore that leaves a resource as it is.',
    { ...kinds.clusterRestore, warnings: [{ resourceName: 'shop/configmap/settings', warning: notRestored }] })
  job('bv-postgres-restore', 'Backup vault: long restore', 'Of a database, 50 min; cannot be cancelled.', kinds.postgresRestore)
  const refused = { code: 'UserErrorDiskSnapshotLimit', message: 'The disk has as many snapshots as it may have.' }
  add('bv-operation-failed', 'Backup vault: operation that fails', 'Ends with an error after 5 s, without a job.', operationUrl(origin, operation(world, 'failed', seconds(5), { error: refused }), 'vault'))
}
