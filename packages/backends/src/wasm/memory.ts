import { ZooError } from '@zoo/core';

/** What is used here of the module that tfjs's wasm backend runs; its types leave this out. */
interface WasmModule {
  _malloc(bytes: number): number;
  HEAPU8: Uint8Array;
}

const isWasmModule = (wasm: unknown): wasm is WasmModule =>
  typeof wasm === 'object' && wasm !== null && '_malloc' in wasm && 'HEAPU8' in wasm;

const watched = new WeakSet<WasmModule>();

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;

/**
 * tfjs's wasm backend does not check the result of its allocator: without memory it overwrites the
 * start of its heap. Here a failed allocation throws instead. Existing tensors stay valid, and smaller operations still work.
 */
export function watchMemory(backend: object): void {
  const wasm: unknown = Reflect.get(backend, 'wasm');
  if (!isWasmModule(wasm) || watched.has(wasm)) return;
  watched.add(wasm);
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address !== 0 || bytes === 0) return address;
    throw new ZooError(
      'backend',
      `wasm: out of memory, no ${megabytes(bytes)} more fit into the ${megabytes(wasm.HEAPU8.byteLength)} of its heap, which ends at 4 GB. Use a smaller batch or a smaller width, or the backend node.`,
    );
  };
  // Called when its own code runs out of memory; it is unusable after that.
  Reflect.set(wasm, 'onAbort', () => {
    throw new ZooError(
      'backend',
      'wasm: it aborted, as it does without memory, and all its tensors are lost. Start a new process, with a smaller batch or a smaller width.',
    );
  });
}
