export { type BackendName, backendNames } from './candidates.ts';
export { type Diagnosis, doctor } from './doctor.ts';
export { probeOps } from './probe.ts';
export { type Backend, type BackendOptions, useBackend } from './use-backend.ts';
