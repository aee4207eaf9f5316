import type { WasmBackend } from './backend.ts';

/** Bytes of a line of the cache. */
const LINE = 64;
/** Bytes from which an allocation begins with a line: 64 KB, of which a line more is nothing. */
const LARGE = 2 ** 16;

/**
 * Has large tensors begin with a line of the cache, where tfjs's allocator promises 8 bytes: the system copies a file there in half the
 * time, wherever its bytes lie in the file (244 MB in 18 instead of 33 ms).
 */
export function alignHeap({ wasm }: WasmBackend): void {
  // The first call of each puts the compiled function in its own place.
  wasm._free(wasm._malloc(1));
  const [malloc, free] = [wasm._malloc, wasm._free];
  const blocks = new Map<number, number>();
  wasm._malloc = (bytes) => {
    if (bytes < LARGE) return malloc(bytes);
    const block = malloc(bytes + LINE) >>> 0;
    if (block === 0) return 0;
    const start = block + LINE - (block % LINE);
    blocks.set(start, block);
    return start;
  };
  wasm._free = (start) => {
    const block = blocks.get(start);
    blocks.delete(start);
    free(block ?? start);
  };
}
