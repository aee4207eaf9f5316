import type { BackendOptions } from '../candidate.ts';
import type { Begin } from '../wasm/begin.ts';
import type { WasmFile } from '../wasm/files.ts';

/** In Node tfjs finds its files in its own package, and says what is wrong with them. */
export const withBinary = <T>(
  _file: WasmFile,
  _options: BackendOptions,
  start: (begin: Begin) => Promise<T>,
): Promise<T> => start((begun) => begun());
