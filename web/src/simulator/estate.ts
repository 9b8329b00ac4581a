/** The estate: which subscriptions the caller sees, and which vaults lie in them (ESTATE.md §1). */
import { backupVaultVersions, unknownBackupVault } from './backup_vaults.ts'
import { backupVaultId, type BackupVault } from './backup_vault_jobs.ts'
import { answer, gatewayError, invalidVersion, resourcesVersions, tenant, unknownGroup, unknownSubscription, unknownVault, unknownVersion, wrongMethod } from './errors.ts'
import { guidFrom, hash32, instant, type Json } from './format.ts'
import { vaultId, type Vault } from './jobs.ts'
import { pageAfter } from './paging.ts'
import { locationsBody } from './regions.ts'
import type { SimulatedResponse } from './types.ts'
import type { Subscription, World } from './world.ts'

/** Of the vault itself; what lies below it has versions of its own. */
export const vaultVersions = ['2016-06-01', '2021-08-01', '2023-02-01', '2024-04-01', '2025-02-01', '2025-08-01'] as const

const is = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase()

export const isSubscriptionList = (segments: readonly string[]): boolean => segments.length === 1 && is(segments[0], 'subscriptions')

const isLocations = (segments: readonly string[]): boolean => segments.length === 3 && is(segments[0], 'subscriptions') && is(segments[2], 'locations')

/** The actions of what is no resource provider's own. */
export const estateAction = (segments: readonly string[]): string | undefined =>
  isSubscriptionList(segments) ? 'Microsoft.Resources/subscriptions/read' : isLocations(segments) ? 'Microsoft.Resources/subscriptions/locations/read' : undefined

/** Where vaults are asked for: in a subscription, in a group, or one by its name. */
interface Place { subscription: string; group: string | undefined; name: string | undefined; protection: boolean }

/** Undefined where a path leads to no vault, or below one. */
function placeOf(segments: readonly string[]): Place | undefined {
  const at = is(segments[2], 'providers') ? 3 : is(segments[2], 'resourceGroups') && is(segments[4], 'providers') ? 5 : 0
  if (at === 0 || !is(segments[0], 'subscriptions')) return undefined
  const [provider, type, name, ...more] = segments.slice(at)
  const protection = is(provider, 'Microsoft.DataProtection') && is(type, 'backupVaults')
  if (!protection && !(is(provider, 'Microsoft.RecoveryServices') && is(type, 'vaults'))) return undefined
  // A vault has no id without its group.
  if (more.length > 0 || (name !== undefined && at === 3)) return undefined
  return { subscription: segments[1] ?? '', group: at === 5 ? segments[3] : undefined, name, protection }
}

export interface EstateAsked {
  segments: readonly string[]
  method: string
  query: Map<string, string>
  path: string
  origin: string
  subscriptionPageSize: number
  vaultPageSize: number
}

const subscriptionBody = ({ id, displayName, state }: Subscription): Json => ({
  id: `/subscriptions/${id}`, authorizationSource: 'RoleBased', managedByTenants: [], subscriptionId: id, tenantId: tenant, displayName, state,
  subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'EnterpriseAgreement_2014-09-01', spendingLimit: 'Off' },
})

const madeAt = (name: string): number => Date.UTC(2024, 1, 1) + (hash32(`made/${name}`) % 31_000_000) * 1000

/** Lists were often recorded without redundancySettings, so some are here: a client cannot count on them. */
export function vaultBody(world: World, vault: Vault, listed: boolean): Json {
  const crosses = world.crossRegion.jobs.some(({ record }) => record.plan.vault === vault)
  const redundancy: Json = { standardTierStorageRedundancy: crosses ? 'GeoRedundant' : 'LocallyRedundant', crossRegionRestore: crosses ? 'Enabled' : 'Disabled' }
  return {
    location: vault.location, name: vault.name, etag: `W/"datetime'${encodeURIComponent(instant(madeAt(vault.name), 3517))}'"`,
    properties: {
      provisioningState: 'Succeeded', privateEndpointStateForBackup: 'None', privateEndpointStateForSiteRecovery: 'None',
      redundancySettings: listed && !crosses && hash32(vault.name) % 3 !== 0 ? undefined : redundancy,
      securitySettings: { softDeleteSettings: { softDeleteState: 'Enabled', softDeleteRetentionPeriodInDays: 14 } },
      publicNetworkAccess: 'Enabled', bcdrSecurityLevel: 'Poor', secureScore: 'Minimum',
    },
    id: vaultId(vault), type: 'Microsoft.RecoveryServices/vaults', sku: { name: 'RS0', tier: 'Standard' },
  }
}

/** Its type is spelled otherwise than in its own id. */
export const backupVaultBody = (vault: BackupVault): Json => ({
  location: vault.location, identity: { type: 'SystemAssigned', principalId: guidFrom(`identity/${vault.name}`), tenantId: tenant },
  properties: {
    provisioningState: 'Succeeded', storageSettings: [{ datastoreType: 'VaultStore', type: 'LocallyRedundant' }], resourceMoveState: 'Unknown',
    securitySettings: { softDeleteSettings: { state: 'On', retentionDurationInDays: 14 }, immutabilitySettings: { state: 'Disabled' } },
    featureSettings: { crossSubscriptionRestoreSettings: { state: 'Enabled' } }, isVaultProtectedByResourceGuard: false,
  },
  id: backupVaultId(vault), name: vault.name, type: 'Microsoft.DataProtection/BackupVaults',
})

interface Listed { readonly key: string; readonly body: () => Json }

/** `path`: the list's own, which its next page repeats. No nextLink at all on the last page. */
function page(all: readonly Listed[], r: EstateAsked, path: string, size: number): SimulatedResponse {
  const sorted = [...all].sort((a, b) => (a.key < b.key ? -1 : 1))
  const found = pageAfter(sorted, r.query.get('$skiptoken'), size)
  if (found === undefined) return gatewayError(400, 'InvalidSkipToken', "The value for '$skiptoken' is invalid.")
  const next = found.next === undefined ? {} : { nextLink: `${r.origin}${path}?api-version=${r.query.get('api-version')}&$skiptoken=${found.next}` }
  return answer(200, { value: found.page.map(({ body }) => body()), ...next })
}

/** 610, 180 and 51 vaults were recorded on three pages of one list: the length of a page says nothing. */
function unevenSize(first: number, token: string | undefined): number {
  return token === undefined || token === '' ? first : Math.max(1, Math.floor((first * (8 + (hash32(token) % 30))) / 100))
}

function vaultsOf(world: World, place: Place): Listed[] {
  const here = (v: { subscription: string; group: string; name: string }): boolean =>
    is(v.subscription, place.subscription) && (place.group === undefined || is(v.group, place.group)) && (place.name === undefined || is(v.name, place.name))
  const listed = place.name === undefined
  return place.protection
    ? world.backupVaults.vaults.filter(here).map((v) => ({ key: backupVaultId(v).toLowerCase(), body: () => backupVaultBody(v) }))
    : world.vaults.filter(here).map((v) => ({ key: vaultId(v).toLowerCase(), body: () => vaultBody(world, v, listed) }))
}

/** ARM's own counters: nothing shows that a provider limits these reads. */
const reads = (of: 'tenant' | 'subscription'): Record<string, string> => ({ [`x-ms-ratelimit-remaining-${of}-reads`]: '11999' })

function vaults(world: World, r: EstateAsked, place: Place): SimulatedResponse {
  if (!world.subscriptions.some(({ id }) => is(id, place.subscription))) return unknownSubscription(place.subscription)
  const groups = [...world.vaults, ...world.backupVaults.vaults].filter((v) => is(v.subscription, place.subscription)).map(({ group }) => group)
  if (place.group !== undefined && !groups.some((group) => is(group, place.group ?? ''))) return unknownGroup(place.group)
  const found = vaultsOf(world, place)
  if (place.name !== undefined && found.length === 0) return (place.protection ? unknownBackupVault : unknownVault)(place.name, place.group ?? '')
  const version = r.query.get('api-version') ?? ''
  const known: readonly string[] = place.protection ? backupVaultVersions : vaultVersions
  if (!known.includes(version)) return unknownVersion(version, place.protection ? 'backupVaults' : 'vaults', 'westeurope', known)
  if (r.method !== 'GET') return wrongMethod(r.method, 'GET')
  if (place.name !== undefined) return answer(200, found[0]?.body(), reads('subscription'))
  const response = page(found, r, encodeURI(r.path), unevenSize(r.vaultPageSize, r.query.get('$skiptoken')))
  return { ...response, headers: { ...reads('subscription'), ...response.headers } }
}

/** Who has a role nowhere sees no subscription, and is not refused. */
export const noSubscriptions = (): SimulatedResponse => answer(200, { value: [] }, reads('tenant'))

/** In one piece: this list has no pages. */
function locations(world: World, r: EstateAsked): SimulatedResponse {
  const [, asked = ''] = r.segments
  const subscription = world.subscriptions.find(({ id }) => is(id, asked))
  if (subscription === undefined) return unknownSubscription(asked)
  return refusedByArm(r) ?? answer(200, locationsBody(subscription.id), reads('subscription'))
}

/** Of ARM's own routes. */
function refusedByArm(r: EstateAsked): SimulatedResponse | undefined {
  const version = r.query.get('api-version') ?? ''
  if (!resourcesVersions.includes(version)) return invalidVersion(version)
  return r.method === 'GET' ? undefined : wrongMethod(r.method, 'GET')
}

/** Undefined where a request is for something else. */
export function visitEstate(world: World, r: EstateAsked): SimulatedResponse | undefined {
  if (isSubscriptionList(r.segments)) {
    const refused = refusedByArm(r)
    if (refused !== undefined) return refused
    const response = page(world.subscriptions.map((s) => ({ key: s.id.toLowerCase(), body: () => subscriptionBody(s) })), r, '/subscriptions', r.subscriptionPageSize)
    return { ...response, headers: { ...reads('tenant'), ...response.headers } }
  }
  if (isLocations(r.segments)) return locations(world, r)
  const place = placeOf(r.segments)
  return place && vaults(world, r, place)
}
