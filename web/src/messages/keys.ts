/** The vocabularies that every catalogue must cover. */
export type { ContactState, JobState } from '../engine/boundary.ts';
import type { ErrorCode } from '../engine/errors.ts';

export type { ErrorCode };
/** Of what was given to follow, and of cancelling: lists never have them. */
export type JobErrorCode = Extract<ErrorCode, 'input-empty' | 'input-unrecognised' | 'vault-needed' | 'cancel-impossible' | 'cancel-refused' | 'not-json' | 'too-deep' | 'too-large' | 'wrong-shape'>;
