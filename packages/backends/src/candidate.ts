import type { WasmPaths } from './wasm/files.ts';

/** Options of a backend. */
export interface BackendOptions {
  /** Threads of the wasm or node backend, at most 8. Default: the machine's cores, for wasm at most 4. Fixed once the backend has started. */
  threads?: number;
  /** Lets webgpu take an adapter that computes on the processor, such as SwiftShader: for tests, slower than wasm. Default: false. */
  software?: boolean;
  /**
   * Where a page serves the wasm backend's files `tfjs-backend-wasm-simd.wasm` and `tfjs-backend-wasm-threaded-simd.wasm`: their
   * folder, or the address of each. Default: where the bundler has put them, else the folder `wasm` beside the bundle. Node finds them itself.
   */
  wasmPaths?: WasmPaths;
  /**
   * For a page whose Content-Security-Policy allows no `blob:` workers: the address from which it serves `threads.js`, which lies
   * beside the wasm files. Default: a `blob:` address.
   */
  threadScript?: string;
}

/** How a backend was started. */
export interface Started {
  threads: number;
  /** One line for people: what is used, what is not, and why. It names the device. */
  detail: string;
  /** Identifies native programs outside of npm that compute: a remembered check is valid for these only. */
  program?: string;
}

/** One backend: a file in `candidates/`, a row in `candidates.ts`. */
export interface Candidate {
  /** Name in tfjs's registry of backends. */
  tfjsName: string;
  /** How to install it if it is missing. */
  fix: string;
  /** `auto` never takes it. */
  explicitOnly?: true;
  /** Loads its packages and finds its device. Throws if they are missing: a `ZooError` if `fix` would not help. */
  load(options: BackendOptions): Promise<void>;
  /** Makes it tfjs's active backend. Throws if it does not start. */
  start(options: BackendOptions): Promise<Started>;
}
