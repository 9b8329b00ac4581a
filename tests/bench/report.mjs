// The report: a Markdown table of the targets with what was measured, and a page with plots. Nothing in it is run or loaded.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../../web/tools/setup.mjs';
import { escaped, plot } from './plot.mjs';

export const folder = join(root, 'build', 'bench');

const target_head = ['row', 'figure', 'measured', 'target', ''];
const target_rows = (verdicts) => verdicts.map(({ row, figure, measured, target, met }) => [row, figure, measured, target, met ? 'pass' : 'short']);

/** The rows of TARGETS.md in their order. */
const in_order = (verdicts) => [...verdicts].sort((a, b) => Number.parseInt(a.row) - Number.parseInt(b.row) || a.row.localeCompare(b.row));

/** Of what the figures are. */
function circumstances({ results, quick, minutes }) {
  const [{ model }] = cpus();
  return [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, ${minutes.toFixed(1)} minutes, parts: ${results.map(({ name }) => name).join(', ')}${quick ? ', --quick: few repetitions' : ''}.`,
    `${cpus().length} × ${model.trim()}, load ${loadavg()[0].toFixed(1)} at the end; Node ${process.version}; ${[...new Set(results.flatMap(({ about }) => about ?? []))].join(', ')}.`,
    'Medians, with quartiles in brackets where there are repetitions. The contenders take turns within each repetition, on the same simulated Azure Resource Manager in the same browser: compare ratios, not milliseconds.',
    'SDK is @azure/arm-recoveryservicesbackup 12.0.0; by hand is fetch + json() + map.',
  ];
}

const cell = (text) => String(text).replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('\n', ' ');
const markdown_table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

function as_markdown({ results, about, verdicts }) {
  const sections = results.flatMap((result) => result.sections);
  return `# Bench\n\n${about.join('  \n')}\n\n${markdown_table(target_head, target_rows(verdicts))}\n${sections.map(({ title, head, rows, note }) => `\n## ${title}\n\n${markdown_table(head, rows)}\n${note ? `\n${note}\n` : ''}`).join('')}`;
}

const html_table = (head, rows) => `<div class="wide"><table><thead><tr>${head.map((text) => `<th scope="col">${escaped(text)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((text, i) => `<td${i === row.length - 1 && ['pass', 'short'].includes(text) ? ` class="${text}"` : ''}>${escaped(text)}</td>`).join('')}</tr>`).join('')}</tbody></table></div>`;

const sheet = `
:root { color-scheme: light dark; --ink: #242424; --quiet: #605e5c; --paper: #fff; --line: #e1dfdd; --ours: #0b6a0b; --sdk: #0f6cbd; --by-hand: #bc4b09; --fourth: #8764b8; --short: #b10e1c; }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f2f1; --quiet: #b3b0ad; --paper: #1b1a19; --line: #3b3a39; --ours: #5ec75e; --sdk: #62abf5; --by-hand: #f7894a; --fourth: #c3a5e8; --short: #ff99a4; } }
body { max-width: 1100px; margin: 32px auto; padding: 0 16px; background: var(--paper); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1, h2 { font-weight: 600; line-height: 1.25; } h2 { margin-top: 40px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; margin: 16px 0; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; } th { font-weight: 600; }
section :is(th, td):nth-child(-n+2) { white-space: nowrap; }
.pass { color: var(--ours); } .short { color: var(--short); font-weight: 600; } .note { max-width: 75ch; color: var(--quiet); }
figure { margin: 16px 0; } svg { max-width: 100%; height: auto; }`;

function as_html({ results, about, verdicts }) {
  const sections = results.flatMap((result) => result.sections);
  const body = sections.map((section) => `<section><h2>${escaped(section.title)}</h2>${section.svg || section.plots?.length ? `<figure>${section.svg ?? plot(section)}</figure>` : ''}${html_table(section.head, section.rows)}${section.note ? `<p class="note">${escaped(section.note)}</p>` : ''}</section>`).join('\n');
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>azure-backup-jobs: bench</title><style>${sheet}</style></head>\n<body><h1>Bench</h1><p class="note">${about.map(escaped).join('<br>')}</p>${html_table(target_head, target_rows(verdicts))}\n${body}</body></html>\n`;
}

/** → { markdown, html }: the files, from the project's folder. */
export function write_report({ results, quick, minutes }) {
  const told = { results, about: circumstances({ results, quick, minutes }), verdicts: in_order(results.flatMap((result) => result.verdicts)) };
  mkdirSync(folder, { recursive: true });
  const files = { markdown: join(folder, 'report.md'), html: join(folder, 'report.html') };
  writeFileSync(files.markdown, as_markdown(told));
  writeFileSync(files.html, as_html(told));
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, relative(root, file)]));
}
