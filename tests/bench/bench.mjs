// `npm run bench -- polling [--quick]`: runs a benchmark, prints its table, draws it, and says which targets are met. Never part of CI.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../web/tools/setup.mjs';
import { build_fast, capture } from '../native.mjs';
import { browser } from './browser.mjs';
import { store } from './store.mjs';
import { short, table } from './table.mjs';

/** Requests against delay, both logarithmic: what is low and left is better. One panel for each set of lengths. */
function picture(groups) {
  const panel = { width: 300, height: 220, left: 48, top: 34 };
  const columns = 2;
  const x = (polls) => panel.left + (Math.log10(Math.max(polls, 1)) / 3.3) * (panel.width - panel.left - 16);
  const y = (delay) => panel.top + (1 - (Math.log10(Math.max(delay, 0.5)) + 0.31) / 2.8) * (panel.height - panel.top - 40);
  const colours = { ours: '#0b6a0b', 'fixed, as many requests': '#605e5c', 'fixed 30 s': '#0f6cbd', 'az wait': '#8764b8', '2 s poller': '#bc4b09' };
  const parts = [];
  Object.entries(groups).forEach(([name, results], index) => {
    const at = `translate(${(index % columns) * panel.width},${Math.floor(index / columns) * panel.height})`;
    const ticks = [1, 10, 100, 1000].map((polls) => `<text x="${x(polls)}" y="${panel.height - 22}" text-anchor="middle">${polls}</text>`).join('') +
      [1, 10, 100].map((delay) => `<text x="${panel.left - 8}" y="${y(delay) + 4}" text-anchor="end">${delay}</text><path d="M${panel.left} ${y(delay)}H${panel.width - 12}" stroke="#e1dfdd"/>`).join('');
    const marks = results.map(({ policy, polls, delay }) => `<circle cx="${x(polls)}" cy="${y(delay)}" r="5" fill="${colours[policy]}"/><text x="${x(polls) + 8}" y="${y(delay) - 6}" fill="${colours[policy]}">${policy === 'fixed, as many requests' ? 'fixed, as many' : policy}</text>`).join('');
    parts.push(`<g transform="${at}"><text x="${panel.left}" y="20" font-weight="600">${name}</text>${ticks}${marks}<text x="${panel.width / 2}" y="${panel.height - 6}" text-anchor="middle" fill="#605e5c">requests a job · mean delay, s ↑</text></g>`);
  });
  const height = Math.ceil(parts.length / columns) * panel.height;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${panel.width * columns} ${height}" width="${panel.width * columns}" height="${height}" font-family="system-ui, sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>`;
}

function polling() {
  const { programs, said } = build_fast(['bench_polling']);
  if (!programs) return [{ name: said, met: false }];
  const { ok, text } = capture(join(programs, 'bench_polling'), []);
  if (!ok) return [{ name: text, met: false }];
  const results = text.trim().split('\n').map((line) => JSON.parse(line));
  const groups = {};
  for (const result of results) if (result.policy) (groups[result.on] ??= []).push(result);
  table(['lengths', 'policy', 'requests', 'delay s', '95 % s'], results.filter(({ policy }) => policy).map(({ on, policy, polls, delay, late }) => [on, policy, short(polls), short(delay), short(late)]));
  console.log();
  const fleets = results.filter(({ on }) => on === 'fleet');
  table(['vaults', 'jobs in each', 'reads in an hour', 'of Resource Graph', 'one GET per 30 s', 'delay s', '95 % s', 'oldest shown s', 'ends not shown'], fleets.map(({ vaults, jobs, reads, questions, delay, late, oldest, unseen }) => [vaults, jobs, reads, questions, vaults * jobs * 120, short(delay), short(late), oldest, unseen]));
  const folder = join(root, 'build', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'polling.svg'), picture(groups));
  console.log(`\npicture: ${join('build', 'bench', 'polling.svg')}\n`);

  const verdicts = [];
  const ratio = (on) => {
    const [ours, fixed] = groups[on];
    return ours.delay / fixed.delay;
  };
  if (groups.corpus) verdicts.push({ name: `row 6: delay on the corpus against a fixed interval with as many requests: ${ratio('corpus').toFixed(3)} (≤ 0.333)`, met: ratio('corpus') <= 1 / 3 });
  else console.log('recorded traffic is absent: rows 6 and 6b are measured on log-normal lengths only');
  for (const { on, bound } of results.filter((result) => result.bound && result.on.includes('ceiling'))) {
    const times = ratio(on) / bound;
    verdicts.push({ name: `row 6: ${on}: ratio ${ratio(on).toFixed(3)}, best possible ${bound.toFixed(3)}: ${times.toFixed(2)} × (≤ 1.15)`, met: times <= 1.15 });
  }
  const forecast = results.find(({ on }) => on === 'forecast');
  if (forecast) {
    const margin = 1.96 * Math.sqrt((0.8 * 0.2) / forecast.jobs);
    const covered = Math.abs(forecast.coverage - 0.8) <= margin;
    verdicts.push({ name: `row 6b: forecast, n = ${forecast.jobs} of ${forecast.of}: median ratio ${forecast.median} (0.8 … 1.25)`, met: forecast.median >= 0.8 && forecast.median <= 1.25 });
    verdicts.push({ name: `row 6b: its 80 % range covers ${(100 * forecast.coverage).toFixed(1)} % (80 ± ${(100 * margin).toFixed(1)})`, met: covered });
  }
  const thousand = fleets.find(({ jobs }) => jobs === 1000);
  verdicts.push({ name: `row 5: 1,000 jobs in a vault for an hour: ${thousand.reads} reads (≤ 120), mean delay ${short(thousand.delay)} s`, met: thousand.reads <= 120 && thousand.unseen === 0 });
  const hundred = fleets.find(({ vaults }) => vaults === 100);
  verdicts.push({ name: `row 5b: 100 vaults for an hour: ${hundred.reads} reads (≤ 120) and ${hundred.questions} of Resource Graph, oldest ${hundred.oldest} s (≤ 120), ${hundred.unseen} ends not shown`, met: hundred.reads <= 120 && hundred.oldest <= 120 && hundred.unseen === 0 });
  return verdicts;
}

const benches = { polling, store, browser };

/** The benchmark named first; true where every target is met. The verdict is on the last line. */
export async function bench([name]) {
  if (!Object.hasOwn(benches, name ?? '')) {
    console.log(`which? ${Object.keys(benches).join(', ')}`);
    return false;
  }
  const verdicts = await benches[name]();
  for (const { name: text, met } of verdicts) console.log(`${met ? 'met  ' : 'SHORT'}  ${text}`);
  const met = verdicts.filter((verdict) => verdict.met).length;
  console.log(`${met} met, ${verdicts.length - met} short`);
  return met === verdicts.length;
}
