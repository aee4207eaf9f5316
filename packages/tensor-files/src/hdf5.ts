import { readHdf5 } from './codecs/hdf5/read-hdf5.ts';
import { readKeras } from './codecs/hdf5/read-keras.ts';
import { type Open, opener } from './open-file.ts';

export type * from './types.ts';

/**
 * Opens HDF5 as h5py writes it by default, Keras's `.h5` and `.weights.h5`. Tensors are named by their paths.
 *
 * @throws ZooError as `openTensors`.
 */
export const openHdf5: Open = opener('hdf5', readHdf5);

/**
 * Opens Keras 3's archive, `.keras`. Its layers come along as the text `config.json` of the metadata.
 *
 * @throws ZooError as `openTensors`.
 */
export const openKeras: Open = opener('keras', readKeras);
