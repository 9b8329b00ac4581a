/** What every part of the job view is drawn from. */
import type { ErrorCode } from '../engine/api.ts';
import type { Format, JobMessages, Messages, Words } from '../messages/index.ts';

export interface View {
  readonly text: Words;
  readonly format: Format;
  /** performance.now() of this drawing. */
  readonly now: number;
  /** The state's; see WatchState. */
  readonly clockSkew: number | null;
}

/** Where one job is shown whole, and whatever else comes later. */
export interface JobView extends View {
  readonly text: Messages & JobMessages;
}

/** What an error means. */
export function errorWords(code: ErrorCode, text: Words): string {
  return ({ ...text.error, ...text.jobError } as Readonly<Record<string, string>>)[code] ?? code;
}

/** The catalogue's word for a word of the service, or the service's own. */
export function worded(words: Readonly<Record<string, string>>, text: string): string {
  return Object.hasOwn(words, text) ? (words[text] as string) : text;
}
