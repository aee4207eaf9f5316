export { aptDownload, installedFiles } from './packages/debian.ts';
export type { FileSet } from './packages/file-set.ts';
export { type NpmPackage, npmPackage, npmPackageFiles, packageTitle } from './packages/npm-package.ts';
export { type ObtainOptions, obtainFiles } from './packages/obtain-files.ts';
export { archive, gzipFiles } from './packages/official.ts';
export type { PinnedFile } from './packages/pinned-file.ts';
export type { Delivered, Source, SourceContext, Transfer } from './packages/source.ts';
export { type UnpackOptions, unpackNpmPackage, unpackTarball } from './packages/unpack.ts';
