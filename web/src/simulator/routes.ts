/** What each route answers, once the gateway has let the request pass. */
import { answer, serviceError } from './errors.ts'
import { matches, parseFilter } from './filter.ts'
import { guidFrom } from './format.ts'
import { listItems } from './item_list.ts'
import { itemsIn } from './items.ts'
import { jobBody } from './job_body.ts'
import { cancelVerdict, stateOf, vaultId, type JobState, type JobRecord, type Vault } from './jobs.ts'
import { isDone, operationBody, operationQuery, vaultOperationBody, type OperationRecord } from './operations.ts'
import { fromToken, toToken } from './paging.ts'
import { backupOfItem, seconds } from './plans.ts'
import type { Route } from './router.ts'
import type { SimulatedResponse } from './types.ts'
import type { BodyForm } from './versions.ts'
import { addJob, addOperation, askForJob, askForOperation, jobsIn, type World } from './world.ts'

export interface Visit {
  world: World
  vault: Vault
  route: Route
  form: BodyForm
  query: Map<string, string>
  /** `subscriptions` in the caller's casing. */
  subscriptions: string
  /** Path of the request, for links beside it. */
  path: string
  origin: string
  now: number
  /** A number nobody used before. */
  next(): number
  seed: number
  ignoreFilter: boolean
  itemPageSize: number
}

const pageSize = 200

const noJob = (): SimulatedResponse => serviceError(404, 'BMSUserErrorObjectNotFound',
  'Job not found. The selected job might have been deleted, or does not belong to this vault.')

const noOperation = (): SimulatedResponse => serviceError(404, 'BMSUserErrorObjectNotFound', 'Operation not found. It might have expired.')

/** The guidelines the service itself quotes (AZURE.md §2.1). */
const badFilter = (): SimulatedResponse => serviceError(400, 'BMSUserErrorInvalidInput',
  'The inputs specified for Get jobs API are incorrect. Please check your inputs and try again.\r\nMake sure your filter parameters are following these guidelines - The OData filter options. status eq { InProgress , Completed , Failed , CompletedWithWarnings , Cancelled , Cancelling } and backupManagementType eq {AzureIaasVM, MAB, DPM, AzureBackupServer, AzureSql } and operation eq { ConfigureBackup , Backup , Restore , DisableBackup , DeleteBackupData } and jobId eq {guid} and startTime eq { yyyy-mm-dd hh:mm:ss PM } and endTime eq { yyyy-mm-dd hh:mm:ss PM }.')

/** Where the next page begins: after this job, in the list's order. */
interface Cursor { at: number; id: string }

function cursorOf(text: string): Cursor | undefined {
  const parsed = fromToken(text)
  if (!Array.isArray(parsed)) return undefined
  const [at, id] = parsed as unknown[]
  return typeof at === 'number' && typeof id === 'string' ? { at, id } : undefined
}

/** Newest start first (§2.1); the id decides between equals, so that pages neither repeat nor skip. */
const order = (a: Cursor, b: Cursor): number => b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

function list(v: Visit): SimulatedResponse {
  const filterText = v.ignoreFilter ? '' : (v.query.get('$filter') ?? '')
  const filter = parseFilter(filterText)
  if (filter === undefined) return badFilter()
  const tokenText = v.query.get('$skiptoken')
  const after = tokenText === undefined || tokenText === '' ? undefined : cursorOf(tokenText)
  if (after === undefined && tokenText !== undefined && tokenText !== '') return serviceError(400, 'BMSUserErrorInvalidInput', 'The skip token is invalid.')
  const found: { job: JobRecord; state: JobState; cursor: Cursor }[] = []
  for (const job of jobsIn(v.world, v.vault)) {
    const state = stateOf(job, v.now)
    if (state === undefined || !matches(filter, job, state, v.now)) continue
    const cursor = { at: state.startedAt, id: job.plan.id }
    if (after === undefined || order(after, cursor) < 0) found.push({ job, state, cursor })
  }
  found.sort((a, b) => order(a.cursor, b.cursor))
  const page = found.slice(0, pageSize)
  const last = page[page.length - 1]
  const value = page.map(({ job }) => jobBody(job, v.now, v.form, false, v.subscriptions) ?? null)
  if (last === undefined || found.length <= pageSize) return answer(200, { value })
  const filterPart = filterText === '' ? '' : `&$filter=${encodeURIComponent(filterText)}`
  const base = vaultId(v.vault).replace(/^\/subscriptions/, `/${v.subscriptions}`)
  return answer(200, { value, nextLink: `${v.origin}${base}/backupJobs?api-version=${v.form.version}${filterPart}&$skipToken=${toToken([last.cursor.at, last.cursor.id])}` })
}

function job(v: Visit): SimulatedResponse {
  const found = askForJob(v.world, v.vault, v.route.params['job'] ?? '', v.now)
  const body = found && jobBody(found, v.now, v.form, true, v.subscriptions)
  return body === undefined ? noJob() : answer(200, body)
}

/** Links to an operation's status and result, beside a resource (AZURE.md §6). */
function links(v: Visit, resource: string, op: OperationRecord, status: string, result: string): Record<string, string> {
  const query = operationQuery(op.id, v.form.version, v.now)
  const base = `${v.origin}${encodeURI(resource)}`
  return { 'azure-asyncoperation': `${base}/${status}/${op.id}${query}`, location: `${base}/${result}/${op.id}${query}` }
}

function startOperation(v: Visit, takes: number, outcome: OperationRecord['outcome']): OperationRecord {
  const id = guidFrom(`${v.seed}/operation/${v.next()}`)
  return addOperation(v.world, { id, vault: v.vault, takes, outcome, startedAt: v.now })
}

function cancel(v: Visit): SimulatedResponse {
  const found = askForJob(v.world, v.vault, v.route.params['job'] ?? '', v.now)
  const state = found && stateOf(found, v.now)
  if (found === undefined || state === undefined) return noJob()
  switch (cancelVerdict(found, v.now)) {
    case 'not-running':
      return serviceError(409, 'UserErrorJobNotInProgress', `The job cannot be cancelled because it is not in progress. Its status is '${state.status}'.`)
    case 'not-cancellable':
      return serviceError(400, 'UserErrorJobCancellationNotSupported', 'Only Backup and Restore jobs can be cancelled.')
    case 'transferring':
      return found.plan.refusesLate === true ? cancelling(v, { kind: 'failed', ...inTransfer }) : serviceError(400, inTransfer.code, inTransfer.message)
    case 'accepted':
      found.cancelledAfter = state.elapsed
      return cancelling(v, { kind: 'none' })
  }
}

const inTransfer = {
  code: 'UserErrorCancelNotSupportedDuringDataTransfer',
  message: 'The job cannot be cancelled because the snapshot is being transferred to the vault. Cancel is supported only while the snapshot is being taken.',
}

/** The cancel is an operation of its own, and may still be refused there. */
function cancelling(v: Visit, outcome: OperationRecord['outcome']): SimulatedResponse {
  const op = startOperation(v, seconds(8), outcome)
  const resource = v.path.replace(/\/cancel\/?$/i, '')
  return { status: 202, headers: { ...links(v, resource, op, 'operationsStatus', 'operationResults'), 'retry-after': '60' }, body: '' }
}

function backup(v: Visit): SimulatedResponse {
  const n = v.next()
  const takes = seconds(3 + (n % 8))
  const { item = '', container = '' } = v.route.params
  // What is listed is backed up under the name its other backups have.
  const key = `${container}/${item}`.toLowerCase()
  const like = itemsIn(v.world, v.vault, v.now).find((known) => known.key === key)?.jobs.find(({ plan }) => plan.operation.startsWith('Backup'))?.plan
  const plan = backupOfItem(v.vault, item, `trigger-${v.seed}-${n}`, like)
  addJob(v.world, plan, v.now + takes)
  const op = startOperation(v, takes, { kind: 'job', jobId: plan.id })
  const resource = v.path.replace(/\/backup\/?$/i, '')
  return { status: 202, headers: { ...links(v, resource, op, 'operationsStatus', 'operationResults'), 'retry-after': '60' }, body: '' }
}

function status(v: Visit): SimulatedResponse {
  const op = askForOperation(v.world, v.vault, v.route.params['id'] ?? '', v.now)
  if (op === undefined) return noOperation()
  const body = v.route.name === 'vault-status' ? vaultOperationBody(op, v.path, v.now, v.form.version) : operationBody(op, v.now)
  return answer(200, body, isDone(op, v.now) ? {} : { 'retry-after': '10' })
}

/** Where the same operation's status is told. */
const statusBeside = (result: string): string => result
  .replace(/\/(backupJobs|backupFabrics)\/(.*)\/operationResults\//i, '/$1/$2/operationsStatus/').replace(/\/(backupPolicies\/[^/]+)\/operationResults\//i, '/$1/operations/')
  .replace(/\/backupOperationResults\//i, '/backupOperations/').replace(/\/backupValidateOperationResults\//i, '/backupValidateOperationsStatuses/')
  .replace(/\/operationResults\//i, '/operationStatus/')

/** The Location twin: 202 again with its own headers while running, then 204, or the error it failed with (§9). */
function result(v: Visit): SimulatedResponse {
  const op = askForOperation(v.world, v.vault, v.route.params['id'] ?? '', v.now)
  if (op === undefined) return noOperation()
  if (isDone(op, v.now)) return op.outcome.kind === 'failed' ? serviceError(400, op.outcome.code, op.outcome.message) : { status: 204, headers: {}, body: '' }
  const query = operationQuery(op.id, v.form.version, v.now)
  const location = `${v.origin}${encodeURI(v.path)}${query}`
  const headers: Record<string, string> = { location, 'retry-after': v.route.name === 'cancel-result' ? '60' : '10' }
  return { status: 202, headers: { ...headers, 'azure-asyncoperation': statusBeside(location) }, body: '' }
}

export function visit(v: Visit): SimulatedResponse {
  switch (v.route.name) {
    case 'list': return list(v)
    case 'job': return job(v)
    case 'items': return listItems(v.world, { vault: v.vault, query: v.query, now: v.now, version: v.form.version, origin: v.origin, subscriptions: v.subscriptions, pageSize: v.itemPageSize, ignoreFilter: v.ignoreFilter })
    case 'cancel': return cancel(v)
    case 'item-backup': return backup(v)
    case 'operation':
    case 'cancel-status':
    case 'vault-status': return status(v)
    case 'operation-result':
    case 'cancel-result': return result(v)
  }
}
