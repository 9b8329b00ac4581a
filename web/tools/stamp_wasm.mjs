// Gives a WebAssembly module a name of its own, a hash of what it is, in a custom section: its script takes no other (web/src/engine/load.ts).
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [path] = process.argv.slice(2);
const bytes = readFileSync(path);
const id = createHash('sha256').update(bytes).digest().subarray(0, 8);
// A custom section (0), its length, and its name with that name's length before it.
writeFileSync(path, Buffer.concat([bytes, Buffer.from([0, 1 + 2 + id.length, 2]), Buffer.from('id'), id]));
