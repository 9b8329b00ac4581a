/** What operators worry about in the busy vault: items whose state, or silence, their jobs do not show (ESTATE.md §2.1, §2.3). */
import { logFull } from './history.ts'
import { noteItem } from './items.ts'
import type { JobPlan, Vault } from './jobs.ts'
import { days, hours, minutes, sqlBackup, sqlConfigure, vmBackup, vmConfigure, type PlanInput } from './plans.ts'
import { addJob, type World } from './world.ts'

/** Days before the beginning; below zero they are yet to come. */
function* nights(from: number, to: number): Generator<number> {
  for (let ago = from; ago >= to; ago--) yield ago
}

export function addBusyItems(world: World, vault: Vault, startedAt: number): void {
  const usual = (entity: string, ago: number): PlanInput => ({ vault, entity, name: `watched-${ago}`, endsAfter: minutes(16) })
  const add = (plan: JobPlan, ago: number, at = hours(3)): void => void addJob(world, plan, startedAt - days(ago) - at)
  const machine = (entity: string, from: number, to: number): void => {
    for (const ago of nights(from, to)) add(vmBackup(usual(entity, ago)), ago)
  }

  // Protected, and all its backups good: but the last is a week old.
  machine('vm-batch-01', 13, 7)

  machine('vm-legacy-01', 13, 10)
  const stops = vmConfigure(usual('vm-legacy-01', 9), 'DisableBackup')
  add(stops, 9)
  noteItem(world, stops, { state: 'ProtectionStopped' })

  machine('vm-legacy-02', 13, 6)
  const deletes = vmConfigure(usual('vm-legacy-02', 5), 'DeleteBackupData')
  add(deletes, 5)
  noteItem(world, deletes, { deletedAt: startedAt - days(5) - hours(3) })

  // Protected long before what the lists of jobs reach back to, and never backed up: no job speaks of it.
  noteItem(world, vmBackup(usual('vm-new-01', 0)))

  for (const ago of nights(13, -1)) {
    add(sqlBackup({ ...usual('inventory [sql-prod-01]', ago), endsAfter: minutes(3), ...(ago < 4 ? { ending: 'Failed', errors: [logFull] } : {}) }), ago)
  }
  noteItem(world, sqlBackup(usual('inventory [sql-prod-01]', 0)), { state: 'ProtectionError' })

  // One database on two servers whose names are the same once they are cut: no job tells which of the two it is of.
  for (const [host, at] of [['sql-accounting-01', hours(5)], ['sql-accounting-02', hours(11)]] as const) {
    for (const ago of nights(13, -1)) add({ ...sqlBackup({ ...usual('payroll [sql-accounting-]', ago), name: `${host}-${ago}`, endsAfter: minutes(4) }), host }, ago, at)
  }
  add({ ...sqlConfigure({ vault, entity: 'payroll', name: 'watched' }), host: 'sql-accounting-02' }, 13, hours(13))

  // Its jobs are still listed; it is not.
  machine('vm-retired-01', 13, 12)
  noteItem(world, vmBackup(usual('vm-retired-01', 0)), { gone: true })
}
