/** Skip tokens: where a list's next page begins, in a form that means nothing to a client. */
import type { Json } from './format.ts'

// Names may hold anything, base64 only Latin-1.
export const toToken = (at: Json): string => btoa(encodeURIComponent(JSON.stringify(at))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')

/** Undefined for what was never handed out. */
export function fromToken(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(atob(text.replace(/-/g, '+').replace(/_/g, '/'))))
  } catch {
    return undefined
  }
}

export interface Page<T> { page: readonly T[]; next: string | undefined }

/** The page after a key, of what is sorted by it: it stays the same page when others come and go. Undefined: a token of nobody's. */
export function pageAfter<T extends { readonly key: string }>(sorted: readonly T[], token: string | undefined, size: number): Page<T> | undefined {
  const after = token === undefined || token === '' ? '' : fromToken(token)
  if (typeof after !== 'string') return undefined
  const rest = sorted.filter(({ key }) => key > after)
  const page = rest.slice(0, Math.max(1, size))
  const last = page[page.length - 1]
  return { page, next: last !== undefined && page.length < rest.length ? toToken(last.key) : undefined }
}
