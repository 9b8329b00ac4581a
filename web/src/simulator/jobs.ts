/** Backup jobs as plans that play out over time: what a job's state is, some time after its start. */
import type { Json } from './format.ts'
import type { ItemIdentity } from './items.ts'

export interface Vault {
  subscription: string
  group: string
  name: string
  location: string
  /** The provider's name in the casing this vault's ids use. */
  provider: string
}

export const vaultId = (v: Vault): string =>
  `/subscriptions/${v.subscription}/resourceGroups/${v.group}/providers/${v.provider}/vaults/${v.name}`

export interface TaskPlan {
  id: string
  /** Milliseconds after the job's start. */
  from: number
  until: number
}

export interface BagEntry {
  key: string
  value: string | null | ((startedAt: number) => string)
  /** Milliseconds after the start from which the entry is there; a later entry of the same key replaces it. */
  from?: number
}

export interface ErrorDetail {
  errorCode: number
  errorTitle: string
  errorString: string
  recommendations: string[]
  /** Workloads only. */
  additionalDetails?: string
}

export interface JobPlan {
  id: string
  vault: Vault
  /** Which family of fields the body has. */
  kind: 'vm' | 'storage' | 'workload' | 'premises' | 'vault' | 'other'
  jobType: string
  management: string
  operation: string
  /** Workload restores are renamed at their end: `Restore`, then `Restore (Full)`. */
  operationAtEnd?: string
  entity: string
  activityId: string
  container?: string
  /** The machine a database lives on, where its entity does not tell it: no job does (ESTATE.md §2.3). */
  host?: string
  /** Further properties of the family, such as storageAccountName. */
  own?: Record<string, Json>
  tasks: TaskPlan[]
  bag: BagEntry[]
  internalBag?: Record<string, string>
  endsAfter: number
  ending: string
  /** A status the job shows until then instead of InProgress. */
  unusual?: { status: string; until: number }
  errors?: ErrorDetail[]
  dynamicErrorMessage?: string
  /** Whether actionsInfo offers a cancel; it is not cleared at the end (AZURE.md §4.3.3). */
  cancellable: boolean
  /** Someone cancels it by then. */
  cancelsAfter?: number
  /** A cancel that comes too late is taken first, and refused by its own operation: an inference from a report of the 400 (§5). */
  refusesLate?: boolean
  /** How a cancel ends; Cancelled unless said otherwise (§4.4). */
  cancelEnds?: 'CompletedWithWarnings'
  /** How long it stays Cancelling. */
  cancelTakes: number
  /** VM restores report bytes and a percentage (§4.5). */
  totalGb?: number
  /** The ticks below the millisecond; else derived from the id. */
  ticks?: { start: number; duration: number }
  /** The documentation's example has a TimeSpan beside a 2017-07-01 URL, against the recordings (§4.3.1). */
  asDocumented?: boolean
}

export interface JobRecord {
  /** Of a job in a large estate it is made only when it is looked at; what is told of such a job without it comes next. */
  readonly plan: JobPlan
  readonly id?: string
  readonly item?: ItemIdentity | undefined
  /** Absent until someone asks for the job: a sample opened late is still seen from its start. */
  startedAt?: number
  /** Milliseconds after the start at which a cancel was accepted. */
  cancelledAfter?: number
}

export interface JobState {
  status: string
  running: boolean
  startedAt: number
  elapsed: number
  /** Milliseconds after the start, once it ended. */
  endedAfter?: number
  /** Milliseconds after the start, if it is or was cancelled. */
  cancelledAfter?: number
}

/** Undefined while the job has not started: then it does not exist yet. */
export function stateOf(job: JobRecord, now: number): JobState | undefined {
  const { plan, startedAt } = job
  if (startedAt === undefined || now < startedAt) return undefined
  const elapsed = now - startedAt
  const cancel = job.cancelledAfter ?? plan.cancelsAfter
  if (cancel !== undefined && cancel <= elapsed && cancel < plan.endsAfter) {
    const endedAfter = cancel + plan.cancelTakes
    return elapsed < endedAfter
      ? { status: 'Cancelling', running: true, startedAt, elapsed, cancelledAfter: cancel }
      : { status: plan.cancelEnds ?? 'Cancelled', running: false, startedAt, elapsed, cancelledAfter: cancel, endedAfter }
  }
  if (elapsed >= plan.endsAfter) return { status: plan.ending, running: false, startedAt, elapsed, endedAfter: plan.endsAfter }
  const unusual = plan.unusual !== undefined && elapsed < plan.unusual.until ? plan.unusual.status : undefined
  return { status: unusual ?? 'InProgress', running: true, startedAt, elapsed }
}

export interface TaskState {
  id: string
  status: string
  from?: number
  until?: number
  /** How long it ran so far. */
  ran: number
}

/** The vocabulary of §4.3.6, and which tasks a failure or a cancel leaves unfinished. */
export function taskState(task: TaskPlan, state: JobState): TaskState {
  const stop = state.cancelledAfter ?? state.endedAfter
  const reached = Math.min(state.elapsed, stop ?? Infinity)
  if (task.until <= reached) return { id: task.id, status: 'Completed', from: task.from, until: task.until, ran: task.until - task.from }
  const begun = task.from < reached || (task.from === 0 && stop === undefined)
  if (state.cancelledAfter !== undefined) {
    const end = state.endedAfter
    const status = end === undefined ? 'Cancelling' : 'Cancelled'
    if (!begun) return { id: task.id, status, ran: 0 }
    return end === undefined
      ? { id: task.id, status, from: task.from, ran: state.elapsed - task.from }
      : { id: task.id, status, from: task.from, until: end, ran: end - task.from }
  }
  if (!begun) return { id: task.id, status: 'NotStarted', ran: 0 }
  if (stop !== undefined) return { id: task.id, status: 'Failed', from: task.from, until: stop, ran: stop - task.from }
  return { id: task.id, status: 'InProgress', from: task.from, ran: reached - task.from }
}

export interface Progress {
  percentage: number
  /** Absent with the placeholder of the first ten minutes. */
  remaining?: number
  transferred?: string
}

/** The service refreshes both figures about every five minutes; in between only `duration` moves (§4.5). */
const refreshEvery = 305_000

const gb = (n: number): string => `${Number(n.toFixed(2))} GBs`

export function progressOf(plan: JobPlan, state: JobState): Progress | undefined {
  const transfer = plan.tasks.find((t) => t.id === 'Transfer data from vault')
  if (plan.totalGb === undefined || transfer === undefined || state.cancelledAfter !== undefined) return undefined
  const all = `${gb(plan.totalGb)} / ${gb(plan.totalGb)} Transferred`
  if (state.status === 'Completed') return { percentage: 100, remaining: 0, transferred: all }
  const at = Math.floor(Math.min(state.elapsed, state.endedAfter ?? Infinity) / refreshEvery) * refreshEvery
  if (at < 2 * refreshEvery) return { percentage: 1 }
  const share = (at - transfer.from) / (transfer.until - transfer.from)
  const percentage = Math.min(99, Math.max(1, Math.floor(share * 100)))
  const transferred = share >= 1 ? all : `${gb(plan.totalGb * share)} / ${gb(plan.totalGb)} Transferred`
  // A straight line through the bytes, and so far too optimistic about the phases after them.
  return { percentage, remaining: Math.round((at * (100 - percentage)) / percentage), transferred }
}

export type CancelVerdict = 'accepted' | 'not-running' | 'not-cancellable' | 'transferring'

/** A VM backup can be cancelled while its snapshot is taken, not while that is copied to the vault (§5). */
export function cancelVerdict(job: JobRecord, now: number): CancelVerdict {
  const state = stateOf(job, now)
  if (state === undefined || !state.running || state.status === 'Cancelling') return 'not-running'
  if (!job.plan.cancellable) return 'not-cancellable'
  const transferring = job.plan.kind === 'vm' && job.plan.operation === 'Backup'
    && job.plan.tasks.some((t) => t.id === 'Transfer data to vault' && taskState(t, state).status === 'InProgress')
  return transferring ? 'transferring' : 'accepted'
}
