import type { Problem, ServiceError } from './boundary.ts';

/** One code a reason. The first group is about what was given to us, the second about texts, the third about asking, the fourth about answers. */
export type ErrorCode =
  | 'input-empty'
  | 'input-unrecognised'
  | 'vault-needed'
  | 'resource-id-malformed'
  | 'url-refused'
  | 'endpoint-refused'
  | 'filter-refused'
  | 'cancel-impossible'
  | 'cancel-refused'
  | 'not-json'
  | 'too-deep'
  | 'too-large'
  | 'wrong-shape'
  | 'offline'
  | 'network'
  | 'timed-out'
  | 'token-failed'
  | 'token-invalid'
  | 'sign-in-needed'
  | 'forbidden'
  | 'not-found'
  | 'throttled'
  | 'service-failed'
  | 'request-refused'
  | 'answer-unreadable'
  | 'redirected'
  | 'list-unending';

const noService: ServiceError = { code: '', message: '', target: '', text: '', other: [] };

/** Whether doing the same again later can help, without anything else being changed. */
function canRetry(code: ErrorCode): boolean {
  return ['offline', 'network', 'timed-out', 'token-failed', 'throttled', 'service-failed', 'answer-unreadable'].includes(code);
}

/** What this library throws and rejects with, beside AbortSignal's own reason. A rejection of getToken is quoted in `message`. */
export class BackupJobsError extends Error {
  override readonly name: string = 'BackupJobsError';
  readonly code: ErrorCode;
  readonly httpStatus: number;
  /** What the service itself said. */
  readonly service: ServiceError;
  /** To quote to support; empty where the browser may not read it. */
  readonly correlationId: string;
  readonly canRetry: boolean;

  constructor(problem: Partial<Problem> & { code: ErrorCode }) {
    super([problem.code, problem.service?.message || problem.detail].filter(Boolean).join(': '));
    this.code = problem.code;
    this.httpStatus = problem.httpStatus ?? 0;
    this.service = problem.service ?? noService;
    this.correlationId = problem.correlationId ?? '';
    this.canRetry = canRetry(problem.code);
  }
}

/** The WebAssembly could not be loaded; the message says what to check. Opening again tries again. */
export class EngineLoadError extends Error {
  override readonly name: string = 'EngineLoadError';
}

/** The engine or watch was closed while something was awaited. */
export class ClosedError extends Error {
  override readonly name: string = 'ClosedError';
  constructor() {
    super('closed');
  }
}
