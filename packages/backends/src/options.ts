import { ZooError } from '@zoo/core';
import type { BackendOptions } from './candidate.ts';
import { wasmFiles } from './wasm/files.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isWasmPaths = (paths: unknown): boolean =>
  typeof paths === 'string' ||
  (isObject(paths) && Object.values(wasmFiles).every((file) => typeof Reflect.get(paths, file) === 'string'));

/** @throws ZooError `usage` for invalid options, as a caller without types may give them. */
export function checkOptions(caller: string, options: BackendOptions): void {
  const refuse = (what: string, got: unknown): never => {
    throw new ZooError('usage', `${caller}: ${what}, got ${got}.`);
  };
  if (!isObject(options)) refuse('options must be an object, such as { threads: 2 }', options);
  const { threads, wasmPaths, threadScript } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 8))
    refuse('threads must be a whole number from 1 to 8', threads);
  if (wasmPaths !== undefined && !isWasmPaths(wasmPaths))
    refuse(
      `wasmPaths must be the address of a folder, or an object with the addresses of ${Object.values(wasmFiles).join(' and ')}`,
      isObject(wasmPaths) ? `one with ${Object.keys(wasmPaths).join(', ') || 'none'}` : wasmPaths,
    );
  if (threadScript !== undefined && typeof threadScript !== 'string')
    refuse('threadScript must be an address, a string', threadScript);
}
