/** The list of a vault's protected items: its filter and its pages (ESTATE.md §2.1). */
import { answer, serviceError } from './errors.ts'
import { itemBody, type ItemContext } from './item_body.ts'
import { itemsIn, policyOf, type ProtectedItem } from './items.ts'
import { vaultId, type Vault } from './jobs.ts'
import { pageAfter } from './paging.ts'
import type { SimulatedResponse } from './types.ts'
import type { World } from './world.ts'

/** Older versions are refused by the service itself, and nothing but the text tells which are not (§6). */
const oldest = '2019-05-13'

/** By lower-case key. */
export type ItemFilter = ReadonlyMap<string, string>

/** The combinations that were recorded as accepted. */
const accepted = ['', 'backupmanagementtype', 'backupmanagementtype itemtype', 'policyname']

/** Undefined: not understood, the service answers 400. */
export function parseItemFilter(text: string): ItemFilter | undefined {
  const filter = new Map<string, string>()
  if (text.trim() === '') return filter
  for (const clause of text.trim().split(/\s+and\s+(?=[^']*(?:'[^']*'[^']*)*$)/i)) {
    const [, key, value] = /^(\w+)\s+eq\s+'([^']*)'$/i.exec(clause) ?? []
    if (key === undefined || value === undefined || filter.has(key.toLowerCase())) return undefined
    filter.set(key.toLowerCase(), value.toLowerCase())
  }
  return accepted.includes([...filter.keys()].sort().join(' ')) ? filter : undefined
}

const fits = (filter: ItemFilter, item: ProtectedItem): boolean => {
  const told: Record<string, string | undefined> = { backupmanagementtype: item.identity.management, itemtype: item.identity.workload, policyname: policyOf(item) }
  return [...filter].every(([key, value]) => told[key]?.toLowerCase() === value)
}

export interface ItemsAsked extends ItemContext { vault: Vault; query: Map<string, string>; pageSize: number; ignoreFilter: boolean }

export function listItems(world: World, r: ItemsAsked): SimulatedResponse {
  if (r.version < oldest) {
    return serviceError(400, 'BMSUserErrorInvalidAPIVersionMABProtectedItemsList', `Invalid API version for GetBackupProtectedItems.\r\nPlease user api version ${oldest} or higher.`)
  }
  const filterText = r.ignoreFilter ? '' : (r.query.get('$filter') ?? '')
  const filter = parseItemFilter(filterText)
  if (filter === undefined) return serviceError(400, 'BMSUserErrorInvalidInput', 'Input provided for the call is invalid\r\nPlease check the required inputs')
  const found = pageAfter(itemsIn(world, r.vault, r.now).filter((item) => fits(filter, item)), r.query.get('$skiptoken'), r.pageSize)
  if (found === undefined) return serviceError(400, 'BMSUserErrorInvalidInput', 'The skip token is invalid.')
  const value = found.page.map((item) => itemBody(item, r))
  if (found.next === undefined) return answer(200, { value })
  const filterPart = filterText === '' ? '' : `&$filter=${encodeURIComponent(filterText)}`
  const base = vaultId(r.vault).replace(/^\/subscriptions/, `/${r.subscriptions}`)
  return answer(200, { value, nextLink: `${r.origin}${base}/backupProtectedItems?api-version=${r.version}${filterPart}&$skipToken=${found.next}` })
}
