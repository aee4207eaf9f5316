export { type BackendName, backendNames } from './candidates.ts';
export { type Diagnosis, doctor } from './doctor.ts';
export { probeOps } from './probe.ts';
export { type Backend, type BackendOptions, type PassedOver, useBackend } from './use-backend.ts';
export type { WasmFile, WasmPaths } from './wasm/files.ts';
