import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Pace } from '../../web/src/elements/jobs/pace.ts';

/** How often something is drawn in a second of news every ten milliseconds. */
function drawnIn(seconds: number, isEmpty: boolean): number {
  // As Node 20.11 and later take it; its types are older.
  mock.timers.enable({ apis: ['setTimeout'] } as never);
  let now = 1000;
  const clock = mock.method(performance, 'now', () => now);
  let drawn = 0;
  const pace = new Pace(() => ++drawn);
  for (let at = 0; at < seconds * 100; ++at) {
    pace.soon(isEmpty);
    now += 10;
    mock.timers.tick(10);
  }
  clock.mock.restore();
  mock.timers.reset();
  return drawn;
}

test('news draw five times a second at most, though nothing says how much was drawn', () => {
  const drawn = drawnIn(10, false);
  assert.ok(drawn >= 40 && drawn <= 51, String(drawn));
});

test('who waits for the first rows waits less, and what stays empty is not drawn without end either', () => {
  const drawn = drawnIn(10, true);
  assert.ok(drawn >= 200 && drawn <= 340, String(drawn));
});

test('rows come in one task while it is young, then after the next frame, and end', () => {
  let now = 0;
  const clock = mock.method(performance, 'now', () => now);
  const frames: FrameRequestCallback[] = [];
  Object.assign(globalThis, { requestAnimationFrame: (callback: FrameRequestCallback) => frames.push(callback) });
  // As Node 20.11 and later take it; its types are older.
  mock.timers.enable({ apis: ['setTimeout'] } as never);
  const tasks: number[][] = [[]];
  let wanted = false;
  const pace = new Pace(() => (wanted = true));
  // Two milliseconds a row, and four for what was never done.
  const draw = (already: number) => {
    const rows = pace.begin(50);
    now += (already === 0 ? 4 : 0) + 2 * (rows - already);
    tasks.at(-1)!.push(rows);
    pace.end(rows);
    return rows;
  };
  let rows = draw(0);
  while (wanted || frames.length > 0) {
    if (!wanted) {
      frames.shift()!(now);
      mock.timers.tick(1);
      tasks.push([]);
    }
    wanted = false;
    rows = draw(rows);
  }
  clock.mock.restore();
  mock.timers.reset();
  assert.equal(rows, 50);
  assert.ok(tasks[0]!.length > 1 && tasks.length > 2 && tasks.length < 10, JSON.stringify(tasks));
});
