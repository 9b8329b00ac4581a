/** How the service writes times, durations, ids and JSON. */

/** A hundred nanoseconds, .NET's unit: what the fourth to seventh fractional digits count. */
const ticksPerMs = 10_000
const ticksAtUnixEpoch = 621_355_968_000_000_000n

/** "Not yet": the sentinel the service writes, without a zone (AZURE.md §3, §4.3.5). */
export const noTime = '0001-01-01T00:00:00'

const two = (n: number): string => String(n).padStart(2, '0')

function fraction(ms: number, ticks: number): string {
  const digits = String(ms * ticksPerMs + ticks).padStart(7, '0').replace(/0+$/, '')
  return digits === '' ? '' : `.${digits}`
}

/** Moves whole milliseconds out of the ticks, so that both parts stay exact in a double. */
function normalized(ms: number, ticks: number): [ms: number, ticks: number] {
  const carry = Math.floor(ticks / ticksPerMs)
  return [ms + carry, ticks - carry * ticksPerMs]
}

/** `2024-04-28T06:40:21.5633824Z`: up to seven digits, trailing zeros trimmed (AZURE.md §4.3.11). */
export function instant(atMs: number, ticks = 0): string {
  const [ms, rest] = normalized(Math.floor(atMs), ticks)
  const text = new Date(ms).toISOString()
  const inSecond = ((ms % 1000) + 1000) % 1000
  return `${text.slice(0, 19)}${fraction(inSecond, rest)}Z`
}

interface DurationParts { days: number; hours: number; minutes: number; seconds: number; ms: number; ticks: number }

function partsOf(durationMs: number, ticks: number): DurationParts {
  const [ms, rest] = normalized(Math.floor(durationMs), ticks)
  if (ms < 0) return { days: 0, hours: 0, minutes: 0, seconds: 0, ms: 0, ticks: 0 }
  const s = Math.floor(ms / 1000)
  return {
    days: Math.floor(s / 86_400), hours: Math.floor(s / 3600) % 24, minutes: Math.floor(s / 60) % 60, seconds: s % 60,
    ms: ms % 1000, ticks: rest,
  }
}

/** `PT41M14.6535048S`, the form of 2017-07-01 and later; minutes of zero are left out (AZURE.md §4.3.1). */
export function isoDuration(durationMs: number, ticks = 0): string {
  const p = partsOf(durationMs, ticks)
  const f = fraction(p.ms, p.ticks)
  const date = p.days > 0 ? `P${p.days}DT` : 'PT'
  const seconds = p.seconds > 0 || f !== '' ? `${p.seconds}${f}S` : ''
  const text = `${date}${p.hours > 0 ? `${p.hours}H` : ''}${p.minutes > 0 ? `${p.minutes}M` : ''}${seconds}`
  return text === 'PT' ? 'PT0S' : text.replace(/T$/, '')
}

/** `00:20:23.0896697`, .NET's TimeSpan, the form up to 2016-12-01: seven digits or none. */
export function timeSpan(durationMs: number, ticks = 0): string {
  const p = partsOf(durationMs, ticks)
  const below = p.ms * ticksPerMs + p.ticks
  const days = p.days > 0 ? `${p.days}.` : ''
  return `${days}${two(p.hours)}:${two(p.minutes)}:${two(p.seconds)}${below > 0 ? `.${String(below).padStart(7, '0')}` : ''}`
}

/** `8/16/2026 8:03:31 AM`: the locale-formatted dates inside property bags (AZURE.md §4.3.15). */
export function usDate(atMs: number): string {
  const d = new Date(atMs)
  const hour = d.getUTCHours()
  return `${d.getUTCMonth() + 1}/${d.getUTCDate()}/${d.getUTCFullYear()} ${hour % 12 || 12}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`
}

/** `20260816T080331Z`, as routing ids and gateway diagnostics write it. */
export const compactTime = (atMs: number): string => new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '')

export const dotNetTicks = (atMs: number): string => String(BigInt(Math.floor(atMs)) * 10_000n + ticksAtUnixEpoch)

/** An avalanche: another number for each number. */
export function mixed(n: number): number {
  let h = Math.imul(n ^ (n >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A small stable hash (FNV-1a with an avalanche), the only source of "chance" here. */
export function hash32(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mixed(h)
}

export function guidFrom(text: string): string {
  const hex = [0, 1, 2, 3].map((n) => hash32(`${n}/${text}`).toString(16).padStart(8, '0')).join('')
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8'
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const base64Url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Filler that looks like base64url. */
export function filler(seed: string, length: number): string {
  let text = ''
  for (let i = 0; text.length < length; i++) {
    for (let h = hash32(`${seed}#${i}`), k = 0; k < 5; k++, h >>>= 6) text += base64Url.charAt(h & 63)
  }
  return text.slice(0, length)
}

/** A JSON value, with floats that keep their `.0` as .NET writes them (`50.0`, AZURE.md §4.5). */
export interface Float { readonly float: number }
export type Json = string | number | boolean | null | Float | readonly Json[] | { readonly [key: string]: Json | undefined }

/** As JSON.stringify writes it: inside a string the quotes would be escaped. */
const floats = /\{"float":([^"{}]+)\}/g

export function stringify(value: Json): string {
  return JSON.stringify(value).replace(floats, (_, text: string) => (Number.isInteger(Number(text)) ? `${text}.0` : text))
}
