/** Catalogues: English comes with the elements, every other language when it is wanted. */
import { en, type Messages } from './en.ts';
import type { JobMessages } from './en_job.ts';

export { en, type Messages } from './en.ts';
export { formatFor, type Format } from './format.ts';
export type { JobMessages } from './en_job.ts';

/** Without `JobMessages` until somebody wants the whole. */
export type Words = Messages & Partial<JobMessages>;

const others: Readonly<Record<string, () => Promise<{ readonly words: Words }>>> = {
  de: () => import('./de.ts'),
  ja: () => import('./ja.ts'),
  ko: () => import('./ko.ts'),
  ru: () => import('./ru.ts'),
  'zh-TW': () => import('./zh_tw.ts'),
};

/** Every language that there is a catalogue of. */
export const languages: readonly string[] = ['en', ...Object.keys(others)];

/** The words of one of `languages`; `whole`: with those of one job, of menus, and of what the service's codes mean. Rejects where they cannot be loaded. */
export async function wordsIn(language: string, whole: boolean): Promise<Words> {
  const other = others[language];
  return other ? (await other()).words : whole ? { ...en, ...(await import('./en_job.ts')).en_job } : en;
}
