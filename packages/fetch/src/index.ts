export { fetchFile } from './fetch-file.ts';
export type { FetchedFile, FetchFileOptions, Retries, Timeouts } from './fetch-options.ts';
