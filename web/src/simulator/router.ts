/** Paths and queries: which of the simulated routes a URL names. Paths are case-insensitive (AZURE.md §2). */

export interface Target {
  /** Decoded segments, in the caller's casing. */
  segments: string[]
  /** A path with an empty segment, which the gateway takes for another route (ESTATE.md §6). */
  malformed: boolean
  /** By lower-case name. */
  query: Map<string, string>
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

export function parseTarget(url: string): Target {
  const local = url.replace(/^https?:\/\/[^/]*/i, '').replace(/#.*$/, '')
  const mark = local.indexOf('?')
  const path = mark < 0 ? local : local.slice(0, mark)
  const raw = path.replace(/^\//, '').replace(/\/$/, '').split('/')
  const query = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(mark < 0 ? '' : local.slice(mark + 1))) {
    const key = name.toLowerCase()
    if (!query.has(key)) query.set(key, value)
  }
  return { segments: raw.map(decoded), malformed: raw.some((s) => s === '') && path !== '/' && path !== '', query }
}

export type RouteName =
  | 'list' | 'job' | 'items' | 'cancel' | 'cancel-result' | 'cancel-status'
  | 'operation' | 'operation-result' | 'vault-status' | 'item-backup'

interface RouteEntry {
  name: RouteName
  method: 'GET' | 'POST'
  /** Below the vault; braces name parameters. */
  pattern: readonly string[]
  /** The resource type below the provider, as actions and refusals name it. */
  type: string
  verb: string
}

const fabric = 'backupFabrics/{fabric}'
const container = `${fabric}/protectionContainers/{container}`
const item = `${container}/protectedItems/{item}`

/** `vaults/backupFabrics/operationResults`: a pattern without its names. */
const typeOf = (pattern: string): string => `vaults/${pattern.split('/').filter((s) => !s.startsWith('{')).join('/')}`

const route = (name: RouteName, method: 'GET' | 'POST', pattern: string, type: string, verb: string): RouteEntry =>
  ({ name, method, pattern: pattern.split('/'), type, verb })

const routes: readonly RouteEntry[] = [
  route('list', 'GET', 'backupJobs', 'vaults/backupJobs', 'read'),
  route('job', 'GET', 'backupJobs/{job}', 'vaults/backupJobs', 'read'),
  route('items', 'GET', 'backupProtectedItems', 'vaults/backupProtectedItems', 'read'),
  route('cancel', 'POST', 'backupJobs/{job}/cancel', 'vaults/backupJobs', 'cancel/action'),
  route('cancel-result', 'GET', 'backupJobs/{job}/operationResults/{id}', 'vaults/backupJobs/operationResults', 'read'),
  route('cancel-status', 'GET', 'backupJobs/{job}/operationsStatus/{id}', 'vaults/backupJobs/operationsStatus', 'read'),
  route('item-backup', 'POST', `${item}/backup`, typeOf(`${item}/backup`), 'action'),
  // One operation is known wherever it may have been started.
  ...['backupOperations', `${item}/operationsStatus`, `${container}/operationsStatus`, `${fabric}/operationsStatus`, 'backupPolicies/{policy}/operations', 'backupValidateOperationsStatuses']
    .map((at) => route('operation', 'GET', `${at}/{id}`, typeOf(at), 'read')),
  ...['backupOperationResults', `${item}/operationResults`, `${container}/operationResults`, `${fabric}/operationResults`, 'backupPolicies/{policy}/operationResults', 'backupValidateOperationResults', 'operationResults']
    .map((at) => route('operation-result', 'GET', `${at}/{id}`, typeOf(at), 'read')),
  route('vault-status', 'GET', 'operationStatus/{id}', 'vaults/operationStatus', 'read'),
]

export interface Route {
  name: RouteName
  method: 'GET' | 'POST'
  type: string
  /** `Microsoft.RecoveryServices/vaults/backupJobs/read` */
  action: string
  params: Record<string, string>
}

export interface VaultPath {
  /** `subscriptions` or `Subscriptions`, as asked: ids repeat it. */
  subscriptions: string
  subscription: string
  group: string
  vault: string
  /** The segments below the vault. */
  rest: string[]
}

/** Undefined where the path does not lead into a Recovery Services vault. */
export function vaultPath(segments: readonly string[]): VaultPath | undefined {
  const [subscriptions = '', subscription = '', groups = '', group = '', providers = '', provider = '', vaults = '', vault = '', ...rest] = segments
  const fits = subscriptions.toLowerCase() === 'subscriptions' && groups.toLowerCase() === 'resourcegroups' && providers.toLowerCase() === 'providers'
    && provider.toLowerCase() === 'microsoft.recoveryservices' && vaults.toLowerCase() === 'vaults' && vault !== ''
  return fits ? { subscriptions, subscription, group, vault, rest } : undefined
}

function paramsOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, p] of pattern.entries()) {
    const s = segments[i] ?? ''
    if (p.startsWith('{')) params[p.slice(1, -1)] = s
    else if (p.toLowerCase() !== s.toLowerCase()) return undefined
  }
  return params
}

export function routeOf(rest: readonly string[]): Route | undefined {
  for (const r of routes) {
    const params = paramsOf(r.pattern, rest)
    if (params !== undefined) return { name: r.name, method: r.method, type: r.type, action: `Microsoft.RecoveryServices/${r.type}/${r.verb}`, params }
  }
  return undefined
}
