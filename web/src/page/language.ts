/** Which of our languages the reader's browser asks for. */
import { languages } from '../messages/index.ts';

/** `wanted`, in the reader's order; English where we speak none of them. */
export function bestLanguage(wanted: readonly string[]): string {
  for (const one of wanted) {
    const asked = `${one}-`.toLowerCase();
    // Hong Kong and Macao write as Taiwan does.
    const meant = /^zh-(hant|hk|mo)-/.test(asked) ? 'zh-tw-' : asked;
    const found = languages.find((language) => meant.startsWith(`${language}-`.toLowerCase()));
    if (found) return found;
  }
  return 'en';
}

/** A language's name in itself. */
export function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}
