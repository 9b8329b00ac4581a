/** Operations: short-lived, they end when the job they make exists, long before that job ends (AZURE.md §2.2, §3). */
import { dotNetTicks, filler, hash32, instant, noTime, type Json } from './format.ts'
import type { Vault } from './jobs.ts'
import { formOf } from './versions.ts'

export type Outcome =
  | { kind: 'job'; jobId: string }
  | { kind: 'jobs'; jobIds: string[]; failedJobsError: Record<string, string> }
  | { kind: 'none' }
  /** Ends with more than a job's name (§3). */
  | { kind: 'info'; properties: Json }
  | { kind: 'failed'; code: string; message: string }

export interface OperationRecord {
  readonly id: string
  readonly vault: Vault
  /** Milliseconds it stays InProgress. */
  readonly takes: number
  readonly outcome: Outcome
  /** Absent until someone asks for it. */
  startedAt?: number
  /** An exact start to show, for the documentation's example. */
  readonly shownStart?: { at: number; ticks: number }
}

export const isDone = (op: OperationRecord, now: number): boolean => op.startedAt !== undefined && now >= op.startedAt + op.takes

export const jobsOf = (outcome: Outcome): readonly string[] =>
  outcome.kind === 'job' ? [outcome.jobId] : outcome.kind === 'jobs' ? outcome.jobIds : []

export function operationBody(op: OperationRecord, now: number): Json {
  const shown = op.shownStart ?? { at: op.startedAt ?? now, ticks: (hash32(`operation/${op.id}`) % 9999) + 1 }
  const startTime = instant(shown.at, shown.ticks)
  const head = { id: op.id, name: op.id }
  if (!isDone(op, now)) return { ...head, status: 'InProgress', startTime, endTime: noTime }
  // Recorded bodies end in the instant they start, however long they took.
  const times = { startTime, endTime: startTime }
  const { outcome } = op
  switch (outcome.kind) {
    case 'job':
      return { ...head, status: 'Succeeded', ...times, properties: { objectType: 'OperationStatusJobExtendedInfo', jobId: outcome.jobId } }
    case 'jobs':
      return {
        ...head, status: 'Succeeded', ...times,
        properties: { objectType: 'OperationStatusJobsExtendedInfo', jobIds: outcome.jobIds, failedJobsError: outcome.failedJobsError },
      }
    case 'info':
      return { ...head, status: 'Succeeded', ...times, properties: outcome.properties }
    case 'none':
      return { ...head, status: 'Succeeded', ...times }
    case 'failed':
      return { ...head, status: 'Failed', ...times, error: { code: outcome.code, message: outcome.message } }
  }
}

/** The vault's own form: named by its path, without times; before 2024 with a percentage that stays zero (§3). */
export function vaultOperationBody(op: OperationRecord, path: string, now: number, version: string): Json {
  const { status } = operationBody(op, now) as { status: string }
  return { id: path, name: op.id, status, percentComplete: version < '2024-01-01' ? { float: 0 } : undefined }
}

/** The query of an operation's URL: from 2024 on some three kilobytes of signature (§6). */
export function operationQuery(id: string, version: string, now: number): string {
  const plain = `?api-version=${version}`
  if (!formOf(version).signedLinks) return plain
  return `${plain}&t=${dotNetTicks(now)}&c=MII${filler(`certificate/${id}`, 2601)}&s=${filler(`signature/${id}`, 342)}&h=${filler(`hash/${id}`, 43)}`
}
