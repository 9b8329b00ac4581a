/** The words of the views beside the list: English comes with them, another language when it is wanted. */
import { en_views, type ViewMessages } from './en_views.ts';

export { en_views, type ViewMessages } from './en_views.ts';

const others: Readonly<Record<string, () => Promise<{ readonly views: ViewMessages }>>> = {
  de: () => import('./views_de.ts'),
  ja: () => import('./views_ja.ts'),
  ko: () => import('./views_ko.ts'),
  ru: () => import('./views_ru.ts'),
  'zh-TW': () => import('./views_zh_tw.ts'),
};

/** Rejects where they cannot be loaded. */
export async function viewWordsIn(language: string): Promise<ViewMessages> {
  const other = others[language];
  return other ? (await other()).views : en_views;
}
