export { cachedOnDisk as fetched } from '../sources/cached-on-disk.ts';
