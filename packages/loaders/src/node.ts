import type { TrainingAndTest } from './dataset.ts';
import type { FetchOptions } from './fetch-options.ts';
import { obtainFiles } from './node/obtain-files.ts';
import { cifar10Files, readCifar10 } from './sets/cifar10.ts';
import { clothes, fashionMnistFiles } from './sets/fashion-mnist.ts';
import { readIdxSet } from './sets/idx-set.ts';
import { digits, mnistFiles } from './sets/mnist.ts';

export { cacheFolder } from './node/cache-folder.ts';
export { decodeImage } from './node/decode-image.ts';
export { imageFolder, imageFolders } from './node/image-folder.ts';

/** What needs Node. Everything else of this package reaches it by `import()`, so that a browser never loads it. */
export const cifar10 = async (options?: FetchOptions): Promise<TrainingAndTest> =>
  readCifar10(await obtainFiles(cifar10Files, options));

export const mnist = async (options?: FetchOptions): Promise<TrainingAndTest> =>
  readIdxSet('mnist', digits, await obtainFiles(mnistFiles, options));

export const fashionMnist = async (options?: FetchOptions): Promise<TrainingAndTest> =>
  readIdxSet('fashion-mnist', clothes, await obtainFiles(fashionMnistFiles, options));
