import { fsync } from 'node:fs';
import { promisify } from 'node:util';

const flush = promisify(fsync);

/**
 * Has the system write to the disk what an open file was given.
 * `FileHandle.sync` does the same, but not under Yarn's Plug'n'Play, whose file handles have no such method.
 */
export function flushToDisk(handle: { readonly fd: number }): Promise<void> {
  return flush(handle.fd);
}
