/** Files of jobs: nothing lost, nothing that a spreadsheet takes for a formula, whatever the cells hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '../../web/src/engine/boundary.ts';
import { JobFile } from '../../web/src/engine/job_file.ts';

const none: Job = {
  id: '', name: '', type: '', jobType: '', item: '', managementType: '', operation: '', status: { state: 'unknown', text: '' }, start: null, end: null, duration: null, activityId: '', actions: [], containerName: '', containerType: '',
  workloadType: '', machineVersion: '', serverName: '', serverType: '', storageAccount: '', userTriggered: null, progress: null, estimatedRemaining: null, dynamicErrorMessage: '', detailed: false, tasks: [], errors: [], properties: [],
  internalProperties: [], other: [],
};
const jobNamed = (name: string, fields: Partial<Job> = {}): Job => ({
  ...none,
  id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/rsv-Weu/backupJobs/${name}`,
  name,
  item: 'vm-1',
  operation: 'Backup',
  jobType: 'AzureIaaSVMJob',
  status: { state: 'failed', text: 'Failed' },
  start: Date.UTC(2026, 10, 20, 1, 2, 3),
  duration: 1_223_089.6697,
  errors: [{ code: '400001', title: 'Title', message: 'Said "no",\r\ntwice.', details: '', recommendations: ['Wait.', 'Try again.'] }],
  ...fields,
});

function fileOf(jobs: readonly Job[], format: 'csv' | 'json', size = 9): string {
  const file = new JobFile(format);
  let text = '';
  for (let first = 0; first === 0 || first < jobs.length; first += size) text += file.part(jobs.slice(first, first + size), first + size >= jobs.length);
  return text;
}

/** Cells as RFC 4180 has them, lines of cells. */
function cellsOf(csv: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < csv.length; ++i) {
    if (csv[i] === '"') {
      if (quoted && csv[i + 1] === '"') cell += csv[i++];
      else quoted = !quoted;
    } else if (quoted || (csv[i] !== ',' && !csv.startsWith('\r\n', i))) cell += csv[i];
    else {
      line.push(cell);
      cell = '';
      if (csv[i] === ',') continue;
      ++i;
      lines.push(line);
      line = [];
    }
  }
  return lines;
}

test('CSV has every row with its cells', () => {
  const file = fileOf([jobNamed('a'), jobNamed('b'), jobNamed('c')], 'csv', 2);
  assert.ok(file.startsWith('\uFEFFStatus,Item,'));
  const lines = cellsOf(file);
  assert.equal(lines.length, 4);
  for (const line of lines) assert.equal(line.length, lines[0]?.length);
  const cells = lines[1] as string[];
  assert.deepEqual([cells[0], cells[6], cells[7], cells[8]], ['Failed', '2026-11-20T01:02:03Z', '', '1223.089']);
  assert.deepEqual([cells[10], cells[11], cells[12], cells[14]], ['Said "no",\r\ntwice.', 'Wait.\nTry again.', 'rsv-Weu', 'a']);
  assert.equal(lines[3]?.[14], 'c');
});

test('no cell begins a formula, wherever a spreadsheet may cut it', () => {
  for (const sign of ['=', '+', '-', '@', '\t=', '\r=', '\0=', '＝', '＋', '－', '＠']) {
    for (const before of ['', 'x;', 'x,', 'x|', 'x\n', 'x\r\n', '"', 'x\t', 'x";', 'x"\n']) {
      const file = fileOf([jobNamed('a', { item: `${before}${sign}cmd|' /C calc'!A0` })], 'csv');
      for (const border of [',', ';', '|', '\n', '\r', '\t', '"']) assert.ok(!file.includes(`${border}${sign.at(-1)}cmd`), JSON.stringify(before + sign));
    }
  }
  // And nothing else is touched.
  assert.ok(fileOf([jobNamed('a', { item: 'vm-1 (a=b, -1) mail@contoso' })], 'csv').includes('"vm-1 (a=b, -1) mail@contoso"'));
});

test('JSON is JSON, whatever the texts hold', () => {
  const odd = jobNamed('a"\\\n\u0001 b\u2028', { userTriggered: false, actions: ['1', '2'], other: [{ name: '/properties/new', value: '7', secret: false }, { name: '/properties/script', value: null, secret: true }, { name: '/properties/none', value: null, secret: false }] });
  const [first, second, ...rest] = JSON.parse(fileOf([odd, jobNamed('b')], 'json', 1)) as Record<string, unknown>[];
  assert.equal(first?.['name'], odd.name);
  assert.equal(first?.['durationSeconds'], 1223.089);
  assert.equal(first?.['userTriggered'], false);
  assert.deepEqual(first?.['other'], { '/properties/new': '7', '/properties/script': null });
  assert.deepEqual(first?.['actions'], ['1', '2']);
  assert.deepEqual(first?.['errors'], [{ code: '400001', title: 'Title', message: 'Said "no",\r\ntwice.', recommendations: ['Wait.', 'Try again.'] }]);
  assert.equal(second?.['name'], 'b');
  assert.ok(!('userTriggered' in (second ?? {})) && !('endTime' in (second ?? {})));
  assert.equal(rest.length, 0);
});

test('times that no calendar has are left out', () => {
  for (const start of [8.64e15 + 1, -8.64e15, 253_402_300_800_000, NaN]) {
    const [job] = JSON.parse(fileOf([jobNamed('a', { start, duration: -5 })], 'json')) as Record<string, unknown>[];
    assert.ok(!('startTime' in (job ?? {})) && !('durationSeconds' in (job ?? {})), String(start));
  }
});

test('of no rows there is a file, too', () => {
  assert.deepEqual(JSON.parse(fileOf([], 'json')), []);
  assert.equal(cellsOf(fileOf([], 'csv')).length, 1);
});
