export { en, type Messages } from './en.ts';
export { formatFor, type Format } from './format.ts';
export type { JobMessages } from './en_job.ts';
