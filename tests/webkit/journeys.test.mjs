// WebKit: the journey, a failed job and one fault, on the same page and simulator as the other browsers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { load_simulator } from '../../web/tools/build.mjs';
import { serve_page } from '../../web/tools/serve.mjs';
import { open_webkit } from './webdriver.mjs';

let webkit;
let host_simulator;
before(async () => {
  host_simulator = (await load_simulator()).hostSimulator;
  webkit = await open_webkit();
});
after(() => webkit?.close());

/** The text of the element, shadow root and all. */
const shown = `const text = document.querySelector('azure-backup-job')?.shadowRoot?.textContent ?? ''; return text.replace(/\\s+/g, ' ')`;
const contains = `${shown}.match(arguments[0]) !== null`;

test('vaults are found, all of them are watched, and their failures seen', async () => {
  const api = await host_simulator({ port: 0, simulator: { budgetPerHour: Infinity, fleet: { subscriptions: 3, vaults: 12, jobs: 600 } } });
  const config = { endpoint: api.origin, simulated: { speed: 1, token: 'simulated-token', samples: [] }, pollEvery: { floor: 100, ceiling: 250 } };
  const server = await serve_page({ port: 0, config });
  const click = (selector) => webkit.run(`document.querySelector('${selector}').click();`);
  try {
    await webkit.goto(server.url);
    await webkit.until('the page', "return document.querySelector('.top > button') !== null");
    await click('.top > button');
    await webkit.until('the vaults', "return /\\d+ vaults, \\d+ subscriptions/.test(document.body.innerText)");
    await click('[data-choose=all]');
    await webkit.until('the failures', "const list = document.querySelector('azure-backup-jobs'); return /Failed/.test(list?.shadowRoot?.querySelector('[part=row]')?.textContent ?? '')");
    await click('.views a[href*=items]');
    await webkit.until('the items', "return /have no good backup|have a good backup/.test(document.querySelector('azure-backup-items')?.shadowRoot?.textContent ?? '')");
    assert.equal(api.simulator.log.filter(({ url }) => /backupJobs/i.test(url)).length, 0);
  } finally {
    await webkit.goto('about:blank');
    await server.close();
    await api.close();
  }
});

test('a portal shows a vault with the packed element, opens a job, and takes it all away', async () => {
  const api = await host_simulator({ port: 0, simulator: { budgetPerHour: Infinity, busy: true } });
  const extra = {
    '/portal.html': '<!doctype html><html lang="de"><meta charset="utf-8"><title>portal</title><link rel="icon" href="icon.svg"><script type="module" src="portal.js"></script><body></body></html>',
    '/portal.js': `import './lib/register-jobs.js';
window.violations = [];
addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
const list = document.createElement('azure-backup-jobs');
document.body.append(Object.assign(list, { endpoint: '${api.origin}', vault: '${api.simulator.vault()}', filter: 'status=failed', getToken: () => 'simulated-token' }));`,
  };
  const lib = process.env.PACKED_LIB;
  const server = await serve_page({ port: 0, config: { endpoint: api.origin }, extra, ...(lib ? { lib } : {}) });
  const list = "document.querySelector('azure-backup-jobs')?.shadowRoot";
  try {
    await webkit.goto(`${server.url}portal.html`);
    await webkit.until('a failed job', `return /Fehlgeschlagen/.test(${list}?.querySelector('[part=row]')?.textContent ?? '')`);
    await webkit.run(`${list}.querySelector('[part=row]').click()`);
    await webkit.until('the job beside the list', `return /Was schiefging|Code \\d+/.test(${list}?.querySelector('azure-backup-job')?.shadowRoot?.textContent ?? '')`);
    await webkit.run("document.querySelector('azure-backup-jobs').remove()");
    assert.deepEqual(await webkit.run('return window.violations'), []);
    const asked = api.simulator.log.length;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(api.simulator.log.length, asked);
  } finally {
    await webkit.goto('about:blank');
    await server.close();
    await api.close();
  }
});

/** A page on a simulated vault of its own, following a sample. */
async function follow(key, play) {
  const api = await host_simulator({ port: 0 });
  const config = { endpoint: api.origin, simulated: { speed: 1, token: 'simulated-token', samples: api.simulator.samples() }, pollEvery: { floor: 100, ceiling: 250 } };
  const server = await serve_page({ port: 0, config });
  try {
    await webkit.goto(server.url);
    await webkit.until('the page', `return document.querySelector('[data-sample=${key}]') !== null`);
    await webkit.run(`
      window.violations = [];
      addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
      document.querySelector('[data-sample=${key}]').click();`);
    await play(api, (words) => webkit.until(words, contains, words));
    assert.deepEqual(await webkit.run('return window.violations'), []);
  } finally {
    await webkit.goto('about:blank');
    await server.close();
    await api.close();
  }
}

test('the journey from the operation to the completed job', () =>
  follow('backup-completes', async (api, see) => {
    await see('Waiting for the operation to name its job');
    api.advance(6);
    await see('The operation succeeded and named its job.*Running.*vm-web-01.*Take Snapshot');
    api.advance(1300);
    await see('Completed in 20 min.*Final\\. Polling has ended');
    const asked = api.simulator.log.length;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(api.simulator.log.length, asked);
    assert.equal(api.simulator.log[0].method, 'OPTIONS');
  }));

test('a failed job says what went wrong', () =>
  follow('backup-fails', async (api, see) => {
    await see('Running');
    api.advance(900);
    await see('Failed after 14 min.*What went wrong.*Code \\d+.*Recommended actions');
  }));

test('throttled, and on again by itself', () =>
  follow('backup-fails', async (api, see) => {
    await see('Running');
    api.simulator.addFault({ path: 'backupJobs', times: -1, answer: { kind: 'status', status: 429, seconds: 2, retryAfter: '1' } });
    await see("Running.*Throttled.*Azure asked us to wait.*try again after '2' seconds");
    api.simulator.clearFaults();
    api.advance(900);
    await see('Failed after 14 min');
  }));
