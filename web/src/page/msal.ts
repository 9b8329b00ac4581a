/** What the page uses of Microsoft's library, in a file of its own: loaded when someone signs in. */
import { BrowserCacheLocation, CacheLookupPolicy, type Configuration, ProtocolMode, PublicClientApplication } from '@azure/msal-browser';
import type { Login } from './clouds.ts';
import type { SignInConfig } from './config.ts';

/** What was kept, and what refreshing brings; never the hidden frame, which this page's policy does not allow. */
export const withoutFrame = CacheLookupPolicy.AccessTokenAndRefreshToken;

export type Client = PublicClientApplication;

/**
 * Tokens are held in memory alone. A client of that kind does not leave the page; one that is made for `leaving` does, and never gets a token. On the way to the login service and back, sessionStorage holds what the way back needs, and the library removes it there: the
 * request (scopes, state, nonce), the PKCE verifier, where it was begun, and that one is under way. None of that is worth anything without the others' code.
 */
export async function openClient({ clientId, authority: given, protocol }: SignInConfig, { authority }: Login, redirectUri: string, leaving = false): Promise<Client> {
  const configuration: Configuration = {
    auth: {
      clientId,
      authority,
      redirectUri,
      // Other hosts than Microsoft's are known because the page's own settings name them.
      ...(given ? { knownAuthorities: [new URL(given).host] } : {}),
    },
    cache: { cacheLocation: leaving ? BrowserCacheLocation.SessionStorage : BrowserCacheLocation.MemoryStorage },
    system: { ...(protocol === 'OIDC' ? { protocolMode: ProtocolMode.OIDC } : {}) },
  };
  const client = new PublicClientApplication(configuration);
  await client.initialize();
  return client;
}
