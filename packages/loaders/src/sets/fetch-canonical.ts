import { fetchFile } from '@zoo/fetch';
import type { FetchOptions } from '../fetch-options.ts';
import type { CanonicalFiles } from './canonical-files.ts';

/** The files of a set from a folder of the web that has them as they are; each is kept once it has the right hash. */
export async function fetchCanonical(
  set: CanonicalFiles,
  folder: string | URL,
  { cache, signal, onProgress, onNotice }: FetchOptions,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { name, bytes, sha256 } of set.files) {
    const address = `${String(folder).replace(/\/$/, '')}/${name}`;
    const file = await fetchFile(address, { cache, sha256, maxBytes: bytes, signal, onProgress, onNotice });
    try {
      files.set(name, await file.read(0, file.size));
      await file.keep();
    } finally {
      await file.close();
    }
  }
  return files;
}
