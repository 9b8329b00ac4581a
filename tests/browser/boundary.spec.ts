/** The hand-written types of the boundary against what the module really hands over. */
import type { Cancellation, Contact, Job, JobError, Operation, Problem, Property, ServiceError, Task, Vault, WatchedJob, WatchState } from '../../web/src/engine/index.ts';
import { expect, keysOf, openHarness, test } from './fixtures.ts';

const expected = {
  state: keysOf<WatchState>()('stage', 'operation', 'jobs', 'contact', 'naming', 'halted', 'revision', 'clockSkew'),
  watchedJob: keysOf<WatchedJob>()('id', 'name', 'vault', 'job', 'contact', 'region', 'canCancel', 'cancel', 'forecast'),
  cancel: keysOf<Cancellation>()('state', 'error'),
  vault: keysOf<Vault>()('id', 'subscription', 'resourceGroup', 'name'),
  contact: keysOf<Contact>()('state', 'asking', 'error', 'answeredAt', 'nextAt', 'requestsLeft'),
  operation: keysOf<Operation>()('id', 'name', 'status', 'objectType', 'start', 'end', 'percentComplete', 'error', 'jobs', 'failedJobs', 'other'),
  job: keysOf<Job>()(
    'id', 'name', 'type', 'jobType', 'item', 'managementType', 'operation', 'status', 'start', 'end', 'duration', 'activityId', 'actions', 'containerName', 'containerType', 'workloadType',
    'machineVersion', 'serverName', 'serverType', 'storageAccount', 'userTriggered', 'progress', 'estimatedRemaining', 'dynamicErrorMessage', 'detailed', 'tasks', 'errors', 'properties', 'internalProperties', 'other',
  ),
  task: keysOf<Task>()('id', 'instanceId', 'status', 'start', 'end', 'duration', 'progress', 'executionDetails'),
  jobError: keysOf<JobError>()('code', 'title', 'message', 'details', 'recommendations'),
  property: keysOf<Property>()('name', 'value', 'secret'),
  problem: keysOf<Problem>()('code', 'detail', 'httpStatus', 'service', 'correlationId'),
  service: keysOf<ServiceError>()('code', 'message', 'target', 'text', 'other'),
};

test('the module hands over what boundary.ts says', async ({ page, site, vault }) => {
  await openHarness(page, site);
  const found = page.evaluate(
    async ({ endpoint, failing, operation }) => {
      const { openEngine } = await import('/lib/index.js' as string);
      const tokens = ['simulated-token'];
      const engine = await openEngine({ endpoint, getToken: () => tokens[0], pollEvery: { floor: 100, ceiling: 200 }, requestsPerHour: 10_000 });
      const { jobs: [job] } = await engine.follow(failing).result();
      const watch = engine.follow(operation);
      for await (const state of watch.states()) if (state.jobs[0]?.job) break;
      const { state } = watch;
      watch.cancel();
      const { cancel } = watch.state.jobs[0];
      tokens[0] = 'forbidden-token';
      watch.refresh();
      // A halted watch has its reason; asked again, its end is awaited anew.
      await watch.result().catch(() => {});
      const problem = watch.state.contact.error;
      const keys = (value: object) => Object.keys(value).sort();
      return {
        state: keys(state), watchedJob: keys(state.jobs[0]), vault: keys(state.jobs[0].vault), contact: keys(state.contact), operation: keys(state.operation), job: keys(job), task: keys(job.tasks[0]),
        jobError: keys(job.errors[0]), cancel: keys(cancel), property: keys(job.properties[0]), problem: keys(problem), service: keys(problem.service),
      };
    },
    { endpoint: vault.origin, failing: vault.sample('backup-fails').text, operation: vault.sample('backup-completes').text },
  );
  await expect.poll(() => vault.asked()).toBeGreaterThan(1);
  vault.advance(900);
  await expect.poll(() => vault.asked()).toBeGreaterThan(4);
  vault.advance(10);
  expect(await found).toEqual(expected);
});
