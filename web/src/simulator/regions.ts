/** The regions of a subscription, and which are paired: there a vault's cross-region jobs are (ESTATE.md §1). */
import type { Json } from './format.ts'

interface Region { readonly name: string; readonly displayName: string; readonly group: string; readonly geography: string; readonly at: readonly [longitude: string, latitude: string]; readonly pair?: string }

const regions: readonly Region[] = [
  { name: 'westeurope', displayName: 'West Europe', group: 'Europe', geography: 'Europe', at: ['4.9', '52.3667'], pair: 'northeurope' },
  { name: 'northeurope', displayName: 'North Europe', group: 'Europe', geography: 'Europe', at: ['-6.2597', '53.3478'], pair: 'westeurope' },
  { name: 'germanywestcentral', displayName: 'Germany West Central', group: 'Europe', geography: 'Germany', at: ['8.682127', '50.110924'], pair: 'germanynorth' },
  { name: 'germanynorth', displayName: 'Germany North', group: 'Europe', geography: 'Germany', at: ['8.806422', '53.073635'], pair: 'germanywestcentral' },
  { name: 'uksouth', displayName: 'UK South', group: 'Europe', geography: 'United Kingdom', at: ['-0.799', '50.941'], pair: 'ukwest' },
  { name: 'ukwest', displayName: 'UK West', group: 'Europe', geography: 'United Kingdom', at: ['-3.084', '53.427'], pair: 'uksouth' },
  { name: 'eastus2', displayName: 'East US 2', group: 'US', geography: 'United States', at: ['-78.3889', '36.6681'], pair: 'centralus' },
  { name: 'centralus', displayName: 'Central US', group: 'US', geography: 'United States', at: ['-93.6208', '41.5908'], pair: 'eastus2' },
  { name: 'japaneast', displayName: 'Japan East', group: 'Asia Pacific', geography: 'Japan', at: ['139.77', '35.68'], pair: 'japanwest' },
  { name: 'japanwest', displayName: 'Japan West', group: 'Asia Pacific', geography: 'Japan', at: ['135.5022', '34.6939'], pair: 'japaneast' },
  { name: 'centralindia', displayName: 'Central India', group: 'Asia Pacific', geography: 'India', at: ['73.9197', '18.5822'], pair: 'southindia' },
  { name: 'southindia', displayName: 'South India', group: 'Asia Pacific', geography: 'India', at: ['80.1636', '12.9822'], pair: 'centralindia' },
  // Newer regions have no pair, and say so with an empty list.
  { name: 'polandcentral', displayName: 'Poland Central', group: 'Europe', geography: 'Poland', at: ['21.01', '52.23'] },
]

export function locationsBody(subscription: string): Json {
  const idOf = (name: string): string => `/subscriptions/${subscription}/locations/${name}`
  const physical = regions.map(({ name, displayName, group, geography, at: [longitude, latitude], pair }): Json => ({
    id: idOf(name), name, type: 'Region', displayName, regionalDisplayName: `(${group}) ${displayName}`,
    metadata: {
      regionType: 'Physical', regionCategory: 'Recommended', geography, geographyGroup: group, longitude, latitude, physicalLocation: displayName,
      pairedRegion: pair === undefined ? [] : [{ name: pair, id: idOf(pair) }],
    },
  }))
  // A name for several regions: no place, and no word of a pair.
  const logical: Json = { id: idOf('europe'), name: 'europe', type: 'Region', displayName: 'Europe', regionalDisplayName: 'Europe', metadata: { regionType: 'Logical', regionCategory: 'Other', geographyGroup: 'Europe' } }
  return { value: [...physical, logical] }
}
