import type { BackendOptions } from '../candidate.ts';
import type { WasmFile } from '../wasm/files.ts';

/** In Node tfjs finds its files in its own package. */
export const withBinary = <T>(_file: WasmFile, _options: BackendOptions, start: () => Promise<T>): Promise<T> =>
  start();
