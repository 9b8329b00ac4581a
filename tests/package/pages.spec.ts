/** Pages without a bundler: from another origin, with integrity, and twice. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { address, expect, room, showsJobs, test, weigh, withPolicy } from './host.ts';
import { unpacked_lib } from './pack.mjs';

test.use({ busy: true });

const anyOrigin = (headers: Record<string, string>) => ({ ...headers, 'Access-Control-Allow-Origin': '*' });
/** The page's policy, where the package comes from another origin. */
const allowing = (origin: string) => (headers: Record<string, string>) => withPolicy("script-src 'self'", `script-src 'self' ${origin}`)(withPolicy("connect-src 'self'", `connect-src ${origin}`)(headers));
const show = `${readFileSync(join(room, 'consumers', 'show.js'), 'utf8')}\nshow();\n`;
const pageOf = (head: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>A host</title><link rel="icon" href="icon.svg">${head}<body></body></html>`;

const bill = JSON.parse(readFileSync(join(unpacked_lib, 'sbom.json'), 'utf8')) as { components: { name: string; properties?: { value: string }[] }[] };
const integrityOf = (name: string) => bill.components.find((one) => one.name === name)!.properties![0]!.value;

/** A script of the library, and all that is loaded with it, each with its hash. */
function withIntegrity(entry: string, origin: string): string {
  const imported = [...readFileSync(join(unpacked_lib, entry), 'utf8').matchAll(/(?:from|import)"\.\/([^"]+)"/g)].map(([, name]) => name as string);
  const preloads = [...new Set(imported)].map((name) => `<link rel="modulepreload" crossorigin href="${origin}lib/${name}" integrity="${integrityOf(name)}">`);
  expect(preloads.length).toBeGreaterThan(3);
  return `${preloads.join('')}<script type="module" crossorigin src="${origin}lib/${entry}" integrity="${integrityOf(entry)}"></script>`;
}

test.describe('a script tag', { tag: '@firefox' }, () => {
  test('from another origin, every file held to its integrity', async ({ page, serve, vault }) => {
    const origin = await serve(anyOrigin);
    const host = await serve(
      allowing(origin),
      { '/plain.html': pageOf(`${withIntegrity('register-jobs.js', origin)}<script type="module" src="show.js"></script>`), '/show.js': show },
    );
    const weight = weigh(page, vault);
    await page.goto(address(vault, `${host}plain.html`));
    await showsJobs(page);
    await weight.note('script tag, no bundler', '');
  });
});

test.describe('a file that is another', () => {
  test.use({ expectedErrors: /integrity|digest/i });

  test('is refused, whichever it is', async ({ page, serve, vault }) => {
    const changed = `${readFileSync(join(unpacked_lib, 'lists.js'), 'utf8')}\n// and more`;
    const origin = await serve(anyOrigin, { '/lib/lists.js': changed });
    const host = await serve(allowing(origin), { '/plain.html': pageOf(`${withIntegrity('register-jobs.js', origin)}<script type="module" src="show.js"></script>`), '/show.js': show });
    const refused = page.waitForEvent('console', (message) => /integrity|digest/i.test(message.text()) && message.text().includes('lists.js'));
    await page.goto(address(vault, `${host}plain.html`));
    await refused;
    expect(await page.evaluate(() => customElements.get('azure-backup-jobs'))).toBeUndefined();
  });
});

const twice = (other: string) => `import './lib/register-jobs.js';
const copy = import('${other}lib/register-jobs.js').then(({ defineJobs }) => (defineJobs(), defineJobs(customElements, 'other-jobs'), 'defined'));
copy.catch(() => {}).then(() => {
  const asked = new URLSearchParams(location.search);
  for (const name of ['azure-backup-jobs', 'other-jobs']) document.body.append(Object.assign(document.createElement(name), { endpoint: asked.get('endpoint'), vault: asked.get('vault'), getToken: () => 'simulated-token' }));
});
window.copy = copy.catch((error) => error.name);
`;

test.describe('two copies on one page', () => {
  test('live beside each other, the second by a name of its own', async ({ page, serve, vault }) => {
    const other = await serve(anyOrigin);
    const host = await serve(
      (headers) => withPolicy("script-src 'self'", `script-src 'self' ${other}`)(withPolicy("connect-src 'self'", `connect-src 'self' ${other}`)(withPolicy('trusted-types lit-html', "trusted-types lit-html 'allow-duplicates'")(headers))),
      { '/twice.html': pageOf('<script type="module" src="twice.js"></script>'), '/twice.js': twice(other) },
    );
    await page.goto(address(vault, `${host}twice.html`));
    for (const name of ['azure-backup-jobs', 'other-jobs']) await showsJobs(page, page.locator(name));
    expect(await page.evaluate(() => (window as unknown as { copy: Promise<string> }).copy)).toBe('defined');
  });

  test.describe('where the policy allows one', () => {
    test.use({ expectedErrors: /lit-html|trusted/i });

    test('the second is refused, and the first works on', async ({ page, serve, vault }) => {
      const other = await serve(anyOrigin);
      const host = await serve(withPolicy("script-src 'self'", `script-src 'self' ${other}`), { '/twice.html': pageOf('<script type="module" src="twice.js"></script>'), '/twice.js': twice(other) });
      await page.goto(address(vault, `${host}twice.html`));
      await showsJobs(page);
      expect(await page.evaluate(() => (window as unknown as { copy: Promise<string> }).copy)).toBe('TypeError');
    });
  });
});

interface Told {
  readonly modules: { readonly declarations: { readonly tagName: string; readonly cssParts: { readonly name: string }[] }[] }[];
}

test('every part that is drawn is in the manifest, of the element that draws it', async ({ page, serve, vault }) => {
  const names = ['azure-backup-jobs', 'azure-backup-items', 'azure-backup-failures'];
  const host = await serve(undefined, {
    '/all.html': pageOf('<script type="module" src="all.js"></script>'),
    '/all.js': `import './lib/register-all.js';
const asked = new URLSearchParams(location.search);
const getToken = () => 'simulated-token';
for (const name of ${JSON.stringify(names)}) document.body.append(Object.assign(document.createElement(name), { endpoint: asked.get('endpoint'), vault: asked.get('vault'), getToken }));`,
  });
  await page.goto(address(vault, `${host}all.html`));
  await showsJobs(page);
  await expect(page.locator('azure-backup-items [part~=item]').first()).toBeVisible();
  await expect(page.locator('azure-backup-failures [part~=cause]').first()).toBeVisible();
  await page.evaluate(() => document.querySelector('azure-backup-jobs')?.showKeys());
  await expect(page.locator('azure-backup-jobs [part=keys]')).toBeVisible();
  const { modules } = JSON.parse(readFileSync(join(unpacked_lib, 'custom-elements.json'), 'utf8')) as Told;
  for (const { tagName, cssParts } of modules.flatMap(({ declarations }) => declarations)) {
    const drawn = await page.locator(tagName).first().evaluate((element) => [...new Set([...element.shadowRoot!.querySelectorAll('[part]')].flatMap(({ part }) => [...part]))]);
    expect(drawn.length, tagName).toBeGreaterThan(5);
    expect(cssParts.map(({ name }) => name), tagName).toEqual(expect.arrayContaining(drawn));
  }
});
