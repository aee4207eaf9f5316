export { cacheFolder } from './cache-folder.ts';
export { diskError, writeFileAtomically } from './write-file-atomically.ts';
