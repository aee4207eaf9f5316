export { cacheFolder, otherCache } from './cache-folder.ts';
export { flushToDisk } from './flush-to-disk.ts';
export { makeFolder } from './make-folder.ts';
export { openForReading } from './open-for-reading.ts';
export { pathOfUrl } from './path-of-url.ts';
export { readExactly } from './read-exactly.ts';
export { isRunning, isTemporaryName, removeAbandoned, temporaryName } from './temporary-files.ts';
export { diskError, writeFileAtomically } from './write-file-atomically.ts';
