/** Debian's nginx, with folders and a port of its own, on web/hosting/nginx.conf. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { dist } from '../../web/tools/build.mjs';
import { clouds } from '../../web/tools/clouds.mjs';
import { program_of, root } from '../../web/tools/setup.mjs';

export interface Nginx {
  readonly url: string;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Replaces what is there; what is not there would leave the file as it is served, untested. */
function put(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`not in nginx.conf: ${from}`);
  return text.replaceAll(from, to);
}

/** What nginx needs around a server block to run beside another, as whoever runs the tests. */
const around = (folder: string) => `
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${folder}/pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  include ${folder}/site.conf;
}
`;

/** Serves dist/ with this config.json from `folder`. The endpoint's origin, the port and the root are all that differs from the file that people are given. */
export async function serveWithNginx(folder: string, config: { endpoint: string }): Promise<Nginx> {
  const program = program_of('hosting');
  if (!program) throw new Error("nginx is missing: setup('hosting') fetches it");
  const site = join(folder, 'site');
  mkdirSync(folder, { recursive: true });
  cpSync(dist, site, { recursive: true });
  writeFileSync(join(site, 'config.json'), JSON.stringify(config));
  const port = await freePort();
  let conf = readFileSync(join(root, 'web', 'hosting', 'nginx.conf'), 'utf8');
  conf = put(conf, 'listen 80;', `listen 127.0.0.1:${port};`);
  conf = put(conf, 'root /var/www/azure-backup-jobs;', `root ${site};`);
  conf = put(conf, clouds.public.endpoint, config.endpoint);
  writeFileSync(join(folder, 'site.conf'), conf);
  writeFileSync(join(folder, 'nginx.conf'), around(folder));

  const server = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (data) => (said += data));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  for (const until = Date.now() + 10_000; !(await fetch(url).then(() => true, () => false)); ) {
    if (server.exitCode !== null || Date.now() > until) {
      server.kill();
      throw new Error(`nginx does not answer: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    async close() {
      server.kill('SIGQUIT');
      const late = setTimeout(() => server.kill('SIGTERM'), 1000);
      await ended;
      clearTimeout(late);
    },
  };
}
