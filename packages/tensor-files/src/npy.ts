import { readNpy } from './codecs/numpy/read-npy.ts';
import { readNpz } from './codecs/numpy/read-npz.ts';
import { type Open, opener } from './open-file.ts';

export { npyBytes } from './codecs/numpy/npy-bytes.ts';
export { npzBytes } from './codecs/numpy/npz-bytes.ts';
export type * from './types.ts';

/**
 * Opens NumPy's file of one array, which is named as the file is.
 *
 * @throws ZooError as `openTensors`; also for objects, texts, records and complex numbers.
 */
export const openNpy: Open = opener('npy', readNpy);

/**
 * Opens NumPy's archive of arrays, stored (`savez`) or deflated (`savez_compressed`).
 *
 * @throws ZooError as `openNpy`.
 */
export const openNpz: Open = opener('npz', readNpz);
