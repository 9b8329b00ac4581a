/** Who asks: signed in with a stand-in for Entra, or with a pasted token; that nothing of it is left where it should not be. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { clientId, type Entra, person, startEntra } from './entra.ts';
import { expect, heldInMemory, keepMemory, test as base } from './fixtures.ts';

interface Stand {
  entra: Entra & {
    /** Whether the simulated service takes what is issued from now on. */
    admits: boolean;
  };
  /** The address of the vault's failed jobs. */
  link: string;
}

const test = base.extend<Stand>({
  ignoreHTTPSErrors: true,
  busy: true,
  entra: async ({ site, vault }, use) => {
    const state = { admits: true };
    const entra = Object.assign(
      await startEntra(site.url, (token) => {
        if (state.admits && !token.startsWith('revoked')) vault.simulator.setTokens([token]);
      }),
      { admits: true },
    );
    Object.defineProperty(entra, 'admits', { get: () => state.admits, set: (admits: boolean) => (state.admits = admits) });
    vault.simulator.setTokens([]);
    delete site.config['simulated'];
    site.config['signIn'] = { clientId, authority: entra.authority, protocol: 'OIDC', scopes: ['user_impersonation'] };
    await use(entra);
    await entra.close();
  },
  // error=… of a filter is no answer of a login service's.
  link: async ({ vault }, use) => use(`#${new URLSearchParams({ vaults: vault.simulator.vault(), status: 'failed', search: 'vm' })}`),
});

const signIn = (page: Page) => page.getByRole('button', { name: 'Sign in', exact: true });
const rows = (page: Page) => page.locator('azure-backup-jobs [part=row]');

async function pass(page: Page): Promise<void> {
  await signIn(page).click();
  await page.getByRole('button', { name: 'Sign in as Alex' }).click();
}

/** Everywhere that a page can leave something: as one text. */
const traces = (page: Page) =>
  page.evaluate(async () => {
    const texts = [location.href, JSON.stringify(history.state), JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, document.title];
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      texts.push(root instanceof Document ? root.documentElement.outerHTML : root.innerHTML, ...[...root.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value));
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
    }
    return { text: texts.join('\n'), kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(({ name }) => name)] };
  });

const foundIn = (text: string, secrets: readonly string[]) => secrets.filter((secret) => text.includes(secret));

/** An answer's traces in an address. */
const answer = /[#&?](code|state|error_description|iss)=/;

test('there and back again: the same view, and no token left behind', async ({ page, site, entra, link, vault }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await site.open(`?lang=en${link}`);
  await expect(page.getByRole('heading', { name: 'Sign in to see your backup jobs' })).toBeVisible();
  await expect(page.getByText('What the link shows comes as soon as you are signed in.')).toBeVisible();
  expect(vault.asked()).toBe(0);
  const before = scripts.length;
  await signIn(page).click();
  await expect(page.getByRole('heading', { name: 'Stand-in for the login page' })).toBeVisible();
  expect(scripts.length, 'the library comes when someone signs in').toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Sign in as Alex' }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(page).toHaveURL(`${site.url}?lang=en${link}`);
  await expect(page).toHaveTitle('Azure Backup jobs');
  await expect(page.locator('.session')).toContainText(person);
  const [request] = entra.asked;
  expect(request).toMatchObject({ client_id: clientId, redirect_uri: site.url, code_challenge_method: 'S256', response_mode: 'fragment', scope: expect.stringContaining('user_impersonation') });
  expect(JSON.stringify(request), 'what is looked at stays here').not.toContain(vault.simulator.vault().split('/')[2]);
  expect(entra.redeemed[0]?.['code_verifier']).toBeTruthy();
  expect(entra.issued.length).toBe(3);
  const { text, kept } = await traces(page);
  expect(foundIn(text, [...entra.issued, String(request?.['state']), String(request?.['code_challenge'])])).toEqual([]);
  expect(kept).toEqual([]);
  expect(vault.simulator.log.filter(({ url }) => foundIn(url, entra.issued).length > 0)).toEqual([]);
  // Nor does any step of the history lead back to the answer.
  for (let steps = 0; steps < 6 && page.url().startsWith('http'); ++steps) {
    if (page.url().startsWith(site.url)) expect(page.url()).not.toMatch(answer);
    if (!(await page.goBack({ waitUntil: 'commit', timeout: 2000 }).catch(() => null))) break;
  }
});

test('while it comes back, the page says so', async ({ page, site, entra, link }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route((url) => url.origin === entra.authority && url.pathname === '/token', async (route) => {
    await held;
    await route.continue();
  });
  await site.open(link);
  await pass(page);
  await expect(page.getByRole('status').getByRole('heading', { name: 'Signing in…' })).toBeVisible();
  await expect(page).toHaveURL(site.url);
  release();
  await expect(rows(page).first()).toBeVisible();
});

test('a filter that looks like an answer stays a filter', async ({ page, site, entra, vault }) => {
  const link = `#${new URLSearchParams({ vaults: vault.simulator.vault(), status: 'failed', error: '400239' })}`;
  await site.open(link);
  await pass(page);
  await expect(page.locator('azure-backup-jobs [part=footer]')).toBeVisible();
  await expect(page).toHaveURL(site.url + link);
  expect(entra.issued.length).toBe(3);
});

test('after a reload one signs in again, in one step', async ({ page, site, entra, link }) => {
  await site.open(link);
  await pass(page);
  await expect(rows(page).first()).toBeVisible();
  await page.reload();
  await expect(signIn(page)).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  await signIn(page).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(page).toHaveURL(site.url + link);
  expect(entra.asked.length).toBe(2);
});

test('401 twice: what is shown stays, one signs in again, and it goes on', async ({ page, site, entra, link, vault }) => {
  await site.open(link);
  await pass(page);
  await expect(rows(page).first()).toBeVisible();
  entra.admits = false;
  vault.simulator.setTokens([]);
  await expect(page.getByRole('heading', { name: 'Sign in again' })).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  // Before that it was tried without bothering anyone: once for each request that was refused.
  const [first, ...refreshed] = entra.redeemed.map(({ grant_type: grant }) => grant);
  expect([first, ...new Set(refreshed)]).toEqual(['authorization_code', 'refresh_token']);
  expect(refreshed.length).toBeLessThanOrEqual(2);
  const asked = vault.asked();
  await page.waitForTimeout(600);
  expect(vault.asked()).toBe(asked);
  entra.admits = true;
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Sign in again' })).toHaveCount(0);
  await expect(page).toHaveURL(site.url + link);
  expect(entra.asked.at(-1)).toMatchObject({ login_hint: person });
});

test('401 once: a token is fetched silently, with the claims of a readable challenge', async ({ page, site, entra, link, vault }) => {
  vault.simulator.configure({ exposeHeaders: ['WWW-Authenticate'] });
  entra.prefix = 'revoked-';
  await site.open(link);
  await pass(page);
  await expect(rows(page).first()).toBeVisible();
  const refreshed = entra.redeemed.find(({ grant_type: grant }) => grant === 'refresh_token');
  expect(refreshed?.['claims']).toContain('"nbf":{"essential":true,"value":"1786863735"}');
});

test.describe('the service wants a person', () => {
  test.use({ expectedErrors: /Failed to load resource: the server responded with a status of 400/ });

  test('said in its words; the claims it wants go along', async ({ page, site, entra, link, vault }) => {
    await site.open(link);
    await pass(page);
    await expect(rows(page).first()).toBeVisible();
    entra.refusal = { error: 'interaction_required', error_description: 'AADSTS50076: Due to a configuration change you must use <b>multi-factor</b> authentication.', claims: '{"access_token":{"capolids":{"essential":true}}}' };
    vault.simulator.setTokens([]);
    const card = page.locator('.again');
    await expect(card.getByRole('alert')).toContainText('Microsoft wants you to sign in again.');
    await expect(card.getByRole('alert')).toContainText('AADSTS50076: Due to a configuration change you must use <b>multi-factor</b>');
    await expect(rows(page).first()).toBeVisible();
    entra.refusal = null;
    await card.getByRole('button', { name: 'Sign in again' }).click();
    await expect(rows(page).first()).toBeVisible();
    await expect(page.locator('.again')).toHaveCount(0);
    expect(entra.asked.at(-1)?.['claims']).toContain('capolids');
  });
});

test('signing out wipes everything, and nobody is signed in again unasked', async ({ page, site, entra, link, vault }) => {
  await keepMemory(page);
  await site.open(link);
  await pass(page);
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await expect(page).toHaveURL(site.url);
  const asked = vault.asked();
  const { text, kept } = await traces(page);
  expect(foundIn(text, [...entra.issued, person, vault.simulator.vault(), vault.simulator.vault().split('/').at(-1) as string])).toEqual([]);
  expect(kept).toEqual([]);
  expect(await heldInMemory(page, entra.issued)).toEqual([]);
  await page.waitForTimeout(600);
  expect(vault.asked(), 'nothing is asked any more').toBe(asked);
  await signIn(page).click();
  await page.getByRole('button', { name: 'Sign in as Alex' }).click();
  await expect(page.getByRole('heading', { name: 'Follow a backup or restore job' })).toBeVisible();
  expect(entra.asked.at(-1)?.['prompt']).toBe('select_account');
  await expect(page.getByLabel('Access token')).toHaveCount(0);
  // And with the login service, too, where that is wanted.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign out of Microsoft, too' }).click();
  await expect(page).toHaveURL(new RegExp(`^${entra.authority}/session/end`));
});

test('cancelled, refused for want of consent: said, and one can try again', async ({ page, site, entra, link }) => {
  await site.open(link);
  await signIn(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toHaveText('The sign-in was cancelled. You can try again at any time.');
  await expect(page).toHaveURL(site.url + link);
  expect((await traces(page)).kept).toEqual([]);
  entra.denial = { error: 'consent_required', error_description: 'AADSTS65001: The user or administrator has not consented to use the application.' };
  await signIn(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('An administrator of your organisation has to allow this app first.');
  await expect(page.getByRole('alert')).toContainText('AADSTS65001');
  await pass(page);
  await expect(rows(page).first()).toBeVisible();
});

test('begun, thought better of, and begun again', async ({ page, site, entra, link }) => {
  await site.open(link);
  await signIn(page).click();
  await expect(page.getByRole('heading', { name: 'Stand-in for the login page' })).toBeVisible();
  await page.goBack();
  await expect(signIn(page)).toBeVisible();
  await expect.poll(async () => (await traces(page)).kept).toEqual([]);
  await pass(page);
  await expect(rows(page).first()).toBeVisible();
  await expect(page).toHaveURL(site.url + link);
  expect(entra.issued.length).toBe(3);
});

for (const [endpoint, login] of [
  ['https://management.azure.com', 'https://login.microsoftonline.com'],
  ['https://management.usgovcloudapi.net', 'https://login.microsoftonline.us'],
  ['https://management.chinacloudapi.cn', 'https://login.partner.microsoftonline.cn'],
] as const) {
  test(`Entra itself is asked where the endpoint has its own: ${endpoint}`, async ({ page, site, entra }) => {
    site.config['endpoint'] = endpoint;
    site.config['signIn'] = { clientId, tenantId: 'contoso.example' };
    await page.route(`${login}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Entra</title>' }));
    await site.open();
    await signIn(page).click();
    await expect(page).toHaveTitle('Entra');
    const { pathname, searchParams } = new URL(page.url());
    expect(pathname).toBe('/contoso.example/oauth2/v2.0/authorize');
    expect(Object.fromEntries(searchParams)).toMatchObject({ client_id: clientId, redirect_uri: site.url, response_type: 'code', response_mode: 'fragment', code_challenge_method: 'S256', scope: expect.stringContaining(`${endpoint}/user_impersonation`) });
    expect(entra.asked).toEqual([]);
  });
}

test('an answer that nobody asked for is dropped', async ({ page, site, entra }) => {
  await site.open('#code=stolen&state=made-up');
  await expect(signIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  expect(entra.redeemed).toEqual([]);
});

test('settings that cannot work are said in words', async ({ page, site, entra }) => {
  site.config['signIn'] = { clientId };
  await site.open();
  await expect(page.getByRole('alert')).toContainText('config.json needs signIn.clientId');
  await expect(signIn(page)).toHaveCount(0);
  await page.getByText('Use a token instead').click();
  await expect(page.getByLabel('Access token')).toBeVisible();
  expect(entra.asked).toEqual([]);
});

test.describe('nobody answers', () => {
  test.use({ expectedErrors: /ERR_CONNECTION_REFUSED|Cross-Origin Request Blocked|Failed to load resource/ });
  test('said in words', async ({ page, site, entra }) => {
    site.config['signIn'] = { clientId, authority: 'https://127.0.0.1:9', protocol: 'OIDC' };
    await site.open();
    await signIn(page).click();
    await expect(page.getByRole('alert')).toContainText('The sign-in service could not be reached.');
    await expect(signIn(page)).toBeEnabled();
    expect(entra.asked).toEqual([]);
  });
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenFor = (minutes: number) => `${part({ alg: 'none' })}.${part({ name: 'Zoë "exp":1', exp: Math.floor(Date.now() / 1000 + minutes * 60) })}.signature`;

test('a pasted token tells when it ends, and a fresh one is asked for calmly', async ({ page, site, entra, link, vault }) => {
  const [ending, long, opaque] = [tokenFor(4.5), tokenFor(42.5), 'opaque-token'];
  vault.simulator.setTokens([ending, long, opaque]);
  await site.open(link);
  await page.getByText('Use a token instead').click();
  await page.getByLabel('Access token').fill(long);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(page.locator('.session')).toContainText(/Token ends in 42 mins?/);
  await expect(page.locator('.again')).toHaveCount(0);
  await page.getByRole('button', { name: 'Forget the token' }).click();
  await expect(signIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  expect(foundIn((await traces(page)).text, [long, vault.simulator.vault()])).toEqual([]);

  await page.goto(`${site.url}${link}`);
  await page.reload();
  await page.getByText('Use a token instead').click();
  await page.getByLabel('Access token').fill(ending);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.locator('.session')).toContainText(/Token ends in 4 mins?/);
  const card = page.locator('.again');
  await expect(card.getByRole('heading', { name: 'Use a fresh token' })).toBeVisible();
  await expect(card).toContainText('nothing is interrupted');
  // The page goes on meanwhile.
  const asked = vault.asked();
  await expect.poll(() => vault.asked()).toBeGreaterThan(asked);
  await card.getByLabel('Access token').fill(opaque);
  await card.getByRole('button', { name: 'Go on' }).click();
  await expect(card).toHaveCount(0);
  await expect(page.locator('.session')).toContainText('Pasted token');
  await expect(page.locator('.session')).not.toContainText('ends');
  const { text, kept } = await traces(page);
  expect(foundIn(text, [ending, long, opaque])).toEqual([]);
  expect(kept).toEqual([]);
  expect(entra.asked).toEqual([]);
});

test('a link to vaults asks for a token where nobody can sign in', async ({ page, site, entra, link, vault }) => {
  delete site.config['signIn'];
  vault.simulator.setTokens(['pasted-token']);
  await site.open(link);
  await expect(page.getByRole('heading', { name: 'A token is needed to ask Azure.' })).toBeVisible();
  await page.getByLabel('Access token').fill('pasted-token');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(rows(page).first()).toBeVisible();
  expect(entra.asked).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the way in, and at 320 px nothing is cut off, ${colorScheme}`, async ({ page, site, entra, link }) => {
    test.setTimeout(90_000);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 720 });
    const scan = async (name: string) => {
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    };
    entra.denial = { error: 'access_denied', error_description: `AADSTS50020: User account does not exist in tenant. Trace ID: ${'0123456789abcdef'.repeat(5)}` };
    await site.open(link);
    await expect(signIn(page)).toBeVisible();
    await page.getByText('Use a token instead').click();
    await scan('first visit');
    await signIn(page).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await scan('refused');
    await pass(page);
    await expect(rows(page).first()).toBeVisible();
    await scan('signed in');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
    await scan('signed out');
  });
}
