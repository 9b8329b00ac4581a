/** The static page's own words: English comes with it, another language when it is the reader's. */
import { en_page, type PageMessages } from './en_page.ts';

export { en_page, type PageMessages } from './en_page.ts';

const others: Readonly<Record<string, () => Promise<{ readonly page: PageMessages }>>> = {
  de: () => import('./page_de.ts'),
  ja: () => import('./page_ja.ts'),
  ko: () => import('./page_ko.ts'),
  ru: () => import('./page_ru.ts'),
  'zh-TW': () => import('./page_zh_tw.ts'),
};

/** Rejects where they cannot be loaded. */
export async function pageWordsIn(language: string): Promise<PageMessages> {
  const other = others[language];
  return other ? (await other()).page : en_page;
}
