// Rows 1 and 2, and what the pages of first rows loaded.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { dist } from '../../web/tools/build.mjs';
import { sizes } from '../../web/tools/size.mjs';
import { contenders } from './contenders.mjs';

const thousands = (bytes) => (bytes / 1000).toFixed(1);

/** `loaded`: the paths of each contender's files; `files`: those that are not in dist/. */
export async function bytes_loaded(files, loaded) {
  const sums = contenders.map(({ id, name }) => {
    const bodies = [...new Set(loaded[id])].filter((path) => !path.endsWith('.html')).map((path) => (path in files ? Buffer.from(files[path]) : readFileSync(join(dist, path))));
    const sum = (size) => bodies.reduce((total, body) => total + size(body), 0);
    return { id, name, files: bodies.length, raw: sum(({ length }) => length), gzip: sum((body) => gzipSync(body, { level: 9 }).length), brotli: sum((body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }).length) };
  });
  const { headless, job, lists } = await sizes();
  const budget = (row, figure, { brotli }, most) => ({ row, figure, measured: `${thousands(brotli)} KB`, target: `≤ ${most} KB`, met: brotli <= most * 1000 });
  return {
    section: {
      title: 'Bytes loaded for the first rows', head: ['', 'who', 'files', 'minified KB', 'gzip KB', 'brotli KB'],
      rows: sums.map(({ name, files: many, raw, gzip, brotli }) => ['', name, many, thousands(raw), thousands(gzip), thousands(brotli)]),
      plots: [{ title: 'brotli', values: sums.map(({ id, name, brotli }) => ({ id, name, median: brotli / 1000, low: brotli / 1000, high: brotli / 1000, count: 1 })) }], unit: 'KB',
      note: 'Ours is the whole element with its WebAssembly; the peers load no more than a plain table needs, and no sign-in.',
    },
    verdicts: [
      budget('1', 'headless API: JS + WASM, brotli', headless, 55),
      budget('2', 'everything for <azure-backup-job>, brotli', job, 90),
      budget('2', 'everything for <azure-backup-jobs>, brotli', lists, 90),
    ],
  };
}
