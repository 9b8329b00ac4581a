// A vault with as many jobs as are wanted, listed as the service lists them (AZURE.md §2.1), and nothing else: the simulator plays every job out, which is slow
// for a hundred thousand. Its answers may be made to wait.
import { createServer } from 'node:http';

export const vault = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-contoso-weu';
const day = 86_400_000;
const hash = (index, salt) => (Math.imul(index + 1, 2654435761) ^ Math.imul(salt, 40503) ^ (index >>> 7)) >>> 0;
const hex = (value, digits) => value.toString(16).padStart(digits, '0').slice(-digits);
const time = (at) => new Date(at).toISOString().replace('Z', '0000Z');

/** A list's item, as it says at `now`. */
function item(index, start, ends, now, may_fail = true) {
  const name = `${hex(index, 8)}-${hex(hash(index, 1), 4)}-4${hex(hash(index, 2), 3)}-8${hex(hash(index, 3), 3)}-${hex(hash(index, 4), 12)}`;
  const runs = ends > now;
  const failed = may_fail && !runs && hash(index, 5) % 20 === 0;
  const seconds = Math.round(((runs ? now : ends) - start) / 1000);
  const two = (value) => String(Math.floor(value) % 60).padStart(2, '0');
  const errors = failed ? [{ errorCode: 400001, errorTitle: 'CommandExecutionFailed', errorString: 'Command execution failed. Another operation is currently in progress on this item.', recommendations: ['Please wait until the previous operation is completed and try again.'] }] : null;
  return JSON.stringify({
    id: `${vault}/backupJobs/${name}`, name, type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      jobType: 'AzureIaaSVMJob', duration: `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${two(seconds / 60)}:${two(seconds)}`, virtualMachineVersion: 'Compute', extendedInfo: null, containerName: `iaasvmcontainerv2;rg-${index % 40};vm-branch-${index % 5000}`,
      isUserTriggered: false, entityFriendlyName: `vm-branch-${String(index % 5000).padStart(4, '0')}`, backupManagementType: 'AzureIaasVM', operation: hash(index, 9) % 10 ? 'Backup' : 'Restore',
      status: runs ? 'InProgress' : failed ? 'Failed' : 'Completed', startTime: time(start), ...(runs ? {} : { endTime: time(ends) }), activityId: `${hex(hash(index, 11), 8)}-1d66-4f81-8e91-${hex(hash(index, 12), 12)}`,
      ...(errors ? { errorDetails: errors } : {}),
    },
  });
}

/** '2026-11-20 10:00:00 AM' of `startTime eq '…'`. */
function time_in(filter, field) {
  const [, date, hours, rest, half] = new RegExp(`${field} eq '(\\S+) (\\d+):(\\S+) (AM|PM)'`).exec(filter) ?? [];
  return date && Date.parse(`${date}T${String((Number(hours) % 12) + (half === 'PM' ? 12 : 0)).padStart(2, '0')}:${rest}Z`);
}

/** What Resource Graph answers (AZURE.md §13) to the one question that is asked of it here: jobs that began within two times, or all, a thousand a page. */
function graph_page(jobs, body) {
  const { query, options } = JSON.parse(body);
  const [, from] = />= datetime\(([^)]+)\)/.exec(query) ?? [], [, to] = /<= datetime\(([^)]+)\)/.exec(query) ?? [];
  const least = from ? Date.parse(from) : -Infinity, most = to ? Date.parse(to) : Infinity;
  const listed = jobs.filter(({ start }) => start >= least && start <= most);
  const first = Number(options.$skipToken ?? 0), last = first + options.$top;
  const token = last < listed.length ? `,"$skipToken":"${last}"` : '';
  return `{"totalRecords":${listed.length},"count":${options.$top},"resultTruncated":"${token ? 'true' : 'false'}","facets":[],"data":[${listed.slice(first, last).map(({ text }) => text).join(',')}]${token}}`;
}

/**
 * `count` jobs over so many days, the newest `running` of which run (without it, those that began within the last hour may), a page of `page_size` at a time. `graph`: whether Resource
 * Graph may be asked; `quota`: no more than 15 times in 5 s, as Azure has it (AZURE.md §13). Nothing else is refused.
 * → { origin, counts: { asked, preflights, bytes }, begin, end_some, answer_after, close }
 */
export async function vault_of_many({ count, latency: first_latency = 0, page_size = 200, days = 13.9, running = 0, graph = true, quota = false }) {
  const now = Date.now();
  const begun = Array.from({ length: count }, (_, index) => {
    // Those that run began within the last half hour, and end when they are told to.
    const start = index < running ? now - 60_000 - Math.floor((index * 1_800_000) / running) : now - 60_000 - (running ? 3_600_000 : 0) - Math.floor((index * days * day) / count);
    const ends = index < running ? now + day : running ? start + 600_000 + (hash(index, 6) % 2_400_000) : start + 600_000 + (hash(index, 6) % 3_000_000);
    return { start, ends, text: item(index, start, ends, now) };
  });
  let jobs = begun, latency = first_latency;
  let questions = 0, window_end = 0;
  const is_too_often = () => {
    const at = Date.now();
    if (at >= window_end) [questions, window_end] = [0, at + 5000];
    return quota && ++questions > 15;
  };
  const counts = { asked: 0, preflights: 0, bytes: 0 };
  const server = createServer((request, response) => {
    const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? '*', 'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Max-Age': '600', 'Content-Type': 'application/json; charset=utf-8' };
    const send = (status, body = '') => {
      counts.bytes += body.length;
      setTimeout(() => response.writeHead(status, headers).end(body), latency);
    };
    if (request.method === 'OPTIONS') return ++counts.preflights, send(204);
    ++counts.asked;
    const url = new URL(request.url, 'http://arm');
    if (url.pathname.endsWith('/Microsoft.ResourceGraph/resources')) {
      let body = '';
      if (is_too_often()) return send(429, JSON.stringify({ error: { code: 'RateLimiting', message: 'Please provide below info when asking for support', details: [{ code: 'RateLimiting', message: 'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed.' }] } }));
      request.on('data', (chunk) => (body += chunk));
      return request.on('end', () => (graph ? send(200, graph_page(jobs, body)) : send(403, JSON.stringify({ error: { code: 'AuthorizationFailed', message: 'not you' } }))));
    }
    if (!url.pathname.toLowerCase().endsWith('/backupjobs')) return send(404, JSON.stringify({ error: { code: 'NotFound', message: 'not here' } }));
    const filter = url.searchParams.get('$filter') ?? '';
    const from = time_in(filter, 'startTime') ?? now - day, to = time_in(filter, 'endTime') ?? Infinity;
    const listed = jobs.filter(({ start, ends }) => ends >= from && start <= to);
    const first = Number(url.searchParams.get('$skipToken') ?? 0);
    url.searchParams.set('$skipToken', String(first + page_size));
    const next = first + page_size < listed.length ? `,"nextLink":${JSON.stringify(`http://${request.headers.host}${url.pathname}${url.search}`)}` : '';
    send(200, `{"value":[${listed.slice(first, first + page_size).map(({ text }) => text).join(',')}]${next}}`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    counts,
    /** Everything as it was in the beginning, and nothing counted. */
    begin() {
      jobs = begun;
      Object.assign(counts, { asked: 0, preflights: 0, bytes: 0 });
    },
    /** So many of those that run have ended just now, well. */
    end_some(many) {
      const ended = Date.now();
      jobs = begun.map((job, index) => (index < many ? { ...job, ends: ended, text: item(index, job.start, ended, ended, false) } : job));
    },
    /** From now on, in milliseconds. */
    answer_after: (ms) => (latency = ms),
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}
