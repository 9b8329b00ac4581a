// `npm start`: builds, then serves the page on a simulated vault and prints its URL.
//   npm start -- --speed 20                                   twenty simulated seconds a second (default)
//   npm start -- --endpoint https://management.azure.com      the page on real Azure, with a pasted token;
//     --client-id <application id> --tenant <tenant>          or signed in
// PORT and API_PORT choose the ports of the page (4280) and of the simulated API; taken ones are passed over.
import { parseArgs } from 'node:util';
import { build, load_simulator } from './build.mjs';
import { give_up, setup } from './setup.mjs';
import { clouds } from './clouds.mjs';
import { serve_page } from './serve.mjs';

const { values } = parseArgs({ options: { speed: { type: 'string', default: '20' }, endpoint: { type: 'string' }, 'client-id': { type: 'string' }, tenant: { type: 'string' } } });
const speed = Number(values.speed);
if (!(speed > 0 && speed <= 1000)) give_up('--speed takes a number from above 0 to 1000');

setup('build');
await build();

const port = Number(process.env.PORT ?? 4280);
if (values.endpoint) {
  const cloud = Object.values(clouds).find(({ endpoint }) => endpoint === values.endpoint);
  const page = await serve_page({ port, config: { endpoint: values.endpoint, ...(values['client-id'] ? { signIn: { clientId: values['client-id'], ...(values.tenant ? { tenantId: values.tenant } : {}) } } : {}) }, logins: cloud?.logins });
  console.log(`\nazure-backup-jobs on ${values.endpoint}: ${page.url}`);
} else {
  const { hostSimulator } = await load_simulator();
  const host = (api_port) => hostSimulator({ port: api_port, factor: speed, simulator: { budgetPerHour: Infinity, busy: true, fleet: { subscriptions: 4, vaults: 24, jobs: 3000 } } });
  const wanted = process.env.API_PORT;
  const api = wanted ? await host(Number(wanted)).catch(() => host()) : await host();
  const config = () => ({
    endpoint: api.origin,
    simulated: { speed, token: 'simulated-token', samples: api.simulator.samples(), vaults: [api.simulator.vault()] },
    // Seconds pass faster here, so the polls do too.
    pollEvery: { floor: Math.max(250, 2000 / speed), ceiling: Math.max(1000, 120_000 / speed) },
    requestsPerHour: 120 * speed,
  });
  const page = await serve_page({ port, config });
  console.log(`\nA simulated vault (${speed} seconds a second) answers on ${api.origin}`);
  console.log(`azure-backup-jobs: ${page.url}`);
}
