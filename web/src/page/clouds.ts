/** What follows from Azure Resource Manager's endpoint: who signs people in there, and for what. An app is registered in each cloud of its own. */
import type { SignInConfig } from './config.ts';

const logins: Readonly<Record<string, string>> = {
  'https://management.azure.com': 'https://login.microsoftonline.com',
  'https://management.usgovcloudapi.net': 'https://login.microsoftonline.us',
  // Entra's documentation names this one, the command line tool login.chinacloudapi.cn: they are the same.
  'https://management.chinacloudapi.cn': 'https://login.partner.microsoftonline.cn',
};

export interface Login {
  readonly authority: string;
  readonly scopes: string[];
}

/** Where to sign in; null where neither the settings nor the endpoint tell. */
export function loginFor(endpoint: string, { clientId, authority, tenantId = 'organizations', scopes }: SignInConfig): Login | null {
  const origin = endpoint.replace(/\/+$/, '').toLowerCase();
  const host = logins[origin];
  const whole = authority ?? (host && `${host}/${tenantId}`);
  // No finer scope than user_impersonation exists: what someone may do is theirs.
  return clientId && whole ? { authority: whole, scopes: [...(scopes ?? [`${origin}/user_impersonation`])] } : null;
}
