/** Azure Resource Manager in front of Azure Backup, as a deterministic state machine: the caller passes the time in. */
import { backupVaultAction, visitBackupVault } from './backup_vaults.ts'
import { addBusyVault, busyVault } from './busy.ts'
import { newBudget, spend, writesAnHour, type Budget } from './budget.ts'
import { isRead, regionAction, regionPath, visitRegion } from './cross_region.ts'
import * as errors from './errors.ts'
import { estateAction, isSubscriptionList, noSubscriptions, visitEstate } from './estate.ts'
import { addFleet } from './fleet.ts'
import { arm, instead, spoil, standsBefore, strike, type Faults } from './faults.ts'
import { compactTime, guidFrom } from './format.ts'
import { isGraph, visitGraph, type GraphQuota } from './resource_graph.ts'
import { vaultId } from './jobs.ts'
import { parseTarget, routeOf, vaultPath, type Route, type Target, type VaultPath } from './router.ts'
import { visit } from './routes.ts'
import { buildWorld, mainVault } from './scenario.ts'
import type { Fault, LiveOptions, LoggedRequest, Sample, SimulatedRequest, SimulatedResponse, SimulatorOptions } from './types.ts'
import { formOf, supportedVersions } from './versions.ts'
import type { World } from './world.ts'

/** The one token that is known but allowed nothing. */
const forbiddenToken = 'forbidden-token'

const graphAction = 'Microsoft.ResourceGraph/resources/read'

/** Old entries go once so many have been kept. */
const logLength = 20_000

/** A URL taken apart once, for every check of the gateway. */
interface Asked { target: Target; path: string; place: VaultPath | undefined; route: Route | undefined }

function asked(url: string): Asked {
  const target = parseTarget(url)
  const place = vaultPath(target.segments)
  return { target, path: `/${target.segments.join('/')}`, place, route: place && routeOf(place.rest) }
}

/** The action a refusal names; for a path nobody knows, its own type. */
const actionOf = ({ target, place, route }: Asked): string =>
  route?.action ?? estateAction(target.segments) ?? (isGraph(target.segments) ? graphAction : undefined) ?? backupVaultAction(target.segments)?.action ?? regionAction(target.segments) ?? `Microsoft.RecoveryServices/vaults${(place?.rest ?? []).filter((_, i) => i % 2 === 0).map((s) => `/${s}`).join('')}/read`

export class Simulator {
  readonly #options: Required<Omit<SimulatorOptions, 'fleet'>>
  readonly #world: World
  readonly #samples: Sample[]
  readonly #budget: Budget
  readonly #writes: Budget = newBudget(writesAnHour)
  readonly #graph: GraphQuota = { served: [] }
  readonly #faults: Faults = { armed: [] }
  readonly #log: LoggedRequest[] = []
  #tokens: Set<string>
  #used = 0

  constructor(o: SimulatorOptions) {
    this.#options = {
      tokens: ['simulated-token'], exposeHeaders: [], allowOrigin: '*', preflightMaxAge: 600, budgetPerHour: 150, ignoreFilter: false, itemPageSize: 200, subscriptionPageSize: 1000, vaultPageSize: 20, resourceGraph: true, busy: false, seed: 1, ...o,
      origin: o.origin.replace(/\/$/, ''),
    }
    this.#tokens = new Set(this.#options.tokens)
    this.#budget = newBudget(this.#options.budgetPerHour)
    const { world, samples } = buildWorld(this.#options.origin, this.#options.startedAt)
    if (this.#options.busy) addBusyVault(world, this.#options.startedAt)
    if (o.fleet) addFleet(world, o.fleet, this.#options.startedAt)
    this.#world = world
    this.#samples = samples
  }

  get log(): readonly LoggedRequest[] {
    return this.#log
  }

  samples(): Sample[] {
    return this.#samples.map((s) => ({ ...s }))
  }

  /** The vault to show first: that with the most in it. */
  vault(): string {
    return vaultId(this.#options.busy ? busyVault : mainVault)
  }

  addFault(f: Fault): void {
    arm(this.#faults, f)
  }

  clearFaults(): void {
    this.#faults.armed = []
  }

  setTokens(t: string[]): void {
    this.#tokens = new Set(t)
  }

  /** Changes what may change while it runs. */
  configure(o: LiveOptions): void {
    Object.assign(this.#options, o)
    this.#budget.limit = this.#options.budgetPerHour
  }

  handle(r: SimulatedRequest, now: number): SimulatedResponse {
    const request = { ...r, method: r.method.toUpperCase() }
    const where = asked(request.url)
    const fault = strike(this.#faults, request)
    let response: SimulatedResponse
    if (fault !== undefined && standsBefore(fault)) {
      response = instead(fault, { action: actionOf(where), scope: where.path, now })
    } else {
      response = request.method === 'OPTIONS' ? this.#preflight(request) : this.#gateway(request, where, now)
      if (fault !== undefined) response = spoil(fault, response, `${this.#options.origin}${request.url.replace(/^https?:\/\/[^/]*/i, '')}`)
    }
    this.#log.push({ method: request.method, url: request.url, status: response.status, at: now, ...(fault === undefined ? {} : { fault: fault.kind }) })
    if (this.#log.length > logLength) this.#log.splice(0, logLength / 10)
    return { ...response, headers: { ...this.#dressing(request, where, now), ...response.headers } }
  }

  #preflight(r: SimulatedRequest): SimulatedResponse {
    if (this.#options.allowOrigin === null) return { status: 204, headers: {}, body: '' }
    const wanted = r.headers['access-control-request-headers']
    return {
      status: 204, body: '',
      headers: {
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
        ...(wanted === undefined ? {} : { 'access-control-allow-headers': wanted }),
        'access-control-max-age': String(this.#options.preflightMaxAge),
      },
    }
  }

  /** The headers of every answer; a browser reads only what CORS exposes of them (AZURE.md §6, §10). */
  #dressing(r: SimulatedRequest, where: Asked, now: number): Record<string, string> {
    const { allowOrigin, exposeHeaders, seed } = this.#options
    const requestId = guidFrom(`${seed}/request/${this.#used++}`)
    const clientId = r.headers['x-ms-client-request-id']
    const region = this.#vaultOf(where.place)?.location ?? 'westeurope'
    return {
      'cache-control': 'no-cache', pragma: 'no-cache', expires: '-1', date: new Date(now).toUTCString(), server: 'Kestrel',
      'strict-transport-security': 'max-age=31536000; includeSubDomains', 'x-content-type-options': 'nosniff',
      'x-ms-request-id': requestId,
      'x-ms-correlation-request-id': r.headers['x-ms-correlation-request-id'] ?? requestId,
      'x-ms-routing-request-id': `${region.toUpperCase()}:${compactTime(now)}:${requestId}`,
      ...(clientId === undefined ? {} : { 'x-ms-client-request-id': clientId }),
      ...(allowOrigin === null ? {} : { 'access-control-allow-origin': allowOrigin }),
      ...(allowOrigin === null || allowOrigin === '*' ? {} : { vary: 'Origin' }),
      ...(allowOrigin === null || exposeHeaders.length === 0 ? {} : { 'access-control-expose-headers': exposeHeaders.join(', ') }),
    }
  }

  #vaultOf(place: VaultPath | undefined): World['vaults'][number] | undefined {
    if (place === undefined) return undefined
    const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
    return this.#world.vaults.find((v) => same(v.subscription, place.subscription) && same(v.group, place.group) && same(v.name, place.vault))
  }

  /** What ARM checks before the backup service sees a request. */
  #gateway(r: SimulatedRequest, where: Asked, now: number): SimulatedResponse {
    const { target, place, route } = where
    const refused = this.#authenticate(r, where, now)
    if (refused !== undefined) return refused
    const version = target.query.get('api-version')
    if (version === undefined || version === '') return errors.missingVersion()
    if (target.malformed) return errors.invalidVersion(version)
    if (isGraph(target.segments)) {
      if (!this.#options.resourceGraph) return errors.forbidden(graphAction, where.path)
      return visitGraph(this.#world, this.#graph, { request: r, version, now, origin: this.#options.origin })
    }
    const { origin, subscriptionPageSize, vaultPageSize } = this.#options
    const estate = visitEstate(this.#world, { segments: target.segments, method: r.method, query: target.query, path: where.path, origin, subscriptionPageSize, vaultPageSize })
    if (estate !== undefined) return estate
    const elsewhere = this.#otherProviders(r, where, now)
    if (elsewhere !== undefined) return elsewhere
    if (place === undefined) return errors.noSuchPath()
    const unknown = this.#unknownPlace(place)
    if (unknown !== undefined) return unknown
    const vault = this.#vaultOf(place)
    if (vault === undefined) return errors.unknownVault(place.vault, place.group)
    if (route === undefined) return errors.unknownType(`vaults${place.rest.map((s) => `/${s}`).join('')}`, version)
    if (!(supportedVersions as readonly string[]).includes(version)) return errors.unknownVersion(version, route.type, vault.location)
    if (r.method !== route.method) return errors.wrongMethod(r.method, route.method)
    const spent = route.method === 'GET' ? spend(this.#budget, vault.subscription, route.action, now) : undefined
    if (spent?.allowed === false) return errors.throttled(route.action, this.#budget.limit, spent.seconds, String(spent.seconds))
    const response = visit({
      world: this.#world, vault, route, form: formOf(version), query: target.query, subscriptions: place.subscriptions, path: where.path,
      origin: this.#options.origin, now, next: () => this.#used++, seed: this.#options.seed, ignoreFilter: this.#options.ignoreFilter,
      itemPageSize: this.#options.itemPageSize,
    })
    return { ...response, headers: { ...this.#remaining(spent?.remaining, route.method, vault.subscription, now), ...response.headers } }
  }

  /** Backup vaults and paired regions, which lie beside Recovery Services vaults. */
  #otherProviders(r: SimulatedRequest, where: Asked, now: number): SimulatedResponse | undefined {
    const { segments, query } = where.target
    const protection = backupVaultAction(segments)
    if (protection !== undefined) {
      const spent = r.method === 'GET' ? spend(this.#budget, protection.subscription, protection.action, now) : undefined
      if (spent?.allowed === false) return errors.throttled(protection.action, this.#budget.limit, spent.seconds, String(spent.seconds))
      const response = visitBackupVault(this.#world.backupVaults, { segments, method: r.method, query, path: where.path, origin: this.#options.origin, now, itemPageSize: this.#options.itemPageSize })
      return { ...response, headers: { ...this.#remaining(spent?.remaining, r.method, protection.subscription, now), ...response.headers } }
    }
    const region = regionPath(segments)
    if (region === undefined) return undefined
    const response = visitRegion(this.#world.crossRegion, this.#world.vaults.map((v) => v.subscription), {
      place: region, method: r.method, body: r.body, query, path: where.path, origin: this.#options.origin, now, ignoreFilter: this.#options.ignoreFilter,
    })
    return { ...response, headers: { ...this.#remaining(undefined, isRead(region) ? 'GET' : 'POST', region.subscription, now), ...response.headers } }
  }

  /** The budget's header takes the place of ARM's own counter (AZURE.md §7). */
  #remaining(left: number | undefined, method: string, subscription: string, now: number): Record<string, string> {
    if (method !== 'GET') {
      const spent = spend(this.#writes, subscription, 'write', now)
      return { 'x-ms-ratelimit-remaining-subscription-writes': String(spent.allowed ? (spent.remaining ?? 0) : 0) }
    }
    return left === undefined
      ? { 'x-ms-ratelimit-remaining-subscription-reads': '11999' }
      : { 'x-ms-ratelimit-remaining-subscription-resource-requests': String(left) }
  }

  #authenticate(r: SimulatedRequest, where: Asked, now: number): SimulatedResponse | undefined {
    const token = /^Bearer +(\S+)$/i.exec(r.headers['authorization'] ?? '')?.[1]
    if (token === undefined) return errors.missingToken()
    if (this.#tokens.has(token)) return undefined
    if (token === forbiddenToken) return isSubscriptionList(where.target.segments) && r.method === 'GET' ? noSubscriptions() : errors.forbidden(actionOf(where), where.path)
    if (token.startsWith('expired')) return errors.expiredToken(now)
    return token.startsWith('revoked') ? errors.revokedToken() : errors.invalidToken()
  }

  /** A subscription or resource group that holds none of our vaults. */
  #unknownPlace(place: VaultPath): SimulatedResponse | undefined {
    const here = this.#world.vaults.filter((v) => v.subscription.toLowerCase() === place.subscription.toLowerCase())
    if (here.length === 0) return errors.unknownSubscription(place.subscription)
    return here.some((v) => v.group.toLowerCase() === place.group.toLowerCase()) ? undefined : errors.unknownGroup(place.group)
  }
}
