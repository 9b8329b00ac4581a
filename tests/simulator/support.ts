/** What the simulator's tests share: one instance at a fixed time, and short ways to ask it. */
import { mainVault, Simulator, vaultId, type Sample, type SimulatedResponse, type SimulatorOptions } from '../../web/src/simulator/index.ts'

export const t0 = Date.UTC(2026, 7, 16, 8, 0, 0)
export const origin = 'https://arm.simulated.example'
export const version = '2025-02-01'
export const vault = vaultId(mainVault)
export const s = (n: number): number => n * 1000
export const min = (n: number): number => n * 60_000

export const newSimulator = (o: Partial<SimulatorOptions> = {}): Simulator => new Simulator({ origin, startedAt: t0, ...o })

export interface Options { method?: string; token?: string | null; headers?: Record<string, string>; body?: string }

export function ask(sim: Simulator, url: string, now: number, o: Options = {}): SimulatedResponse {
  const token = o.token === undefined ? 'simulated-token' : o.token
  return sim.handle({
    method: o.method ?? 'GET', url: url.replace(origin, ''), body: o.body ?? '',
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...o.headers },
  }, now)
}

// Bodies are read as a client would: without types.
export const json = (r: SimulatedResponse): any => JSON.parse(r.body as string)

export const withVersion = (path: string, v = version): string => `${path}${path.includes('?') ? '&' : '?'}api-version=${v}`

export function sample(sim: Simulator, key: string): Sample {
  const found = sim.samples().find((x) => x.key === key)
  if (found === undefined) throw new Error(`no sample ${key}`)
  return found
}

/** The path of a sample's job or operation, whatever form the sample has. */
export function pathOf(x: Sample): string {
  if (x.text.startsWith('{')) return `${x.vault}/backupJobs/${JSON.parse(x.text).properties.jobId}`
  if (x.text.startsWith(origin)) return x.text.slice(origin.length)
  return x.text.startsWith('/') ? x.text : `${x.vault}/backupJobs/${x.text}`
}

/** Follows a sample to its job's path; an operation is asked until it is done. */
export function jobPath(sim: Simulator, key: string, now: number): string {
  const path = pathOf(sample(sim, key))
  if (!path.includes('/backupOperations/')) return path
  ask(sim, path, now)
  const { properties } = json(ask(sim, path, now + s(10)))
  return `${vault}/backupJobs/${properties.jobId ?? properties.jobIds[0]}`
}

export const getJob = (sim: Simulator, path: string, now: number, v = version): any => json(ask(sim, withVersion(path, v), now))
