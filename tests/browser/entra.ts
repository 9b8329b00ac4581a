/** A stand-in for Microsoft Entra: a real OpenID Connect server over https, whose login page is a button each for what a person may do there. */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import Provider, { interactionPolicy } from 'oidc-provider';

export interface Entra {
  readonly authority: string;
  /** Tokens of every kind that were issued. */
  readonly issued: string[];
  /** Begins the access tokens that a sign-in brings, but not those of a refresh: the simulator knows some beginnings. */
  prefix: string;
  /** Parameters of requests to sign someone in. */
  readonly asked: Readonly<Record<string, unknown>>[];
  /** Bodies of requests for tokens that were answered with one. */
  readonly redeemed: Readonly<Record<string, string>>[];
  /** When set, no refresh token is taken any more: OAuth's error, and Entra's words. */
  refusal: { readonly error: string; readonly error_description: string; readonly claims?: string } | null;
  /** What the login page's Cancel answers. */
  denial: { readonly error: string; readonly error_description: string };
  close(): Promise<void>;
}

export const clientId = '11111111-2222-4333-8444-555555555555';
export const person = 'alex@contoso.example';
const scope = 'user_impersonation';

/** A key and a certificate for this machine, good for a day. */
function certificate() {
  const pem = execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '-', '-days', '1', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { key: pem, cert: pem };
}

const page = (title: string, rest = '') => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Stand-in</title><link rel="icon" href="data:,"><h1>${title}</h1>${rest}</html>`;

const button = (action: string, name: string) => `<form method="post" action="${action}"><button>${name}</button></form>`;

const loginPage = (uid: string) => page('Stand-in for the login page', button(`/interaction/${uid}/in`, 'Sign in as Alex') + button(`/interaction/${uid}/out`, 'Cancel'));

/** `onToken` hears of a token before the browser does. */
export async function startEntra(redirectUri: string, onToken: (token: string) => void): Promise<Entra> {
  const server = createServer(certificate());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const authority = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  const provider: Provider = new Provider(authority, {
    clients: [{ client_id: clientId, redirect_uris: [redirectUri], token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }],
    jwks: { keys: [{ ...jwk, kid: 'k', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['stand-in'] },
    scopes: ['openid', 'offline_access', 'profile', scope],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    // Entra's claims are its own; OpenID Connect's feature of that name would refuse them.
    extraParams: ['claims'],
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource: (context: { body: unknown }) => void (context.body = page('Signing out')) } },
    interactions: { policy, url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    clientBasedCORS: () => true,
    // As Entra: a refresh token for whoever asks for one.
    issueRefreshToken: async () => true,
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, name: 'Alex', preferred_username: person }) }),
    loadExistingGrant: async ({ oidc }: { oidc: { client: { clientId: string }; session: { accountId: string } } }) => {
      const grant = new provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope(`openid offline_access profile ${scope}`);
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 3600, RefreshToken: 86_400, IdToken: 3600, Interaction: 600, Session: 3600, Grant: 86_400, AuthorizationCode: 60 },
    renderError: (context: { body: unknown }, out: { error: string; error_description?: string }) => {
      context.body = page(`${out.error}: ${out.error_description ?? ''}`);
    },
  });
  const entra: Entra = {
    authority,
    issued: [],
    prefix: '',
    asked: [],
    redeemed: [],
    refusal: null,
    denial: { error: 'access_denied', error_description: 'AADSTS65004: User declined to consent to access the app.' },
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
  provider.on('authorization.accepted', ({ oidc }) => {
    entra.asked.push({ ...oidc.params });
    // OpenID Connect would have everyone consent anew before this scope is given; Entra does not.
    if (oidc.params) oidc.params['scope'] += ' offline_access';
  });
  provider.on('grant.success', ({ body, oidc }) => {
    const tokens = body as { access_token: string; id_token: string; refresh_token: string };
    if (oidc.body?.['grant_type'] === 'authorization_code') tokens.access_token = entra.prefix + tokens.access_token;
    entra.issued.push(tokens.access_token, tokens.id_token, tokens.refresh_token);
    entra.redeemed.push({ ...oidc.body });
    onToken(tokens.access_token);
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const [, uid, choice] = /^\/interaction\/([\w-]+)(?:\/(in|out))?$/.exec(request.url ?? '') ?? [];
    if (uid && !choice) return void response.writeHead(200, { 'Content-Type': 'text/html' }).end(loginPage(uid));
    if (choice) return void provider.interactionFinished(request, response, choice === 'in' ? { select_account: {}, login: { accountId: 'alex' } } : entra.denial);
    if (request.method === 'POST' && request.url?.startsWith('/token') && entra.refusal) {
      request.resume();
      return void response.writeHead(400, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }).end(JSON.stringify(entra.refusal));
    }
    answer(request, response);
  });
  return entra;
}
