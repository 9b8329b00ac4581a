/** Which language an element speaks: what it was told to, else that of the text it stands in. */
import { languages } from '../messages/index.ts';

export function languageOf(element: Element, told: string): string {
  const speaks = (language: string) => (told ? `${told}-`.toLowerCase().startsWith(`${language}-`.toLowerCase()) : element.matches(`:lang(${language})`));
  return languages.find(speaks) ?? 'en';
}

interface Speaking {
  requestUpdate(): void;
}

const speakers = new Set<Speaking>();
let observer: MutationObserver | undefined;

/** Draws the element again when the page's language, or that of any part of it, is another. */
export function followLanguage(element: Speaking, isThere: boolean): void {
  if (isThere) speakers.add(element);
  else speakers.delete(element);
  observer ??= new MutationObserver(() => speakers.forEach((speaker) => speaker.requestUpdate()));
  if (speakers.size > 0) observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['lang'] });
  else observer.disconnect();
}
