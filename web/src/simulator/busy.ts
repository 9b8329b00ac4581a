/** A vault with much in it: a few thousand jobs over two weeks, some that run, failures of several causes, and more to come. */
import { addBusyItems } from './busy_items.ts'
import { hash32 } from './format.ts'
import { internalError, logFull, provisioningFailed, shareError, vmGone } from './history.ts'
import type { JobPlan, Vault } from './jobs.ts'
import { hanaBackup, onPremises } from './kinds.ts'
import { days, hours, minutes, seconds, shareBackup, sqlBackup, vmBackup, vmRestore, type PlanInput } from './plans.ts'
import { addJob, type World } from './world.ts'

export const busyVault: Vault = { subscription: '3f6c1d52-8b0e-4c7a-9e21-64d0b7a85c19', group: 'rg-backup', name: 'rsv-contoso-prod', location: 'westeurope', provider: 'Microsoft.RecoveryServices' }

interface Family {
  readonly names: readonly string[]
  /** Between two runs of an item. */
  readonly every: number
  make(usual: PlanInput, chance: number): JobPlan
}

const numbered = (prefix: string, count: number, suffix = ''): string[] => Array.from({ length: count }, (_, n) => `${prefix}${String(n + 1).padStart(2, '0')}${suffix}`)

/** One run of an item; `chance` says how it goes, and mostly it goes well. */
export function machineRun(usual: PlanInput, chance: number): JobPlan {
  if (chance === 1) return vmBackup({ ...usual, endsAfter: minutes(14), ending: 'Failed', errors: [provisioningFailed] })
  if (chance === 2) return vmBackup({ ...usual, endsAfter: minutes(9), ending: 'CompletedWithWarnings', errors: [vmGone] })
  if (chance === 3) return vmBackup({ ...usual, cancelsAfter: minutes(3) })
  if (chance === 4) return vmBackup({ ...usual, endsAfter: minutes(6), ending: 'Failed', errors: [internalError] })
  if (chance === 5) return vmRestore({ ...usual, endsAfter: minutes(44), totalGb: 256 })
  return vmBackup({ ...usual, sizeMb: 900 + (hash32(usual.entity + usual.name) % 9000) })
}

export const databaseRun = (usual: PlanInput, chance: number): JobPlan =>
  sqlBackup({ ...usual, endsAfter: minutes(2) + seconds(hash32(usual.entity) % 240), ...(chance === 1 ? { ending: 'Failed', errors: [logFull] } : {}) })

export const shareRun = (usual: PlanInput, chance: number): JobPlan =>
  shareBackup({ ...usual, endsAfter: seconds(11), ...(chance === 1 ? { ending: 'Failed', errors: [shareError] } : {}) })

const families: readonly Family[] = [
  {
    names: ['web', 'app', 'sql', 'file', 'print', 'erp'].flatMap((role) => numbered(`vm-${role}-`, 15)),
    every: days(1),
    make: machineRun,
  },
  {
    names: numbered('orders-', 20, ' [sql-prod-01]'),
    every: hours(6),
    make: databaseRun,
  },
  { names: numbered('share-', 12), every: days(1), make: shareRun },
  { names: numbered('files on srv-', 6), every: days(1), make: (usual) => onPremises({ ...usual, endsAfter: minutes(12) }, 'MabJob') },
  { names: numbered('HDB-', 4), every: hours(12), make: (usual) => hanaBackup({ ...usual, endsAfter: minutes(33) }) },
]

/** Recorded backups end 71 to 86 s past a multiple of five minutes after their start (AZURE.md §15). */
export const lasting = (entity: string, run: number): number => minutes(5 * (2 + (hash32(entity) % 11))) + seconds(71 + (hash32(`${entity}/${run}`) % 15)) + (hash32(`${run}/${entity}`) % 19 === 0 ? minutes(35) : 0)

/** From two weeks before the beginning to a day after it. */
export function addBusyVault(world: World, startedAt: number): void {
  const vault = busyVault
  world.vaults.push(vault)
  for (const { names, every, make } of families) {
    for (const entity of names) {
      const first = hash32(`busy/${entity}`) % every
      for (let run = 0; run < days(15) / every; run++) {
        const name = `busy-${run}`
        const at = startedAt - days(14) + first + run * every + (hash32(`${entity}/${name}`) % minutes(4))
        addJob(world, make({ vault, name, entity, endsAfter: lasting(entity, run) }, hash32(`${name}/${entity}`) % 41), at)
      }
    }
  }
  addBusyItems(world, vault, startedAt)
}
