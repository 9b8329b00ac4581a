/** The part of Resource Graph's query language that clients of vaults, items and jobs need; any other query is refused. */

/** Lower-case types in each table: those of one table are not found in the other (ESTATE.md §3). */
export const graphTypes = {
  vault: 'microsoft.recoveryservices/vaults',
  backupVault: 'microsoft.dataprotection/backupvaults',
  item: 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems',
  instance: 'microsoft.dataprotection/backupvaults/backupinstances',
  job: 'microsoft.recoveryservices/vaults/backupjobs',
  backupVaultJob: 'microsoft.dataprotection/backupvaults/backupjobs',
} as const

export type GraphKind = keyof typeof graphTypes

const tables: Record<string, readonly GraphKind[]> = {
  resources: ['vault', 'backupVault'],
  recoveryservicesresources: ['item', 'instance', 'job', 'backupVaultJob'],
}

export interface GraphQuery {
  readonly kinds: ReadonlySet<GraphKind>
  /** Bounds of properties.startTime: what has none is not found by them. */
  readonly from: number | undefined
  readonly to: number | undefined
  /** What ids begin with, in lower case. */
  readonly under: string
  /** Absent: all columns. */
  readonly projects: readonly string[] | undefined
}

/** Undefined for what is not understood. */
export function parseQuery(text: string): GraphQuery | undefined {
  const [table = '', ...pipes] = text.split('|').map((part) => part.trim())
  const held = tables[table.toLowerCase()]
  if (held === undefined) return undefined
  const types: string[] = []
  let under = ''
  let projects: string[] | undefined
  const bounds: { from?: number; to?: number } = {}
  for (const pipe of pipes) {
    const project = /^project ([\w, ]+)$/i.exec(pipe)
    if (project?.[1] !== undefined) projects = project[1].split(',').map((name) => name.trim())
    else if (/^where /i.test(pipe)) {
      for (const clause of pipe.slice(6).split(/ and /i)) {
        const one = /^type =~ '([^']+)'$/i.exec(clause)
        const several = /^type in~ \(([^)]+)\)$/i.exec(clause)
        const bound = /^todatetime\(properties\.startTime\) (>=|<=) datetime\(([^)]+)\)$/i.exec(clause)
        const begins = /^id startswith '([^']+)'$/i.exec(clause)
        if (one?.[1] !== undefined) types.push(one[1].toLowerCase())
        else if (several?.[1] !== undefined) types.push(...several[1].split(',').map((type) => type.trim().replace(/^'|'$/g, '').toLowerCase()))
        else if (begins?.[1] !== undefined) under = begins[1].toLowerCase()
        else if (bound?.[2] !== undefined && !Number.isNaN(Date.parse(bound[2]))) bounds[bound[1] === '>=' ? 'from' : 'to'] = Date.parse(bound[2])
        else return undefined
      }
    } else if (!/^order by id(?: asc)?$/i.test(pipe)) return undefined
  }
  return { kinds: new Set(held.filter((kind) => types.includes(graphTypes[kind]))), from: bounds.from, to: bounds.to, under, projects }
}
