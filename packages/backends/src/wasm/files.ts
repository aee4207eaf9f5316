/** The files of tfjs's wasm backend that are used: with one thread, and with several. */
export const wasmFiles = {
  single: 'tfjs-backend-wasm-simd.wasm',
  threaded: 'tfjs-backend-wasm-threaded-simd.wasm',
} as const;

export type WasmFile = (typeof wasmFiles)[keyof typeof wasmFiles];

/** Where a page finds files: their folder, or the address of each. */
export type WasmPaths = string | Readonly<Record<WasmFile, string>>;
