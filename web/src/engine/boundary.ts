/**
 * The WebAssembly module as C++ binds it (wasm/browser/engine.cpp, to_value.cpp), written by hand because this Emscripten writes no types.
 * tests/browser/boundary.spec.ts holds it against the module.
 *
 * Times are milliseconds: `start` and `end` since the Unix epoch, `duration` as a length, `answeredAt` and `nextAt` on performance.now()'s clock.
 */
import type { ErrorCode } from './errors.ts';

export type JobState = 'unknown' | 'not-started' | 'in-progress' | 'cancelling' | 'completed' | 'completed-with-warnings' | 'failed' | 'cancelled';
export type OperationState = 'unknown' | 'in-progress' | 'succeeded' | 'failed' | 'canceled';

/** The service's word, as it came, beside what it is known to mean. */
export interface Status<State extends string> {
  readonly state: State;
  readonly text: string;
}

/** An entry of a property bag, or (named by a JSON Pointer) a field the model has no name for. */
export interface Property {
  readonly name: string;
  /** null where the service sent null, and for secrets, which never cross. */
  readonly value: string | null;
  readonly secret: boolean;
}

export interface Task {
  /** A display name such as "Take Snapshot". */
  readonly id: string;
  readonly instanceId: string;
  readonly status: Status<JobState>;
  readonly start: number | null;
  readonly end: number | null;
  readonly duration: number | null;
  readonly progress: number | null;
  readonly executionDetails: string;
}

export interface JobError {
  readonly code: string;
  readonly title: string;
  readonly message: string;
  readonly details: string;
  readonly recommendations: readonly string[];
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly jobType: string;
  /** What is backed up or restored: the service's entityFriendlyName. */
  readonly item: string;
  readonly managementType: string;
  readonly operation: string;
  readonly status: Status<JobState>;
  readonly start: number | null;
  readonly end: number | null;
  /** How long it has run, or ran, by the service's word at the time of the answer. */
  readonly duration: number | null;
  /** To quote to support. */
  readonly activityId: string;
  readonly actions: readonly string[];
  readonly containerName: string;
  readonly containerType: string;
  readonly workloadType: string;
  readonly machineVersion: string;
  readonly serverName: string;
  readonly serverType: string;
  readonly storageAccount: string;
  readonly userTriggered: boolean | null;
  /** Percent; only some operations have one. */
  readonly progress: number | null;
  /** The service's own estimate, as a rule far too low. */
  readonly estimatedRemaining: number | null;
  readonly dynamicErrorMessage: string;
  readonly detailed: boolean;
  readonly tasks: readonly Task[];
  readonly errors: readonly JobError[];
  readonly properties: readonly Property[];
  readonly internalProperties: readonly Property[];
  readonly other: readonly Property[];
}

export interface ServiceError {
  readonly code: string;
  readonly message: string;
  readonly target: string;
  /** The words of an answer that was not JSON. */
  readonly text: string;
  /** Details, inner errors, recommended actions: whatever else came along. */
  readonly other: readonly Property[];
}

export interface Operation {
  readonly id: string;
  readonly name: string;
  readonly status: Status<OperationState>;
  readonly objectType: string;
  readonly start: number | null;
  readonly end: number | null;
  readonly percentComplete: number | null;
  readonly error: ServiceError;
  /** Names or resource ids of the jobs it became. */
  readonly jobs: readonly string[];
  readonly failedJobs: readonly { readonly job: string; readonly errorCode: string }[];
  readonly other: readonly Property[];
}

/** Why something did not work; `code` says what it is about. Says nothing about the job. */
export interface Problem {
  readonly code: ErrorCode;
  /** For developers. */
  readonly detail: string;
  /** 0 where there was no answer. */
  readonly httpStatus: number;
  readonly service: ServiceError;
  readonly correlationId: string;
}

/** How the asking goes, which is never how the job goes. */
export type ContactState =
  | 'none'
  | 'fresh'
  | 'retrying'
  | 'throttled'
  | 'offline'
  | 'waiting-for-token'
  | 'sign-in'
  | 'stopped'
  | 'ended'
  | 'paused';

export interface Contact {
  readonly state: ContactState;
  /** A request is under way. */
  readonly asking: boolean;
  readonly error: Problem | null;
  /** When the last good answer came. */
  readonly answeredAt: number | null;
  /** When the next request is due; null while asking, stopped or ended. The service's budget may put it off. */
  readonly nextAt: number | null;
  /** Requests that the service said it would still take this hour, where the browser may read that. */
  readonly requestsLeft: number | null;
}

export interface Vault {
  readonly id: string;
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

export interface WatchedJob {
  readonly id: string;
  readonly name: string;
  readonly vault: Vault;
  /** null until it was read. */
  readonly job: Job | null;
  readonly contact: Contact;
  /** Of a cross-region job: the vault's paired region. Empty else. */
  readonly region: string;
  /** It runs, the service offers to cancel it, and nobody has asked for that yet. The service may refuse nevertheless. */
  readonly canCancel: boolean;
  /** What became of a cancel that was asked for; null where there is none, or the job has ended. */
  readonly cancel: Cancellation | null;
  /** From earlier runs that were seen; null where they are too few to say, or the job has ended. */
  readonly forecast: Forecast | null;
}

/** How much longer a job may run, in ms from the contact's `answeredAt`: over before `middle` with an even chance, and in four of five cases between the others. */
export interface Forecast {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** `accepted` is not cancelled yet: the job's own status says how it ends. */
export interface Cancellation {
  readonly state: 'asking' | 'accepted' | 'refused';
  /** Why it was refused, or could not be asked: then it may or may not have arrived. */
  readonly error: Problem | null;
}

export type Stage = 'operation' | 'jobs' | 'ended-jobs' | 'ended-operation' | 'ended-without-job';

/** Everything that is known of a watch at one time. A value: it never changes. */
export interface WatchState {
  readonly stage: Stage;
  readonly operation: Operation | null;
  readonly jobs: readonly WatchedJob[];
  /** The most troubled of the watch's contacts. */
  readonly contact: Contact;
  /** Why a job that the operation named cannot be followed. */
  readonly naming: Problem | null;
  /** It has not ended, and nothing more will come by itself: only refresh() goes on. */
  readonly halted: boolean;
  /** The same as long as nothing but time has changed. */
  readonly revision: number;
  /** How far this computer's clock is ahead of the service's, in ms (behind: negative); null within five minutes. */
  readonly clockSkew: number | null;
}

/** What follow() needs to follow the same again: ids only. */
export interface SavedWatch {
  readonly text: string;
  readonly vault: string;
}

export interface BoundaryHost {
  requestToken(request: number, claims: string, forceRefresh: boolean): void;
  changed(watch: number): void;
}

/** What a host may do with a watch, by number; the first three set its attention. */
export const actions = { paused: 0, background: 1, watched: 2, unfollow: 3, refresh: 4, cancel: 5, reachBack: 6 } as const;

export interface BoundaryEngine {
  follow(text: string, vault: string): { readonly watch: number } | Problem;
  /** `which`: the job to cancel, the days to reach back. */
  act(watch: number, action: number, which: number): Problem | null;
  view(watch: number): unknown;
  saved(): readonly SavedWatch[];
  setEnvironment(visible: boolean, online: boolean): void;
  /** The token; or, with a reason, that there is none. */
  answerToken(request: number, token: unknown, reason: string): void;
  usage(): { feeds: number; jobs: number; requests: number; timer: boolean };
  delete(): void;
}

export interface BoundaryModule {
  Engine: {
    /** Floor, ceiling and timeout are ms. */
    new (endpoint: string, seed: number, floor: number, ceiling: number, timeout: number, requestsPerHour: number, host: BoundaryHost): BoundaryEngine;
    endpointError(endpoint: string): Problem | null;
  };
}
