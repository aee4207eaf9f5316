import type { WasmBackend } from './backend.ts';
import { moduleOf } from './module-of.ts';

/** Where the windows of a pool lie. */
export interface Windows {
  batchSize: number;
  inHeight: number;
  inWidth: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  filterHeight: number;
  filterWidth: number;
  strideHeight: number;
  strideWidth: number;
  padInfo: { top: number; left: number };
}

/** The module, with these windows for the pool that is called next. */
export function withWindows(backend: WasmBackend, windows: Windows) {
  const kernels = moduleOf(backend);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = windows;
  const { filterHeight, filterWidth, strideHeight, strideWidth } = windows;
  const sizes = [filterHeight, filterWidth, strideHeight, strideWidth, padInfo.top, padInfo.left] as const;
  kernels.run('setWindows', batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, ...sizes);
  return kernels;
}
