// Vite's server for development, on a page of its own: node vite_dev.mjs <folder> <vite, or another version of it> <script> [excluded]. Prints its address; ends with its input.
import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { write_source } from './build.mjs';

const [folder, version, script, excluded] = process.argv.slice(2);
const { createServer } = await import(version);
const root = resolve(folder);
write_source(root, [script, 'show.js']);
writeFileSync(join(root, 'package.json'), '{ "private": true, "type": "module" }');
writeFileSync(join(root, 'favicon.ico'), '');
// A project has its packages inside: Vite serves no files from elsewhere.
const packages = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');
cpSync(join(packages, 'azure-backup-jobs'), join(root, 'node_modules', 'azure-backup-jobs'), { recursive: true });
const server = await createServer({ root, configFile: false, logLevel: 'warn', server: { host: '127.0.0.1', port: 0 }, ...(excluded ? { optimizeDeps: { exclude: [excluded] } } : {}) });
await server.listen();
console.log(`http://127.0.0.1:${server.httpServer.address().port}/`);
process.stdin.resume();
process.stdin.on('end', () => server.close().then(() => process.exit()));
