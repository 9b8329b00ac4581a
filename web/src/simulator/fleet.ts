/** A whole estate: many subscriptions, their vaults, and two weeks of jobs in them; more begin in the day after. */
import type { BackupVault, BackupVaultJob, DataSource } from './backup_vault_jobs.ts'
import { disk, postgres, signInFailed } from './backup_vault_samples.ts'
import { databaseRun, lasting, machineRun, shareRun } from './busy.ts'
import { guidFrom, hash32, mixed } from './format.ts'
import { internalError, logFull, provisioningFailed, vmGone } from './history.ts'
import { itemOf, type ItemIdentity } from './items.ts'
import type { ErrorDetail, JobPlan, JobRecord, Vault } from './jobs.ts'
import { hanaBackup } from './kinds.ts'
import { days, hours, minutes, seconds, type PlanInput } from './plans.ts'
import type { Fleet } from './types.ts'
import { addBackupVaultJob, addRecord, type World } from './world.ts'

const span = days(14)

const units = ['Retail', 'Logistics', 'Finance', 'Manufacturing', 'Research', 'People', 'Legal', 'Marketing', 'Web Shop', 'Data Platform']
const stages = ['Production', 'Test', 'Development']
const regions = [['westeurope', 'weu'], ['northeurope', 'neu'], ['germanywestcentral', 'gwc'], ['uksouth', 'uks'], ['eastus2', 'eus2'], ['japaneast', 'jpe']] as const
const roles = ['web', 'app', 'sql', 'file', 'erp', 'ci', 'mail', 'dc']

const two = (n: number): string => String(n).padStart(2, '0')

/** Splits a number by weights; the parts add up to it exactly. */
function split(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, w) => sum + w, 0)
  let before = 0
  let given = 0
  return weights.map((w) => {
    before += w
    const until = Math.round((total * before) / all)
    const own = until - given
    given = until
    return own
  })
}

interface Unit { readonly id: string; readonly slug: string }

function addSubscriptions(world: World, count: number): Unit[] {
  return Array.from({ length: count }, (_, n) => {
    const unit = units[n % units.length] ?? ''
    const stage = stages[Math.floor(n / units.length) % stages.length] ?? ''
    const round = Math.floor(n / (units.length * stages.length))
    const more = round === 0 ? '' : ` ${round + 1}`
    const id = guidFrom(`fleet/subscription/${n}`)
    // One that is late with its payment; it is read like any other.
    world.subscriptions.push({ id, displayName: `${unit} ${stage}${more}`, state: n % 10 === 7 ? 'Warned' : 'Enabled' })
    return { id, slug: `${unit.replace(' ', '').toLowerCase()}-${stage.slice(0, 4).toLowerCase()}${more.trim()}` }
  })
}

/** Where the nth vault lies: subscriptions take turns. */
function placeOf(subscriptions: readonly Unit[], kind: 'rsv' | 'bv', n: number): BackupVault & { slug: string } {
  const { id, slug } = subscriptions[n % subscriptions.length] ?? { id: '', slug: '' }
  const [location, short] = regions[hash32(`fleet/region/${kind}/${n}`) % regions.length] ?? regions[0]
  const name = `${kind}-${slug}-${short}-${two(Math.floor(n / subscriptions.length) + 1)}`
  return { subscription: id, group: `rg-backup-${short}`, name, location, slug }
}

interface Run { readonly run: number; readonly at: number }

/** The times at which an item's backups begin: so many before the beginning, and those of the day after it. */
function* runs(item: number, hour: number, every: number, past: number, startedAt: number): Generator<Run> {
  // A vault's policy has an hour of its own, and its items follow each other.
  const ago = minutes(4) + ((hour + (item % hours(3))) % (every - minutes(4)))
  for (let run = past - 1; run >= -Math.floor(days(1) / every); run--) {
    yield { run, at: startedAt - ago - run * every + (mixed(item + run) % minutes(4)) }
  }
}

interface Family {
  /** Of a hundred items. */
  readonly share: number
  readonly every: number
  entity(vault: string, n: number): string
  make(usual: PlanInput, chance: number): JobPlan
}

const role = (vault: string, n: number): string => roles[hash32(`${vault}/role/${n}`) % roles.length] ?? 'app'

const families: readonly Family[] = [
  { share: 72, every: days(1), entity: (vault, n) => `${vault}-${role(vault, n)}-${two(n + 1)}`, make: machineRun },
  { share: 14, every: hours(6), entity: (vault, n) => `orders-${two(n + 1)} [${vault.slice(0, 9)}-sql]`, make: databaseRun },
  { share: 10, every: days(1), entity: (vault, n) => `${vault}-share-${two(n + 1)}`, make: shareRun },
  { share: 4, every: hours(12), entity: (_, n) => `HDB-${two(n + 1)}`, make: (usual) => hanaBackup({ ...usual, endsAfter: minutes(33) }) },
]

function familyOf(chance: number): Family {
  let below = 0
  return families.find(({ share }) => chance < (below += share)) ?? (families[0] as Family)
}

/** Whole vaults fail for one cause, and single items for one of their own. */
const troubles: readonly ErrorDetail[] = [provisioningFailed, internalError, vmGone]

function troubleOf(vault: Vault, entity: string): ErrorDetail | undefined {
  const ofVault = hash32(`fleet/trouble/${vault.name}`)
  if (ofVault % 25 === 0 && hash32(`${ofVault}/${entity}`) % 2 === 0) return troubles[ofVault % 2]
  const ofItem = hash32(`fleet/trouble/${vault.name}/${entity}`)
  return ofItem % 70 === 0 ? troubles[ofItem % troubles.length] : undefined
}

/** What the jobs of one item have in common. */
class FleetItem {
  readonly vault: Vault
  readonly family: Family
  readonly entity: string
  readonly seed: number
  readonly #trouble: ErrorDetail | undefined
  #identity: ItemIdentity | undefined

  constructor(vault: Vault, family: Family, entity: string) {
    this.vault = vault
    this.family = family
    this.entity = entity
    this.seed = hash32(`${vault.name}/${entity}`)
    this.#trouble = troubleOf(vault, entity)
  }

  get identity(): ItemIdentity | undefined {
    return (this.#identity ??= itemOf(this.plan(guidFrom(this.entity), 0)))
  }

  plan(id: string, run: number): JobPlan {
    const { vault, family, entity, seed } = this
    const usual: PlanInput = { vault, id, name: `fleet-${run}`, entity, endsAfter: lasting(entity, run) }
    const made = family.make(usual, mixed(seed ^ (run + 1)) % 61)
    // For three days now, or since some more.
    const troubled = this.#trouble !== undefined && run * family.every < days(3 + (seed % 4))
    return troubled ? { ...made, endsAfter: Math.min(made.endsAfter, minutes(14)), ending: 'Failed', errors: [made.kind === 'workload' ? logFull : this.#trouble] } : made
  }
}

/** The plan that was made last: a row asks for it several times, and a hundred thousand of them would fill the memory. */
let latest: { job: FleetJob; plan: JobPlan } | undefined

class FleetJob implements JobRecord {
  readonly id: string
  startedAt: number
  cancelledAfter?: number
  readonly #of: FleetItem
  readonly #run: number

  constructor(id: string, of: FleetItem, { run, at }: Run) {
    this.id = id
    this.#of = of
    this.#run = run
    this.startedAt = at
  }

  get item(): ItemIdentity | undefined {
    return this.#of.identity
  }

  get plan(): JobPlan {
    if (latest?.job !== this) latest = { job: this, plan: this.#of.plan(this.id, this.#run) }
    return latest.plan
  }
}

function addVaultJobs(world: World, vault: Vault, slug: string, jobs: number, startedAt: number, hour: number): void {
  const seed = hash32(vault.name)
  // What all ids of a vault end with; their beginnings differ, as different numbers stay different when mixed.
  const tail = guidFrom(`fleet/${vault.name}`).slice(8)
  let number = 0
  for (let n = 0, left = jobs; left > 0; n++) {
    const family = familyOf(hash32(`${vault.name}/kind/${n}`) % 100)
    const item = new FleetItem(vault, family, family.entity(slug, n))
    const past = Math.min(left, span / family.every)
    left -= past
    for (const run of runs(item.seed, hour, family.every, past, startedAt)) {
      const id = mixed((seed + number++) >>> 0).toString(16).padStart(8, '0') + tail
      addRecord(world, vault, id, new FleetJob(id, item, run))
    }
  }
}

function addBackupVaultJobs(world: World, vault: BackupVault, slug: string, jobs: number, startedAt: number): void {
  for (let n = 0, left = jobs; left > 0; n++) {
    const item = `${slug}-${hash32(`${vault.name}/kind/${n}`) % 3 === 0 ? 'pg' : 'disk'}-${two(n + 1)}`
    const source: DataSource = item.includes('-pg-') ? postgres(item) : disk(item)
    const seed = hash32(`${vault.name}/${item}`)
    const past = Math.min(left, span / days(1))
    left -= past
    for (const { run, at } of runs(seed, hash32(vault.name), days(1), past, startedAt)) {
      const failed = source.set !== undefined && mixed(seed ^ (run + 1)) % 9 === 0
      const job: BackupVaultJob = {
        id: guidFrom(`fleet/${vault.name}/${item}/${run}`), vault, source, operation: 'Backup', scheduled: true, startedAt: at,
        tasks: source.set === undefined ? ['Trigger Backup'] : ['Trigger Backup', 'Transfer data to vault'],
        endsAfter: failed ? seconds(33) : seconds(180 + (mixed(seed + run) % 900)), ending: failed ? 'Failed' : 'Completed',
        details: { RetentionTag: 'Default' }, ...(failed ? { error: signInFailed } : {}),
      }
      addBackupVaultJob(world, job)
    }
  }
}

/** Beside what is there: exactly so many subscriptions, Recovery Services vaults and jobs that have begun; a Backup vault for every ten of the others. */
export function addFleet(world: World, { subscriptions, vaults, jobs }: Fleet, startedAt: number): void {
  const units = addSubscriptions(world, subscriptions)
  if (subscriptions <= 0 || vaults <= 0) return
  const backupVaults = Math.ceil(vaults / 10)
  // Some vaults are large and most are not.
  const weights = Array.from({ length: vaults }, (_, n) => 1 + ((hash32(`fleet/size/${n}`) % 10) ** 2) / 10)
  const [protection = 0, recovery = 0] = split(jobs, [8, 92])
  split(recovery, weights).forEach((own, n) => {
    const { slug, ...place } = placeOf(units, 'rsv', n)
    const vault: Vault = { ...place, provider: 'Microsoft.RecoveryServices' }
    world.vaults.push(vault)
    // The hour of some is the beginning's: there is always something that runs.
    addVaultJobs(world, vault, slug, own, startedAt, n % 12 === 0 ? 0 : hash32(vault.name))
  })
  split(protection, Array<number>(backupVaults).fill(1)).forEach((own, n) => {
    const { slug, ...vault } = placeOf(units, 'bv', n)
    world.backupVaults.vaults.push(vault)
    addBackupVaultJobs(world, vault, slug, own, startedAt)
  })
}
