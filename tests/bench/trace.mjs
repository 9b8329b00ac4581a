// The main thread's tasks while something runs, from Chromium's own trace: an observer of long tasks sees none under 50 ms.

const categories = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];
const marks = ['bench-begin', 'bench-end'];
const mark = (page, name) => page.evaluate((text) => void performance.mark(text), name);

/** Runs it. → { result, longest: of all tasks, many: of those of 50 ms or more }, in milliseconds */
export async function traced(browser, page, run) {
  await browser.startTracing(page, { categories });
  await mark(page, marks[0]);
  const result = await run();
  await mark(page, marks[1]);
  const { traceEvents: events } = JSON.parse(await browser.stopTracing());
  const [begin, end] = marks.map((name) => events.find((event) => event.name === name && event.cat === 'blink.user_timing'));
  if (!begin || !end) throw new Error('the trace has not got its marks');
  const tasks = events.filter(({ name, ph, pid, tid, ts, dur }) => name === 'RunTask' && ph === 'X' && pid === begin.pid && tid === begin.tid && ts + dur >= begin.ts && ts <= end.ts).map(({ dur }) => dur / 1000);
  return { result, longest: Math.max(0, ...tasks), many: tasks.filter((ms) => ms >= 50).length };
}
