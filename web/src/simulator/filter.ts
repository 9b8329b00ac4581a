/** The $filter grammar of the job list (AZURE.md §2.1): `eq` and `and`, values in single quotes. */
import type { JobRecord, JobState } from './jobs.ts'

export interface JobFilter {
  status?: string
  operation?: string
  backupManagementType?: string
  jobId?: string
  /** Bounds of an interval the job must have started in, not equality. */
  startTime?: number
  endTime?: number
}

const day = 86_400_000

/** `2017-10-20 09:00:00 AM`, UTC; the official example's invalid-looking `00:00:00 AM` counts as midnight. */
export function parseFilterTime(text: string): number | undefined {
  const m = /^(\d{4})-(\d{2})-(\d{2}) (\d{1,2}):(\d{2}):(\d{2}) (AM|PM)$/i.exec(text)
  if (m === null) return undefined
  const n = (i: number): number => Number(m[i])
  const hour = (n(4) % 12) + (m[7]?.toUpperCase() === 'PM' ? 12 : 0)
  if (n(2) < 1 || n(2) > 12 || n(3) < 1 || n(3) > 31 || n(4) > 12 || n(5) > 59 || n(6) > 59) return undefined
  return Date.UTC(n(1), n(2) - 1, n(3), hour, n(5), n(6))
}

/** Undefined: not understood, the service answers 400. A well-formed clause of an unknown field is ignored. */
export function parseFilter(text: string): JobFilter | undefined {
  const filter: JobFilter = {}
  if (text.trim() === '') return filter
  for (const clause of text.trim().split(/\s+and\s+(?=[^']*(?:'[^']*'[^']*)*$)/i)) {
    const m = /^(\w+)\s+eq\s+'([^']*)'$/i.exec(clause)
    if (m === null) return undefined
    const value = m[2] ?? ''
    // PowerShell sends `operation eq ''`: no restriction.
    if (value === '') continue
    switch (m[1]?.toLowerCase()) {
      case 'status': filter.status = value.toLowerCase(); break
      case 'operation': filter.operation = value.toLowerCase(); break
      case 'backupmanagementtype': filter.backupManagementType = value.toLowerCase(); break
      case 'jobid': filter.jobId = value.toLowerCase(); break
      case 'starttime':
      case 'endtime': {
        const at = parseFilterTime(value)
        if (at === undefined) return undefined
        if (m[1].toLowerCase() === 'starttime') filter.startTime = at
        else filter.endTime = at
      }
    }
  }
  return filter
}

/** `Backup (Full)` is found as `Backup`. */
const sameOperation = (asked: string, operation: string): boolean => {
  const have = operation.toLowerCase()
  return have === asked || have.startsWith(`${asked} (`)
}

export function matches(filter: JobFilter, job: JobRecord, state: JobState, now: number): boolean {
  const { plan } = job
  const operation = state.running ? plan.operation : (plan.operationAtEnd ?? plan.operation)
  if (filter.status !== undefined && state.status.toLowerCase() !== filter.status) return false
  if (filter.operation !== undefined && !sameOperation(filter.operation, operation)) return false
  if (filter.backupManagementType !== undefined && plan.management.toLowerCase() !== filter.backupManagementType) return false
  if (filter.jobId !== undefined) return plan.id.toLowerCase() === filter.jobId
  // Without any bound about the last day is listed; an inference from recorded lists.
  const from = filter.startTime ?? (filter.endTime === undefined ? now - day : -Infinity)
  return state.startedAt >= from && state.startedAt <= (filter.endTime ?? Infinity)
}
