/**
 * Bodies as names and JSON types, to hold what the simulator emits to what was recorded.
 * The recordings lie outside the repository; without them the tests that need them are skipped.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const corpus = process.env['CORPUS'] ?? resolve(process.cwd(), '../shared/corpus')
const index = join(corpus, 'index.json')
export const skip = existsSync(index) ? false : `no recorded bodies at ${corpus}; set CORPUS`

export interface Row { file: string; kind: string; apiVersion: string; httpStatus: number; jobType?: string; jobStatus?: string }

let rows: Row[] | undefined
export const recordings = (...kinds: string[]): Row[] =>
  (rows ??= JSON.parse(readFileSync(index, 'utf8')) as Row[]).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))

const read = new Map<string, any>()

function parsed(file: string): any {
  try {
    const { response } = JSON.parse(readFileSync(join(corpus, file), 'utf8')) as { response: { bodyText?: string } }
    return JSON.parse((response.bodyText ?? '').replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** Undefined where there is no JSON. */
export function bodyOf({ file }: Row): any {
  if (!read.has(file)) read.set(file, parsed(file))
  return read.get(file)
}

/** The bodies of the specification's examples. */
export function* examples(folder: string, name: RegExp = /./): Generator<any> {
  for (const file of readdirSync(join(corpus, folder))) {
    if (!name.test(file)) continue
    const { responses } = JSON.parse(readFileSync(join(corpus, folder, file), 'utf8')) as { responses?: Record<string, { body?: unknown }> }
    for (const { body } of Object.values(responses ?? {})) if (body !== undefined) yield body
  }
}

/** By path (`.properties.errorDetails[].code`), the JSON types seen there. */
export type Shapes = Map<string, Set<string>>

/** Maps of names to texts: their keys are data. */
const map = /(propertyBag|additionalDetails|failedJobsError|innerError\.additionalInfo|(errorDetails\[\]|warning|\.info)\.properties)$/i

/** An error may hold its like: its inside is one path however deep. */
const folded = (path: string): string => path.replace(/(errorDetails\[\]|warning|info)(\.details\[\])+/g, '$1').replace(/(\.embeddedInnerError)+/g, '')

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

export function shapesOf(value: unknown, into: Shapes = new Map(), at = ''): Shapes {
  const path = folded(at)
  const type = typeOf(value)
  into.set(path, (into.get(path) ?? new Set()).add(type))
  if (Array.isArray(value)) for (const v of value) shapesOf(v, into, `${at}[]`)
  else if (type === 'object') for (const [k, v] of Object.entries(value as object)) shapesOf(v, into, map.test(path) ? `${at}{}` : `${at}.${k}`)
  return into
}

export function recorded(...kinds: string[]): Shapes {
  const known: Shapes = new Map()
  for (const row of recordings(...kinds)) {
    const body = row.httpStatus === 200 ? bodyOf(row) : undefined
    if (body !== undefined) shapesOf(body, known)
  }
  return known
}

/** Adds what a table of the specification declares: a path and its types, parted by blanks. */
export function declare(known: Shapes, table: Record<string, string>): Shapes {
  for (const [path, types] of Object.entries(table)) for (const type of types.split(' ')) known.set(path, (known.get(path) ?? new Set()).add(type))
  return known
}

/** What is sent that was never seen: a name, or a name with a value of another type. */
export function strangers(value: unknown, known: Shapes): string[] {
  return [...shapesOf(value)].flatMap(([path, types]) => [...types].filter((t) => !known.get(path)?.has(t)).map((t) => `${path}: ${t}`)).sort()
}

/** The paths that every one of these bodies has; what lies in arrays may be absent where they are empty. */
export function always(bodies: Iterable<unknown>): string[] {
  let common: Set<string> | undefined
  for (const body of bodies) {
    const paths = new Set([...shapesOf(body).keys()].filter((path) => !/[[{]/.test(path)))
    common = common === undefined ? paths : new Set([...common].filter((path) => paths.has(path)))
  }
  return [...(common ?? [])].sort()
}
