/** What goes into and comes out of the simulator. All times are simulated milliseconds since the epoch. */

export interface SimulatedRequest {
  method: string
  /** Path and query, as received. */
  url: string
  /** Lower-case names. */
  headers: Record<string, string>
  body: string
}

/** What the wire does to an answer. A host applies it; the core only asks for it. */
export interface WireEffects {
  /** Real time before the first byte. */
  delayMs?: number
  /** Real time between the headers and the body. */
  bodyDelayMs?: number
  /** Promise the whole body, send this many bytes of it, then break the connection. */
  truncateAt?: number
  /** Break the connection without an answer. */
  drop?: 'before-headers'
  /** Never answer. */
  hang?: boolean
  dripMsPerByte?: number
}

export interface SimulatedResponse {
  status: number
  /** Lower-case names. */
  headers: Record<string, string>
  body: string | Uint8Array
  wire?: WireEffects
}

/** Something a user could paste to begin with. */
export interface Sample {
  key: string
  title: string
  detail: string
  /** The text to paste: a URL, a resource id, a guid or an operation's final JSON. */
  text: string
  /** The vault's resource id, where the text alone does not tell it. */
  vault?: string
}

/** How large an estate is. */
export interface Fleet {
  subscriptions: number
  /** Recovery Services vaults; for every ten there is a Backup vault more. */
  vaults: number
  /** Begun in the two weeks before the beginning; in the day after it more begin. */
  jobs: number
}

export interface SimulatorOptions {
  /** The simulator's own origin, for the links it hands out. */
  origin: string
  startedAt: number
  /** Bearer tokens it accepts; default `['simulated-token']`. */
  tokens?: string[]
  /** Default none: nothing documents that ARM exposes headers to scripts (AZURE.md §10). */
  exposeHeaders?: string[]
  /** Default `'*'`; null sends no CORS header at all. */
  allowOrigin?: string | null
  /** Seconds; default 600. */
  preflightMaxAge?: number
  /** Reads of one action an hour; default 150, Infinity switches the budget off (AZURE.md §7). */
  budgetPerHour?: number
  /** Lists come as if there were no $filter: what users report of filters that are not understood (§2.1). */
  ignoreFilter?: boolean
  /** Whether the caller may ask Azure Resource Graph; default true. */
  resourceGraph?: boolean
  /** Protected items on a page, and instances; default 200: no page of them was ever seen to be followed by another (ESTATE.md §2.1). */
  itemPageSize?: number
  /** Subscriptions on a page; default 1000. */
  subscriptionPageSize?: number
  /** Vaults on the first page of a list, of which the later ones have fewer; default 20 (ESTATE.md §1). */
  vaultPageSize?: number
  /** With a vault that holds a few thousand jobs; default false. */
  busy?: boolean
  /** With an estate beside the rest; default none. */
  fleet?: Fleet
  seed?: number
}

/** The options that may change while the simulator runs. */
export type LiveOptions = Partial<Pick<SimulatorOptions, 'exposeHeaders' | 'allowOrigin' | 'preflightMaxAge' | 'budgetPerHour' | 'ignoreFilter' | 'itemPageSize' | 'subscriptionPageSize' | 'vaultPageSize' | 'resourceGraph'>>

export interface LoggedRequest {
  method: string
  url: string
  status: number
  at: number
  /** The kind of the fault that shaped the answer, if one did. */
  fault?: string
}

export type FaultAnswer =
  | {
      kind: 'status'
      status: number
      /** Absent: ARM's own body for that status. */
      body?: string
      headers?: Record<string, string>
      /** 429 only: the seconds its message names; default 60. */
      seconds?: number
      /** 429 and 503: the Retry-After text; null leaves the header out, absent gives the seconds. */
      retryAfter?: string | null
    }
  | { kind: 'truncate'; at: number }
  | { kind: 'invalid-json' }
  | { kind: 'empty' }
  | { kind: 'invalid-utf8' }
  | { kind: 'html' }
  | { kind: 'hang' }
  | { kind: 'slow'; ms: number }
  | { kind: 'drip'; msPerByte: number }
  | { kind: 'drop' }
  /** Another body in the otherwise normal answer. */
  | { kind: 'body'; body: string }
  | { kind: 'delay-body'; ms: number }
  /** A list page that links there next; absent: to itself, a loop. */
  | { kind: 'next-link'; url?: string }

export interface Fault {
  /** Absent: every method but OPTIONS. */
  method?: string
  /** A part of the path and query, in any case. */
  path?: string
  /** How often it strikes; default 1, -1 for ever. */
  times?: number
  /** How many matching requests pass first. */
  skip?: number
  answer: FaultAnswer
}
