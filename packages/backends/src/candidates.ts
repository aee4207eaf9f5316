import type { Candidate } from './candidate.ts';
import { cpu } from './candidates/cpu.ts';
import { node } from './candidates/node.ts';
import { nodeGpu } from './candidates/node-gpu.ts';
import { wasm } from './candidates/wasm.ts';
import { webgl } from './candidates/webgl.ts';
import { webgpu } from './candidates/webgpu.ts';

/** Every backend name, whether this version can start it or not. */
export const backendNames = ['node-gpu', 'node', 'webgpu', 'wasm', 'cpu', 'webgl'] as const;

export type BackendName = (typeof backendNames)[number];

/** The backends, in the order in which `auto` tries them. */
export const candidates: ReadonlyMap<BackendName, Candidate> = new Map([
  ['node-gpu', nodeGpu],
  ['node', node],
  ['webgpu', webgpu],
  ['wasm', wasm],
  ['cpu', cpu],
  ['webgl', webgl],
]);
