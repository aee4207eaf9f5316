export { type CachedFile, cachedFile } from './cached-file.ts';
export { fetchFile } from './fetch-file.ts';
export type { FetchedFile, FetchFileOptions, Retries, Timeouts } from './fetch-options.ts';
