/** The page's own settings: config.json beside it, where there is one. The endpoint comes from here and never from the page's URL. */
import { defaultEndpoint } from '../engine/index.ts';

export interface Sample {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly text: string;
  readonly vault?: string;
}

export interface Config {
  readonly endpoint: string;
  readonly pollEvery?: { readonly floor?: number; readonly ceiling?: number };
  readonly requestsPerHour?: number;
  /** Set where the endpoint is a simulator: no real token is wanted then. */
  readonly simulated?: { readonly speed: number; readonly token: string; readonly samples: readonly Sample[]; readonly vaults?: readonly string[] };
}

export async function readConfig(): Promise<Config> {
  try {
    const response = await globalThis.fetch(new URL('config.json', document.baseURI));
    if (response.ok) return { endpoint: defaultEndpoint, ...((await response.json()) as Partial<Config>) };
  } catch {
    // No settings, or none that can be read: the public cloud.
  }
  return { endpoint: defaultEndpoint };
}
