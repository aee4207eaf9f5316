export type { NpmPackage } from './node/npm-package.ts';
export { type UnpackOptions, unpackNpmPackage, unpackTarball } from './node/unpack.ts';
