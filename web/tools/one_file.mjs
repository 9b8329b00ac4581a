// The whole page in one HTML file that is opened from disk: script, sheet, icon and WebAssembly inside, and a policy that lets it ask Azure and nobody else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { clouds } from './clouds.mjs';
import { root } from './setup.mjs';

const read = (file) => readFileSync(join(root, 'web', file), 'utf8');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Replaces what must be there exactly once. */
export function put(text, from, to) {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`expected once, found ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}

/** A script's text as it may stand in HTML: what would end it, or begin a comment, is escaped, which strings, templates and regular expressions all understand. */
async function as_inline(code) {
  const text = code.trim().replace(/<(?=!--|\/?script)/gi, '\\x3c');
  // The parser of HTML would change these, and the hash would be another's.
  if (/[\0\r]/.test(text)) throw new Error('the script has characters that HTML changes');
  // Escaped outside of a literal it would be a script no more.
  await transform(text, { format: 'esm', target: 'es2022', logLevel: 'silent' });
  return text;
}

/** frame-ancestors is for headers alone. What is a script, and not data, runs by its hash; so does the sheet. */
function policy({ script, sheet, endpoints }) {
  return [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(sheet)}`,
    'img-src data:',
    `connect-src ${endpoints.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

const as_data = (settings) => JSON.stringify(settings).replaceAll('<', '\\u003c');

/**
 * @param {string} code of the page, with everything that it may load
 * @param {string} notices of the licences of what others wrote in it
 */
export async function one_file(code, notices) {
  const script = await as_inline(code);
  const sheet = read('page.css');
  const endpoints = Object.values(clouds).map(({ endpoint }) => endpoint);
  let html = read('index.html');
  html = put(html, '<meta charset="utf-8" />', `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy({ script, sheet, endpoints })}" />`);
  html = put(html, 'href="icon.svg"', `href="data:image/svg+xml,${encodeURIComponent(read('icon.svg'))}"`);
  html = put(html, '<link rel="stylesheet" href="page.css" />', `<style>${sheet}</style>`);
  const settings = `<script type="application/json" id="config">${as_data({ endpoint: clouds.public.endpoint })}</script>`;
  html = put(html, '<script type="module" src="page.js"></script>', `${settings}\n    <script type="module">${script}</script>`);
  const left = /\b(?:src|href)="(?!data:)[^"]*"/.exec(html.replace(script, ''));
  if (left) throw new Error(`the one file would load ${left[0]}`);
  if (/--!?>/.test(notices)) throw new Error('the notices would end their comment');
  return `${html.trimEnd()}\n<!--\n${notices}-->\n`;
}

/** The same file with other settings and for their endpoint alone: a cloud of one's own, a simulator. */
export function one_file_for(html, settings) {
  const other = html.replace(/; connect-src [^;]+;/, () => `; connect-src ${settings.endpoint};`);
  return other.replace(/(<script type="application\/json" id="config">).*?(<\/script>)/, (_, begin, end) => begin + as_data(settings) + end);
}
