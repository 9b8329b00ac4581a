/** The busy vault's items: those its jobs are of, and those whose jobs do not show what is wrong. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidates, itemsOf, itemsUrl, jobsOf, pages } from './items_support.ts'
import { min, newSimulator, t0 } from './support.ts'

const day = 86_400_000
const sim = newSimulator({ busy: true, budgetPerHour: Infinity })
const vault = sim.vault()
const items = itemsOf(sim, vault)
const jobs = jobsOf(sim, vault)
const named = (name: string, of = items): any[] => of.filter((i) => i.properties.friendlyName === name).map((i) => i.properties)
const of = (name: string): any[] => jobs.filter((j) => j.properties.entityFriendlyName === name).map((j) => j.properties)

test('each job is of an item, but those of a machine that is gone; a name cut short leaves two', () => {
  const none = new Set<string>()
  const two = new Set<string>()
  for (const job of jobs) {
    const found = candidates(job, items)
    if (found.length === 0) none.add(job.properties.entityFriendlyName)
    if (found.length > 1) two.add(job.properties.entityFriendlyName)
  }
  assert.deepEqual([...none], ['vm-retired-01'])
  assert.deepEqual([...two].sort(), ['payroll', 'payroll [sql-accounting-]'])
  assert.equal(items.length, 139)
})

test('the item tells of the last backup that ended, whenever it is asked', () => {
  for (const now of [t0, t0 + min(95), t0 + min(60 * 17)]) {
    const listed = itemsOf(sim, vault, now)
    const last = new Map<string, { at: number; text: string }>()
    for (const job of jobsOf(sim, vault, now)) {
      const { operation, status, startTime } = job.properties
      if (!operation.startsWith('Backup') || !['Completed', 'Failed', 'CompletedWithWarnings'].includes(status)) continue
      const [item, other] = candidates(job, listed)
      if (item === undefined || other !== undefined) continue
      const at = Date.parse(startTime)
      if (at >= (last.get(item.id)?.at ?? 0)) last.set(item.id, { at, text: startTime })
    }
    assert.ok(last.size > 130)
    for (const item of listed) if (item.properties.friendlyName !== 'payroll' && item.properties.friendlyName !== 'vm-new-01') assert.equal(item.properties.lastBackupTime, last.get(item.id)?.text, item.name)
  }
})

test('protected, but its jobs have stopped a week ago', () => {
  const [item] = named('vm-batch-01')
  assert.deepEqual([item.protectionState, item.protectionStatus, item.lastBackupStatus], ['Protected', 'Healthy', 'Completed'])
  const age = t0 - Date.parse(item.lastBackupTime)
  assert.ok(age > 7 * day && age < 8 * day)
  assert.ok(of('vm-batch-01').length > 5 && of('vm-batch-01').every((p) => p.status === 'Completed' && Date.parse(p.startTime) <= t0 - age))
  assert.equal(named('vm-batch-01', itemsOf(sim, vault, t0 + day))[0].lastBackupTime, item.lastBackupTime)
})

test('stopped, and softly deleted until its data go', () => {
  const [stopped] = named('vm-legacy-01')
  assert.deepEqual([stopped.protectionState, stopped.policyId, stopped.policyName, stopped.isScheduledForDeferredDelete], ['ProtectionStopped', '', '', undefined])
  assert.ok(of('vm-legacy-01').some((p) => p.operation === 'DisableBackup'))
  const [deleted] = named('vm-legacy-02')
  assert.deepEqual([deleted.protectionState, deleted.isScheduledForDeferredDelete, deleted.softDeleteRetentionPeriod], ['ProtectionStopped', true, 14])
  // When it was deleted, not when it will be gone.
  const at = Date.parse(deleted.deferredDeleteTimeInUTC)
  assert.ok(at < t0 && at > t0 - 6 * day)
  assert.match(deleted.deferredDeleteTimeRemaining, /^8\.21:00:00/)
  assert.ok(of('vm-legacy-02').some((p) => p.operation === 'DeleteBackupData'))
  assert.equal(itemsOf(sim, vault, t0, "policyName eq 'Daily-30d'").filter((i) => i.name.includes('legacy')).length, 0)
  assert.equal(named('vm-legacy-02', itemsOf(sim, vault, at + 14 * day - 1)).length, 1)
  assert.equal(named('vm-legacy-02', itemsOf(sim, vault, at + 14 * day + 1)).length, 0)
})

test('never backed up, in error, and one name on two servers', () => {
  const [fresh] = named('vm-new-01')
  assert.deepEqual([fresh.protectionState, fresh.lastBackupStatus, fresh.lastBackupTime, of('vm-new-01').length], ['IRPending', '', '2001-01-01T00:00:00Z', 0])
  const [broken] = named('inventory')
  assert.deepEqual([broken.protectionState, broken.lastBackupStatus, broken.protectedItemHealthStatus, broken.lastBackupErrorDetail.code], ['ProtectionError', 'Unhealthy', 'Unhealthy', 'UserErrorSqlLogFull'])
  assert.ok(Date.parse(broken.lastRecoveryPoint) < t0 - 4 * day)
  const two = named('payroll')
  assert.deepEqual(two.map((p) => p.serverName), ['sql-accounting-', 'sql-accounting-'])
  assert.deepEqual(two.map((p) => p.sourceResourceId.replace(/.*\//, '')), ['sql-accounting-01', 'sql-accounting-02'])
  // Only the times tell the two apart: each is the start of a job.
  const starts = of('payroll [sql-accounting-]').map((p) => p.startTime)
  assert.ok(two.every((p) => starts.includes(p.lastBackupTime)) && two[0].lastBackupTime !== two[1].lastBackupTime)
})

test('the same requests give the same items, byte for byte; in pages or whole', () => {
  assert.deepEqual(itemsOf(newSimulator({ busy: true }), vault), items)
  const { all, sizes } = pages(newSimulator({ busy: true, itemPageSize: 50 }), itemsUrl(vault), t0)
  assert.deepEqual(all, items)
  assert.deepEqual(sizes, [50, 50, 39])
})
