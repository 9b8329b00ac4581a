// `npm run pictures`: screenshots of every view and state, in light, dark and narrow, into build/pictures; the README's into web/pictures.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, load_simulator } from '../web/tools/build.mjs';
import { serve_page } from '../web/tools/serve.mjs';
import { root, setup } from '../web/tools/setup.mjs';

setup('build', 'chromium', 'fonts');
const folder = await build();
const { chromium } = await import('@playwright/test');
const { hostSimulator } = await load_simulator();
const out = join(root, 'build', 'pictures');
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/** name: what to do from the open page on, and how far to move the vault's time. */
const views = {
  start: {},
  list: { list: true },
  'list-job': { list: true, find: ['[part=row] >> nth=1'] },
  'list-running': { list: true, find: ['[data-counter=running]', '[part=row] >> nth=1'] },
  'list-errors': { list: true, choose: ['group', 'error'], find: ['[part=group] >> nth=1', '[part=menu] summary'] },
  'list-empty': { list: true, search: 'no such thing' },
  'list-throttled': { list: true, fault: { path: 'backupJobs', times: -1, answer: { kind: 'status', status: 429, seconds: 324 } } },
  items: { list: true, view: 'items' },
  'items-forbidden': { list: true, view: 'items', fault: { path: '/backupProtectedItems', times: -1, answer: { kind: 'status', status: 403 } }, first: true },
  history: { list: true, view: 'items', search: 'vm-web', find: ['[part=look] >> nth=0'] },
  keys: { list: true, find: ['[part=menu] summary', '[part=keys-open]'] },
  failures: { list: true, view: 'failures' },
  picker: { list: true, choose_vaults: true },
  'picker-forbidden': { list: true, choose_vaults: true, fault: { path: '/subscriptions?', times: -1, answer: { kind: 'status', status: 403 } }, first: true },
  fleet: { list: true, all: true },
  'fleet-items': { list: true, all: true, view: 'items' },
  'fleet-failures': { list: true, all: true, view: 'failures' },
  'fleet-refused': { list: true, all: true, fault: { path: 'ResourceGraph', times: -1, answer: { kind: 'status', status: 403 } }, first: true },
  'list-forbidden': { list: true, fault: { path: 'backupJobs', times: -1, answer: { kind: 'status', status: 403 } }, first: true },
  operation: { sample: 'backup-completes' },
  running: { sample: 'backup-completes', seconds: [6, 700] },
  completed: { sample: 'backup-completes', seconds: [6, 1300] },
  failed: { sample: 'backup-fails', seconds: [900] },
  warnings: { sample: 'backup-warns', seconds: [650] },
  restore: { sample: 'restore-progress', seconds: [1300] },
  cancelling: { sample: 'restore-cancelled', seconds: [10, 400] },
  cancelled: { sample: 'restore-cancelled', seconds: [10, 600] },
  unknown: { sample: 'unknown-status' },
  'operation-failed': { sample: 'operation-failed', seconds: [10] },
  'no-job': { sample: 'operation-no-job', seconds: [10] },
  'many-jobs': { sample: 'operation-many-jobs', seconds: [15, 60] },
  documentation: { sample: 'documentation-job' },
  'cancel-asked': { sample: 'cancel-restore', seconds: [60], click: ['cancel-job'] },
  'cancel-accepted': { sample: 'cancel-restore', seconds: [60], click: ['cancel-job', 'cancel-confirm'] },
  'cancel-refused': { sample: 'backup-completes', seconds: [6, 700], click: ['cancel-job', 'cancel-confirm'] },
  dpm: { sample: 'dpm-fails', seconds: [300] },
  agent: { sample: 'mab-backup', seconds: [400] },
  'vault-job': { sample: 'vault-job-fails', seconds: [60] },
  hana: { sample: 'hana-fails', seconds: [300] },
  share: { sample: 'share-restore', seconds: [320] },
  sql: { sample: 'sql-backup', seconds: [300] },
  'backup-vault': { sample: 'bv-blob-fails', seconds: [900] },
  'backup-vault-running': { sample: 'bv-aks', seconds: [120] },
  'cross-region': { sample: 'cross-region', seconds: [15, 1200] },
  validation: { sample: 'operation-validate', seconds: [10] },
  scripts: { sample: 'operation-ilr', seconds: [10] },
  throttled: { sample: 'backup-fails', seconds: [300], fault: { path: 'backupJobs', times: -1, answer: { kind: 'status', status: 429, seconds: 324 } } },
  'server-error': { sample: 'backup-fails', seconds: [300], fault: { path: 'backupJobs', times: -1, answer: { kind: 'status', status: 502 } } },
  forbidden: { sample: 'backup-fails', fault: { path: 'backupJobs', times: -1, answer: { kind: 'status', status: 403 } }, first: true },
  'sign-in': { sample: 'backup-fails', seconds: [300], fault: { path: 'backupJobs', times: -1, answer: { kind: 'status', status: 401 } } },
};
/** Those with the most words, in the languages with the longest ones and with other letters, too. */
const translated = ['start', 'list', 'list-job', 'list-errors', 'list-empty', 'items', 'history', 'keys', 'failures', 'picker', 'fleet', 'operation', 'running', 'failed', 'warnings', 'restore', 'cancel-asked', 'cross-region', 'throttled', 'forbidden', 'sign-in'];
for (const name of translated) for (const language of ['de', 'ja']) views[`${name}-${language}`] = { ...views[name], language };

const locales = { de: 'de-DE', ja: 'ja-JP' };

const looks = {
  light: { colorScheme: 'light', viewport: { width: 1000, height: 760 } },
  dark: { colorScheme: 'dark', viewport: { width: 1000, height: 760 } },
  narrow: { colorScheme: 'light', viewport: { width: 320, height: 640 } },
};

const only = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
let count = 0;

async function take(name, view, look, options) {
  const api = await hostSimulator({ port: 0, ...(view.list ? { simulator: { busy: true, budgetPerHour: Infinity, fleet: { subscriptions: 4, vaults: 24, jobs: 3000 } } } : {}) });
  const vaults = view.list ? { vaults: [view.all ? '*' : api.simulator.vault()] } : {};
  const config = { endpoint: api.origin, simulated: { speed: 1, token: 'simulated-token', samples: api.simulator.samples(), ...vaults }, pollEvery: { floor: 100, ceiling: 150 } };
  const server = await serve_page({ port: 0, config, folder });
  const viewport = view.list && options.viewport.width >= 1000 ? { width: 1440, height: 900 } : options.viewport;
  const page = await browser.newPage({ ...options, viewport, locale: locales[view.language] ?? 'en-GB', reducedMotion: 'reduce' });
  if (view.fault && view.first) api.simulator.addFault(view.fault);
  await page.goto(server.url);
  // Where not all vaults may be read at once, some are to be chosen.
  await page.locator(view.list ? 'azure-backup-jobs [part=footer], .picker' : 'form').first().waitFor();
  if (view.list) await page.waitForTimeout(1500);
  if (view.view) await page.locator('.views a').nth({ items: 1, failures: 2 }[view.view]).click();
  if (view.choose_vaults) await page.locator('#page > .top > button').last().click();
  if (view.view || view.choose_vaults) await page.waitForTimeout(1500);
  if (view.choose) await page.locator(`select[name=${view.choose[0]}]`).selectOption(view.choose[1]);
  if (view.search) await page.locator('input[type=search]').fill(view.search);
  for (const place of view.find ?? []) {
    await page.locator(place).click();
    await page.waitForTimeout(700);
  }
  if (view.sample) await page.locator(`[data-sample=${view.sample}]`).click();
  await page.waitForTimeout(500);
  for (const seconds of view.seconds ?? []) {
    api.advance(seconds);
    await page.waitForTimeout(1300);
  }
  for (const part of view.click ?? []) {
    await page.locator(`[part=${part}]`).click();
    await page.waitForTimeout(400);
  }
  if (view.fault && !view.first) api.simulator.addFault(view.fault);
  await page.waitForTimeout(view.fault ? 900 : 300);
  await page.screenshot({ path: join(out, `${name}-${look}.png`), fullPage: true });
  ++count;
  await page.close();
  await server.close();
  await api.close();
}

for (const [name, view] of Object.entries(views)) {
  if (only.length > 0 && !only.includes(name)) continue;
  // Side by side: most of it is waiting.
  await Promise.all(Object.entries(looks).map(([look, options]) => take(name, view, look, options)));
}
await browser.close();
if (only.length === 0) {
  mkdirSync(join(root, 'web', 'pictures'), { recursive: true });
  for (const name of ['list-job-light', 'items-light', 'failed-light', 'running-dark']) copyFileSync(join(out, `${name}.png`), join(root, 'web', 'pictures', `${name}.png`));
}
console.log(`${count} pictures in build/pictures`);
