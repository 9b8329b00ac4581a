/** Says which jobs of a list have ended. Loaded with the first that does. */
import type { JobRow } from '../../engine/list_engine.ts';
import { announce, fallSilent } from '../announcer.ts';
import type { View } from '../view.ts';
import { statusWord } from './cells.ts';

/** `unsaid`: emptied when they are said. Returns what makes `host` say no more. */
export function sayEnds(host: HTMLElement, unsaid: JobRow[], view: View): () => void {
  const { list, locale } = view.text;
  if (host.isConnected)
    announce(host, locale, () => {
      const [row, another] = unsaid;
      const count = unsaid.splice(0).length;
      return !row ? '' : another ? list.endedMany(count) : list.ended(row.job.item || row.job.name, statusWord(row, view));
    });
  return () => fallSilent(host);
}
