/** The vocabularies that every catalogue must cover. */
export type { ContactState, JobState } from '../engine/boundary.ts';
export type { ErrorCode } from '../engine/errors.ts';
