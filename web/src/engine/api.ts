/** What every entry of the headless API has. */
export { defaultEndpoint, Engine, type EngineOptions, type FollowOptions, type GetToken, type TokenRequest } from './engine.ts';
export { BackupJobsError, ClosedError, EngineLoadError, type ErrorCode } from './errors.ts';
export { endOf, expectCompleted, JobNotCompletedError, resultOfAll, WaitTimeoutError, Watch, type WaitOptions, type WatchEnd } from './watch.ts';
export type { Attention } from './followed.ts';
export type { Wasm, WasmSource } from './load.ts';
export type {
  Cancellation,
  Contact,
  ContactState,
  Forecast,
  Job,
  JobError,
  JobState,
  Operation,
  OperationState,
  Problem,
  Property,
  SavedWatch,
  ServiceError,
  Stage,
  Status,
  Task,
  Vault,
  WatchedJob,
  WatchState,
} from './boundary.ts';
