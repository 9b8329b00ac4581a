/** The simulator's core: no clock, no randomness, no I/O. A host passes requests and the time in. */
export { documentationJobId, documentationOperationId, documentationOperationJobId, documentationVault, mainVault, secondVault } from './scenario.ts'
export { vaultId, type Vault } from './jobs.ts'
export { Simulator } from './simulator.ts'
export { supportedVersions } from './versions.ts'
export type {
  Fault, FaultAnswer, Fleet, LiveOptions, LoggedRequest, Sample, SimulatedRequest, SimulatedResponse, SimulatorOptions, WireEffects,
} from './types.ts'
