/** Protected items: what a vault's jobs are of, and what no job tells of them (ESTATE.md §2.1, §2.3). */
import { guidFrom } from './format.ts'
import { stateOf, type JobPlan, type JobRecord, type JobState, type Vault } from './jobs.ts'
import { dailyPolicy, databasePolicy, days, vmContainer } from './plans.ts'
import { jobsIn, type World } from './world.ts'

export type ItemKind = 'vm' | 'share' | 'sql' | 'hana' | 'agent' | 'dpm' | 'other'

/** Which item: what its id and its jobs agree on. */
export interface ItemIdentity {
  readonly vault: Vault
  readonly kind: ItemKind
  readonly friendlyName: string
  readonly management: string
  readonly workload: string
  /** The id's segments. */
  readonly container: string
  readonly name: string
  /** As the item says it: a machine's is shorter than the id's segment. */
  readonly containerName: string
  /** What is backed up is, or lives on, this Azure resource. */
  readonly source?: string
  /** Databases, and machines of one's own. */
  readonly server?: string
  readonly policy?: string
}

/** What is so of an item although none of its jobs tells. */
export interface ItemNote {
  readonly item: ItemIdentity
  readonly state?: 'ProtectionStopped' | 'ProtectionError'
  /** Deleted softly then; it is listed until its data are. */
  readonly deletedAt?: number
  /** No longer listed at all, though its jobs are. */
  readonly gone?: true
}

export interface ProtectedItem {
  readonly identity: ItemIdentity
  readonly note: ItemNote | undefined
  readonly jobs: readonly JobRecord[]
  /** Its id below the vault in lower case: lists are in its order. */
  readonly key: string
}

/** How long the data of what was deleted are kept. */
export const softDeleteDays = 14

export const isStopped = ({ note }: ProtectedItem): boolean => note?.state === 'ProtectionStopped' || note?.deletedAt !== undefined

/** Protection that was stopped has no policy. */
export const policyOf = (item: ProtectedItem): string | undefined => (isStopped(item) ? undefined : item.identity.policy)

const resource = (vault: Vault, group: string, path: string): string => `/subscriptions/${vault.subscription}/resourceGroups/${group}/providers/${path}`

function machine(plan: JobPlan): ItemIdentity {
  const { vault, entity } = plan
  const container = plan.container ?? vmContainer(vault, entity)
  const [, group = '', vm = ''] = container.split(';')
  return {
    vault, kind: 'vm', friendlyName: entity, management: plan.management, workload: 'VM', container: `IaasVMContainer;${container}`, name: `VM;${container}`,
    containerName: container, source: resource(vault, group, `Microsoft.Compute/virtualMachines/${vm}`), policy: dailyPolicy,
  }
}

function share(plan: JobPlan): ItemIdentity {
  const { vault, entity } = plan
  const account = String(plan.own?.['storageAccountName'])
  const container = `StorageContainer;storage;${vault.group};${account}`
  const hex = ['a', 'b'].map((half) => guidFrom(`share/${half}/${account}/${entity}`).replace(/-/g, '')).join('')
  return {
    vault, kind: 'share', friendlyName: entity, management: plan.management, workload: 'AzureFileShare', container, name: `AzureFileShare;${hex}`,
    containerName: container, source: resource(vault, vault.group, `Microsoft.storage/storageAccounts/${account}`), policy: 'Shares-daily',
  }
}

/** Host names are cut to what NetBIOS allowed (§2.3). */
const serverOf = (host: string): string => host.slice(0, 15)

function database(plan: JobPlan): ItemIdentity {
  const { vault } = plan
  const [, db = plan.entity, server] = /^(.*) \[(.*)\]$/.exec(plan.entity) ?? []
  const hana = plan.own?.['workloadType'] === 'SAPHanaDatabase'
  const host = plan.host ?? server ?? 'hana-prod-01'
  const container = `VMAppContainer;compute;${vault.group};${host}`
  return {
    vault, kind: hana ? 'hana' : 'sql', friendlyName: db, management: plan.management, workload: hana ? 'SAPHanaDatabase' : 'SQLDataBase',
    container, name: hana ? `SAPHanaDatabase;hdb;${db.toLowerCase()}` : `SQLDataBase;mssqlserver;${db.toLowerCase()}`, containerName: container,
    source: resource(vault, vault.group, `Microsoft.Compute/virtualMachines/${host}`), server: serverOf(host), policy: hana ? 'Hana-weekly' : databasePolicy,
  }
}

/** No recorded body of these was found (§2.3): names as the specification's fields suggest them. */
function onPremises(plan: JobPlan): ItemIdentity {
  const { vault, entity, own = {} } = plan
  const id = guidFrom(`premises/${entity}`)
  const common = { vault, friendlyName: entity, management: plan.management, workload: String(own['workloadType']) }
  if (plan.jobType === 'DpmJob') {
    const container = String(own['containerName'])
    return { ...common, kind: 'dpm', container, name: `${common.workload};${id}`, containerName: container, server: String(own['dpmServerName']) }
  }
  const container = `${String(own['mabServerType'])};${String(own['mabServerName'])}`
  return { ...common, kind: 'agent', container: `MabContainer;${container}`, name: `FileFolder;${id}`, containerName: container, server: String(own['mabServerName']), policy: 'Agent-daily' }
}

/** What a job is of; undefined for jobs of the vault itself. */
export function itemOf(plan: JobPlan): ItemIdentity | undefined {
  const { vault, entity } = plan
  switch (plan.kind) {
    case 'vm': return machine(plan)
    case 'storage': return share(plan)
    case 'workload': return database(plan)
    case 'premises': return onPremises(plan)
    case 'vault': return undefined
    case 'other': {
      const container = `GenericContainer;${entity}`
      return { vault, kind: 'other', friendlyName: entity, management: plan.management, workload: 'AzureNetAppVolume', container, name: `AzureNetAppVolume;${entity}`, containerName: container, policy: 'Volumes-daily' }
    }
  }
}

/** Says of the item of such a job what its jobs do not; it is an item then even if it has no job. */
export function noteItem(world: World, of: JobPlan, note: Omit<ItemNote, 'item'> = {}): void {
  const item = itemOf(of)
  if (item !== undefined) world.itemNotes.push({ item, ...note })
}

const keyOf = ({ container, name }: ItemIdentity): string => `${container}/${name}`.toLowerCase()

/** All of a vault that is listed, in the order of its ids. */
export function itemsIn(world: World, vault: Vault, now: number): ProtectedItem[] {
  const listed = ({ note }: ProtectedItem): boolean => note?.gone !== true && (note?.deletedAt === undefined || now < note.deletedAt + days(softDeleteDays))
  return groupsOf(world, vault).filter(listed)
}

interface Groups { readonly jobs: number; readonly notes: number; readonly items: readonly ProtectedItem[] }

/** Of each list of jobs: which item a job is of never changes, and both lists only grow. */
const grouped = new WeakMap<readonly JobRecord[], Groups>()

function groupsOf(world: World, vault: Vault): readonly ProtectedItem[] {
  const jobs = jobsIn(world, vault)
  const known = grouped.get(jobs)
  if (known !== undefined && known.jobs === jobs.length && known.notes === world.itemNotes.length) return known.items
  const items = group(world, vault)
  grouped.set(jobs, { jobs: jobs.length, notes: world.itemNotes.length, items })
  return items
}

function group(world: World, vault: Vault): ProtectedItem[] {
  const found = new Map<string, { identity: ItemIdentity; note: ItemNote | undefined; jobs: JobRecord[] }>()
  for (const note of world.itemNotes) if (note.item.vault === vault) found.set(keyOf(note.item), { identity: note.item, note, jobs: [] })
  for (const job of jobsIn(world, vault)) {
    const identity = job.item ?? itemOf(job.plan)
    if (identity === undefined) continue
    const key = keyOf(identity)
    const known = found.get(key)
    if (known === undefined) found.set(key, { identity, note: undefined, jobs: [job] })
    else known.jobs.push(job)
  }
  return [...found].map(([key, item]) => ({ key, ...item })).sort((a, b) => (a.key < b.key ? -1 : 1))
}

export interface EndedBackup { readonly plan: JobPlan; readonly state: JobState }

/** The backup that began last, of those that ended; that one that was cancelled counts for nothing is an assumption. `good`: of those that left a recovery point. */
export function lastBackup(item: ProtectedItem, now: number, good = false): EndedBackup | undefined {
  const begun = item.jobs.filter(({ startedAt }) => startedAt !== undefined && startedAt <= now).sort((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0))
  for (const job of begun) {
    const { plan } = job
    const state = stateOf(job, now)
    if (state === undefined || state.running || state.status === 'Cancelled' || !plan.operation.startsWith('Backup')) continue
    if (!good || (state.status !== 'Failed' && state.cancelledAfter === undefined)) return { plan, state }
  }
  return undefined
}
