import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Task } from '../../web/src/engine/boundary.ts';
import { timelineOf } from '../../web/src/elements/parts/tasks.ts';

const task = (fields: Partial<Task>): Task => ({
  id: 'T',
  instanceId: '',
  status: { state: 'completed', text: 'Completed' },
  start: null,
  end: null,
  duration: null,
  progress: null,
  executionDetails: '',
  ...fields,
});

test('real times where every task has them', () => {
  const { kind, bars } = timelineOf([task({ start: 100, end: 200 }), task({ start: 150, end: null, duration: 150 })]);
  assert.equal(kind, 'times');
  assert.deepEqual(bars, [
    { start: 0, length: 0.5 },
    { start: 0.25, length: 0.75 },
  ]);
});

test('else the order, by durations', () => {
  const { kind, bars } = timelineOf([task({ duration: 100, start: 5 }), task({ duration: 0 }), task({ duration: 300 })]);
  assert.equal(kind, 'order');
  assert.deepEqual(bars, [{ start: 0, length: 0.25 }, null, { start: 0.25, length: 0.75 }]);
});

test('nothing is drawn where the service gives only zeros, or nonsense', () => {
  assert.equal(timelineOf([task({ duration: 0 }), task({})]).kind, 'none');
  assert.equal(timelineOf([task({ duration: -5 })]).kind, 'none');
  assert.equal(timelineOf([]).kind, 'none');
  assert.equal(timelineOf([task({ start: 7, end: 7 })]).kind, 'none');
});
