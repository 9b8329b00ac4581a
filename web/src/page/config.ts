/** The page's own settings: config.json beside it, where there is one; in the one-file page they are inside, as JSON. The endpoint comes from here and never from the page's URL. */
import { defaultEndpoint } from '../engine/api.ts';

export interface Sample {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly text: string;
  readonly vault?: string;
}

/** An app registration of the kind "single-page application", whose redirect URI is this page's address without query and hash. */
export interface SignInConfig {
  readonly clientId: string;
  /** Id or domain of the tenant. Default: any organisation's. */
  readonly tenantId?: string;
  /** Whole URL of who signs people in, where it does not follow from the endpoint. https only. */
  readonly authority?: string;
  /** Default: the endpoint's `user_impersonation`. */
  readonly scopes?: readonly string[];
  /** Default: the page's address without query and hash. */
  readonly redirectUri?: string;
  /** 'OIDC': the authority is not Entra, but another OpenID Connect provider. */
  readonly protocol?: 'AAD' | 'OIDC';
}

export interface Config {
  readonly endpoint: string;
  /** Without it, tokens are pasted. */
  readonly signIn?: SignInConfig;
  readonly pollEvery?: { readonly floor?: number; readonly ceiling?: number };
  readonly requestsPerHour?: number;
  /** It is the one-file page: a token is pasted there; there is neither a demo nor a sign-in. */
  readonly oneFile: boolean;
  /** Set where the endpoint is a simulator: no real token is wanted then. */
  readonly simulated?: { readonly speed: number; readonly demo?: boolean; readonly token: string; readonly samples: readonly Sample[]; readonly vaults?: readonly string[] };
}

/** Without settings it is the public cloud's. Rejects where there are some that cannot be read: they may name another cloud. */
export async function readConfig(): Promise<Config> {
  try {
    return { endpoint: defaultEndpoint, ...(ONE_FILE ? settingsInside() : await settingsBeside()), oneFile: ONE_FILE };
  } catch (error) {
    throw new Error(`config.json: ${error instanceof Error ? error.message : ''}`);
  }
}

async function settingsBeside(): Promise<Partial<Config>> {
  const response = await globalThis.fetch(new URL('config.json', document.baseURI));
  if (response.status === 404) return {};
  if (!response.ok) throw new Error(`${response.status}`);
  return (await response.json()) as Partial<Config>;
}

/** A page from disk can fetch nothing that lies beside it. */
function settingsInside(): Partial<Config> {
  return JSON.parse(document.querySelector('script#config')?.textContent ?? '{}') as Partial<Config>;
}
