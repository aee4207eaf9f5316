import { ZooError } from '@zoo/core';

const needsNode = (name: string) => async (): Promise<never> => {
  throw new ZooError('usage', `${name}: needs Node's files and network; in a browser, use inMemory().`);
};

/** Stands in for `node.ts` where a bundler builds for browsers (see `browser` in package.json). */
export const cacheFolder = needsNode('cacheFolder');
export const cifar10 = needsNode('cifar10');
export const mnist = needsNode('mnist');
export const fashionMnist = needsNode('fashionMnist');
export const imageFolder = needsNode('imageFolder');
export const imageFolders = needsNode('imageFolders');
export const decodeImage = needsNode('decodeImage');
