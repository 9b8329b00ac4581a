/** A job's JSON, in the fields, the order and the forms of the api-version asked for (AZURE.md §4). */
import { hash32, instant, isoDuration, noTime, timeSpan, type Json } from './format.ts'
import { progressOf, stateOf, taskState, vaultId, type ErrorDetail, type JobPlan, type JobRecord, type JobState, type Progress, type TaskPlan } from './jobs.ts'
import type { BodyForm } from './versions.ts'

type Members = { [key: string]: Json | undefined }

/** Below the millisecond: of the start, and of the duration. */
export const ticksOf = (plan: JobPlan): { start: number; duration: number } =>
  plan.ticks ?? { start: (hash32(`start/${plan.id}`) % 9999) + 1, duration: hash32(`duration/${plan.id}`) % 10_000 }

function taskBody(plan: JobPlan, task: TaskPlan, state: JobState, progress: Progress | undefined, form: BodyForm, span: (ms: number, ticks?: number) => string): Json {
  const t = taskState(task, state)
  const taskType = form.taskType ? 'Normal' : undefined
  if (plan.kind !== 'vm' && plan.kind !== 'premises') return { taskId: t.id, taskType, status: t.status }
  const details = task.id === 'Transfer data from vault' ? progress?.transferred : undefined
  // Restores never carried task times, and before 2022 backups did not either: they lasted PT0S.
  if (plan.kind === 'vm' && (!form.taskTimes || plan.operation !== 'Backup')) {
    return { taskId: t.id, duration: span(0), status: t.status, taskExecutionDetails: details, taskType }
  }
  const { start, duration } = ticksOf(plan)
  const at = (offset: number | undefined, ticks: number): string => (offset === undefined ? noTime : instant(state.startedAt + offset, ticks))
  return {
    taskId: t.id, startTime: at(t.from, start), endTime: at(t.until, start + duration), duration: span(t.ran, t.ran > 0 ? duration : 0), status: t.status,
    ...(plan.kind === 'vm' ? { taskExecutionDetails: details, taskType } : {}),
  }
}

function bagOf(plan: JobPlan, state: JobState): Json {
  const reached = Math.min(state.elapsed, state.endedAfter ?? Infinity)
  const bag: Members = {}
  for (const { key, value, from = 0 } of plan.bag) {
    if (from <= reached) bag[key] = typeof value === 'function' ? value(state.startedAt) : value
  }
  return bag as Json
}

function extendedInfo(plan: JobPlan, state: JobState, form: BodyForm, span: (ms: number, ticks?: number) => string): Json {
  const progress = progressOf(plan, state)
  const placeholder = progress !== undefined && progress.remaining === undefined
  return {
    tasksList: plan.kind === 'vault' ? undefined : plan.tasks.map((t) => taskBody(plan, t, state, progress, form, span)),
    propertyBag: bagOf(plan, state),
    internalPropertyBag: form.containerName && plan.kind === 'vm' ? plan.internalBag : undefined,
    progressPercentage: progress === undefined ? undefined : { float: progress.percentage },
    estimatedRemainingDuration: progress?.remaining === undefined ? undefined : span(progress.remaining),
    dynamicErrorMessage: state.running ? (placeholder && form.taskType ? '' : undefined) : plan.dynamicErrorMessage,
  }
}

/** Each family spells its errors differently (§4.2): storage has no title, workload has it after the text. */
function errorBody(kind: JobPlan['kind'], e: ErrorDetail): Json {
  if (kind === 'storage') return { errorCode: e.errorCode, errorString: e.errorString, recommendations: e.recommendations }
  if (kind === 'workload') return { errorCode: e.errorCode, errorString: e.errorString, errorTitle: e.errorTitle, recommendations: e.recommendations, additionalDetails: e.additionalDetails }
  if (kind === 'premises') return { errorString: e.errorString, recommendations: e.recommendations }
  if (kind === 'vault') return { errorCode: e.errorCode, errorString: e.errorString, recommendations: e.recommendations }
  return { errorCode: e.errorCode, errorTitle: e.errorTitle, errorString: e.errorString, recommendations: e.recommendations }
}

const withErrors = new Set(['Failed', 'CompletedWithWarnings'])

/** Undefined while the job does not exist yet. `detailed` is false for list items: they have no extendedInfo (§2.1). */
export function jobBody(job: JobRecord, now: number, form: BodyForm, detailed: boolean, subscriptions: string): Json | undefined {
  const state = stateOf(job, now)
  if (state === undefined) return undefined
  const { plan } = job
  const { start, duration: durationTicks } = ticksOf(plan)
  const timeSpans = form.timeSpans || (plan.asDocumented === true && form.version === '2017-07-01')
  const span = timeSpans ? timeSpan : isoDuration
  // While it runs, its duration is exactly now minus its start; the start lies some ticks after its millisecond.
  const duration = state.endedAfter === undefined ? span(state.elapsed - 1, 10_000 - start) : span(state.endedAfter, durationTicks)
  // The V2 names came with actions as words before the versions did (§4.3.3).
  const numeric = form.numericActions && !plan.jobType.endsWith('V2')
  const actionsInfo: Json | undefined = plan.cancellable ? (numeric ? [1] : ['Cancellable']) : undefined
  const errorDetails = withErrors.has(state.status) ? plan.errors?.map((e) => errorBody(plan.kind, e)) : undefined
  const info = detailed ? extendedInfo(plan, state, form, span) : undefined
  const own = plan.own ?? {}
  const common: Members = {
    entityFriendlyName: plan.entity,
    backupManagementType: plan.management,
    operation: state.running ? plan.operation : (plan.operationAtEnd ?? plan.operation),
    status: state.status,
    startTime: instant(state.startedAt, start),
    endTime: state.endedAfter === undefined ? undefined : instant(state.startedAt + state.endedAfter, start + durationTicks),
    activityId: plan.activityId,
  }
  const { jobType } = plan
  let properties: Members
  switch (plan.kind) {
    case 'vm':
      properties = form.containerName
        ? { jobType, actionsInfo, containerName: plan.container, duration, errorDetails, ...own, extendedInfo: info, ...common }
        : { jobType, duration, actionsInfo, errorDetails, ...own, extendedInfo: info, ...common }
      break
    case 'storage':
      properties = { jobType, actionsInfo, duration, errorDetails, ...own, extendedInfo: info, isUserTriggered: false, ...common }
      break
    case 'workload':
      properties = { jobType, actionsInfo, ...own, duration, errorDetails, extendedInfo: info, isUserTriggered: true, ...common }
      break
    case 'premises':
    case 'vault':
    case 'other':
      properties = { jobType, actionsInfo, duration, errorDetails, ...own, extendedInfo: info, ...common }
  }
  const id = `${vaultId(plan.vault)}/backupJobs/${plan.id}`.replace(/^\/subscriptions/, `/${subscriptions}`)
  return { id, name: plan.id, type: 'Microsoft.RecoveryServices/vaults/backupJobs', properties: properties as Json }
}
