// Serves dist/ as a static host would, under the headers that a careful one sets.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { dist } from './build.mjs';
import { clouds } from './clouds.mjs';

export const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * What a careful host sets: the one source of the files in web/hosting.
 * @param {{ endpoints: string[], logins?: string[] }} options `endpoints`: the clouds' Azure Resource Manager that the page asks; `logins`: where it signs in
 * connect-src names 'self', too: the page loads its WebAssembly and its own settings from there. The policy demo-worker is for the one service worker, whose URL is a sink of
 * Trusted Types.
 */
export function security_headers({ endpoints, logins = [] }) {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      `connect-src ${["'self'", ...endpoints, ...logins].join(' ')}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html demo-worker',
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** The headers of the files in web/hosting: for the public cloud. */
export function public_headers() {
  const { endpoint, logins } = clouds.public;
  return security_headers({ endpoints: [endpoint], logins });
}

/** The one file is to be kept, not opened here: the page's policy would not let it start. */
const disposition = (name) => (name === '/azure-backup-jobs.html' ? { 'Content-Disposition': 'attachment' } : {});

/** The first free port from `first` on. */
async function listen(server, first, host) {
  for (let port = first; port < first + 100; ++port) {
    const ok = await new Promise((resolve, reject) => {
      const failed = (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
      server.once('error', failed);
      server.listen(port, host, () => {
        server.off('error', failed);
        resolve(true);
      });
    });
    if (ok) return server.address().port;
  }
  throw new Error(`no free port from ${first} on`);
}

/** `extra` are further files by path. `config` becomes /config.json, the page's own settings; it may be a function. `folder` defaults to dist; `lib` is another place of the library's files. `logins`: hosts that it may sign in on, beside that of the settings. `change`: what a host makes of these headers. */
export async function serve_page({ port = 4280, host = '127.0.0.1', config, folder = dist, lib = join(folder, 'lib'), extra = {}, logins = [], change = (headers) => headers }) {
  const settings = () => (typeof config === 'function' ? config() : config);
  const server = createServer(async (request, response) => {
    const { endpoint, signIn } = settings();
    const login = signIn?.authority ? [new URL(signIn.authority).origin] : [];
    const headers = { ...security_headers({ endpoints: [endpoint], logins: [...logins, ...login] }), 'Cache-Control': 'no-store' };
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://page').pathname));
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const send = (status, type, body) => response.writeHead(status, change({ ...headers, ...disposition(name), 'Content-Type': type })).end(body);
    if (name === '/config.json') return send(200, types['.json'], JSON.stringify(settings()));
    if (name in extra) return send(200, types[extname(name)] ?? 'text/plain', extra[name]);
    try {
      send(200, types[extname(name)] ?? 'application/octet-stream', await readFile(name.startsWith('/lib/') ? join(lib, name.slice(5)) : join(folder, name)));
    } catch {
      send(404, 'text/plain', 'not here');
    }
  });
  const actual = await listen(server, port, host);
  return {
    url: `http://${host}:${actual}/`,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}
