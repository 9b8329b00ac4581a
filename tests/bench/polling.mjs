// `npm run bench -- polling`: rows 5, 5b, 6 and 6b of the targets, natively: what following costs in requests, and how late an end is shown.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build_fast, capture } from '../native.mjs';
import { setup } from '../../web/tools/setup.mjs';
import { folder } from './report.mjs';
import { short } from './table.mjs';

const colours = { ours: '--ours, #0b6a0b', 'fixed, as many requests': '--quiet, #605e5c', 'fixed 30 s': '--sdk, #0f6cbd', 'az wait': '--fourth, #8764b8', '2 s poller': '--by-hand, #bc4b09' };

/** Requests against delay, both logarithmic: what is low and left is better. One panel for each set of lengths. */
function picture(groups) {
  const panel = { width: 300, height: 220, left: 48, top: 34 };
  const columns = 2;
  const x = (polls) => panel.left + (Math.log10(Math.max(polls, 1)) / 3.3) * (panel.width - panel.left - 16);
  const y = (delay) => panel.top + (1 - (Math.log10(Math.max(delay, 0.5)) + 0.31) / 2.8) * (panel.height - panel.top - 40);
  const parts = Object.entries(groups).map(([name, results], index) => {
    const at = `translate(${(index % columns) * panel.width},${Math.floor(index / columns) * panel.height})`;
    const ticks = [1, 10, 100, 1000].map((polls) => `<text x="${x(polls)}" y="${panel.height - 22}" text-anchor="middle">${polls}</text>`).join('') +
      [1, 10, 100].map((delay) => `<text x="${panel.left - 8}" y="${y(delay) + 4}" text-anchor="end">${delay}</text><path d="M${panel.left} ${y(delay)}H${panel.width - 12}" style="stroke:var(--line, #e1dfdd)"/>`).join('');
    const marks = results.map(({ policy, polls, delay }) => `<g style="fill:var(${colours[policy]})"><circle cx="${x(polls)}" cy="${y(delay)}" r="5"/><text x="${x(polls) + 8}" y="${y(delay) - 6}">${policy === 'fixed, as many requests' ? 'fixed, as many' : policy}</text></g>`).join('');
    return `<g transform="${at}"><text x="${panel.left}" y="20" font-weight="600">${name}</text>${ticks}${marks}<text x="${panel.width / 2}" y="${panel.height - 6}" text-anchor="middle">requests a job · mean delay, s ↑</text></g>`;
  });
  const height = Math.ceil(parts.length / columns) * panel.height;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Requests a job against the mean delay in seconds" viewBox="0 0 ${panel.width * columns} ${height}" width="${panel.width * columns}" height="${height}" font-family="system-ui, sans-serif" font-size="11" style="fill:var(--ink, #323130)"><rect width="100%" height="100%" style="fill:var(--paper, #fff)"/>${parts.join('')}</svg>`;
}

function verdicts_of(results, groups, fleets) {
  const verdicts = [];
  const ratio = (on) => {
    const [ours, fixed] = groups[on];
    return ours.delay / fixed.delay;
  };
  if (groups.corpus) verdicts.push({ row: '6', figure: 'delay on the corpus against a fixed interval with as many requests', measured: ratio('corpus').toFixed(3), target: '≤ 0.333', met: ratio('corpus') <= 1 / 3 });
  for (const { on, bound } of results.filter((result) => result.bound && result.on.includes('ceiling'))) {
    const times = ratio(on) / bound;
    verdicts.push({ row: '6', figure: `delay, ${on}, against the best possible ratio ${bound.toFixed(3)}`, measured: `${ratio(on).toFixed(3)}, ${times.toFixed(2)} ×`, target: '≤ 1.15 ×', met: times <= 1.15 });
  }
  const forecast = results.find(({ on }) => on === 'forecast');
  if (forecast) {
    const margin = 1.96 * Math.sqrt((0.8 * 0.2) / forecast.jobs);
    const covered = Math.abs(forecast.coverage - 0.8) <= margin;
    verdicts.push({ row: '6b', figure: `forecast, n = ${forecast.jobs} of ${forecast.of}: median ratio to the truth`, measured: String(forecast.median), target: '0.8 … 1.25', met: forecast.median >= 0.8 && forecast.median <= 1.25 });
    verdicts.push({ row: '6b', figure: 'forecast: what its 80 % range covers', measured: `${(100 * forecast.coverage).toFixed(1)} %`, target: `80 ± ${(100 * margin).toFixed(1)} %`, met: covered });
  }
  const thousand = fleets.find(({ jobs }) => jobs === 1000);
  verdicts.push({ row: '5', figure: `1,000 jobs in a vault for an hour, mean delay ${short(thousand.delay)} s, ${thousand.unseen} ends not shown`, measured: `${thousand.reads} reads`, target: '≤ 120, 0 ends', met: thousand.reads <= 120 && thousand.unseen === 0 });
  const hundred = fleets.find(({ vaults }) => vaults === 100);
  verdicts.push({ row: '5b', figure: `100 vaults for an hour, besides ${hundred.questions} of Resource Graph, ${hundred.unseen} ends not shown`, measured: `${hundred.reads} reads, oldest ${hundred.oldest} s`, target: '≤ 120, ≤ 120 s, 0 ends', met: hundred.reads <= 120 && hundred.oldest <= 120 && hundred.unseen === 0 });
  return verdicts;
}

/** → { sections, verdicts } */
export async function polling({ show }) {
  setup('build', 'native');
  const failed = (text) => ({ sections: [], verdicts: [{ row: '5', figure: text, measured: 'nothing', target: 'to be measured', met: false }] });
  const { programs, said } = build_fast(['bench_polling']);
  if (!programs) return failed(said);
  const { ok, text } = capture(join(programs, 'bench_polling'), []);
  if (!ok) return failed(text);
  const results = text.trim().split('\n').map((line) => JSON.parse(line));
  const groups = {};
  for (const result of results) if (result.policy) (groups[result.on] ??= []).push(result);
  const fleets = results.filter(({ on }) => on === 'fleet');
  mkdirSync(folder, { recursive: true });
  const svg = picture(groups);
  writeFileSync(join(folder, 'polling.svg'), svg);
  const sections = [
    {
      title: 'One job: requests and delay', head: ['lengths', 'policy', 'requests', 'delay s', '95 % s'], svg,
      rows: results.filter(({ policy }) => policy).map(({ on, policy, polls, delay, late }) => [on, policy, short(polls), short(delay), short(late)]),
      note: groups.corpus ? '' : 'Recorded traffic is absent: rows 6 and 6b are measured on log-normal lengths only.',
    },
    {
      title: 'Many jobs, for an hour', head: ['vaults', 'jobs in each', 'reads in an hour', 'of Resource Graph', 'one GET per 30 s', 'delay s', '95 % s', 'oldest shown s', 'ends not shown'],
      rows: fleets.map(({ vaults, jobs, reads, questions, delay, late, oldest, unseen }) => [vaults, jobs, reads, questions, vaults * jobs * 120, short(delay), short(late), oldest, unseen]),
    },
  ];
  sections.forEach(show);
  return { sections, verdicts: verdicts_of(results, groups, fleets) };
}
