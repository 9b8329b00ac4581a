// Our engine. Its files are loaded as they are in dist/.
import { product } from '../product.mjs';

const answers = () => performance.getEntriesByType('resource').filter(({ initiatorType }) => initiatorType === 'xmlhttprequest').length;

/** The memory of the module, seen as it is instantiated. */
function note_memory() {
  const memories = [];
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const result = await instantiate.apply(WebAssembly, given);
    memories.push(...Object.values((result.instance ?? result).exports).filter((value) => value instanceof WebAssembly.Memory));
    return result;
  };
  return () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

export async function open({ endpoint, vault, fleet, quiet = 300 }) {
  const wasm = note_memory();
  // It asks again when it is told to, and not of itself in between.
  const options = { endpoint, getToken: () => 'token', requestsPerHour: 1e6, pollEvery: { floor: 3_600_000, ceiling: 86_400_000 } };
  const { openListEngine, openPictureEngine, everyVault } = await import(fleet ? product.pictures : product.lists);
  const engine = await (openPictureEngine ?? openListEngine)(options);
  const view = engine.jobs();
  let watch;

  /** Until `holds`, asked after each change. */
  const until = (holds) => new Promise((resolve) => {
    const stop = view.subscribe(() => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });
  const completed = () => {
    const asked = engine.jobs({ states: ['completed'] });
    const { total } = asked.rows(0, 0);
    asked.close();
    return total;
  };

  return {
    wasm,
    async list({ count }) {
      const begin = performance.now();
      let first = 0, total = 0, answers_until_first = 0;
      watch = engine.watchVault(fleet ? everyVault : vault);
      await until(() => {
        // As a page does: the rows on screen, after each change.
        ({ total } = view.rows(0, 50));
        if (total > 0 && !first) {
          first = performance.now() - begin;
          answers_until_first = answers();
        }
        return total >= count && watch.state.listed && watch.state.loading === 0;
      });
      return { first, all: performance.now() - begin, total, answers_until_first };
    },
    /** It is over when an answer has come and nothing more does for a while; the while does not count. */
    async refresh() {
      const before = completed(), { answeredAt } = watch.state.contact;
      const begin = performance.now();
      let last = begin;
      const stop = view.subscribe(() => {
        view.rows(0, 50);
        last = performance.now();
      });
      watch.refresh();
      const is_over = () => !watch.state.contact.asking && watch.state.contact.answeredAt !== answeredAt && performance.now() - last > quiet;
      while (!is_over()) {
        if (performance.now() - begin > 120_000) throw new Error(`no end of it: ${JSON.stringify(watch.state)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      stop();
      return { all: last - begin, changed: completed() - before };
    },
    close: () => engine.close(),
  };
}
