/** What the page decides about signing in, without a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loginFor } from '../../web/src/page/clouds.ts';
import { expiryOf } from '../../web/src/page/token_expiry.ts';
import { troubleOf } from '../../web/src/page/trouble.ts';

test('the endpoint says who signs people in, and for what', () => {
  const app = { clientId: 'app' };
  assert.deepEqual(loginFor('https://management.azure.com', app), { authority: 'https://login.microsoftonline.com/organizations', scopes: ['https://management.azure.com/user_impersonation'] });
  assert.deepEqual(loginFor('https://management.usgovcloudapi.net/', { ...app, tenantId: 'contoso.example' }), { authority: 'https://login.microsoftonline.us/contoso.example', scopes: ['https://management.usgovcloudapi.net/user_impersonation'] });
  assert.deepEqual(loginFor('https://management.chinacloudapi.cn', { ...app, scopes: ['https://management.chinacloudapi.cn/.default'] }), { authority: 'https://login.partner.microsoftonline.cn/organizations', scopes: ['https://management.chinacloudapi.cn/.default'] });
  assert.equal(loginFor('https://arm.contoso.example', app), null);
  assert.equal(loginFor('https://arm.contoso.example', { ...app, authority: 'https://login.contoso.example/' })?.authority, 'https://login.contoso.example/');
  assert.equal(loginFor('https://management.azure.com', { clientId: '' }), null);
});

const part = (text: string) => Buffer.from(text).toString('base64url');
const token = (claims: string) => `${part('{"alg":"RS256"}')}.${part(claims)}.c2ln`;

test('a token says when it ends, if it does', () => {
  assert.equal(expiryOf(token('{"aud":"x","exp":1795333718,"name":"Zoë"}')), 1_795_333_718_000);
  assert.equal(expiryOf(token('{ "exp" : 1795333718.5 }')), 1_795_333_718_000);
  assert.equal(expiryOf(token('{"name":"a,\\"exp\\":1111111111,","exp":1795333718}')), 1_795_333_718_000, 'a name is no claim');
  assert.equal(expiryOf(token('{"nexp":1795333718}')), null);
  assert.equal(expiryOf(token('{"exp":"soon"}')), null);
  for (const opaque of ['', 'opaque', 'a.b', 'a.!!!.c', 'a.b.c.d', '..']) assert.equal(expiryOf(opaque), null, opaque);
});

test('what a login service says is of a kind that we have words for', () => {
  const kind = (errorCode: string, errorMessage = '') => troubleOf({ errorCode, errorMessage }).kind;
  assert.equal(kind('user_cancelled'), 'cancelled');
  assert.equal(kind('access_denied', 'AADSTS65004: User declined to consent'), 'cancelled');
  assert.equal(kind('access_denied', 'AADSTS90094: an admin must grant'), 'consent');
  assert.equal(kind('invalid_grant', 'AADSTS65001: not consented'), 'consent');
  assert.equal(kind('access_denied', 'AADSTS50020: not in tenant'), 'tenant');
  assert.equal(kind('invalid_request', 'AADSTS9002326: Cross-origin token redemption is permitted only for the Single-Page Application client-type.'), 'registration');
  assert.equal(kind('network_error', 'Failed to fetch'), 'unreachable');
  assert.equal(kind('interaction_required', 'AADSTS50076'), 'again');
  assert.equal(kind('invalid_grant', 'AADSTS700084: The refresh token was issued to a single page app'), 'again');
  assert.equal(kind('something_new', 'nobody knows'), 'failed');
  assert.deepEqual(troubleOf(new Error('odd')), { kind: 'failed', detail: 'odd' });
  assert.deepEqual(troubleOf({ errorCode: 'a', errorMessage: 'b' }).detail, 'a: b');
});
