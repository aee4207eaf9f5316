import { open } from 'node:fs/promises';
import path from 'node:path';
import { diskError, otherCache } from '@zoo/core/files';
import { download } from '../download.ts';
import { fileNameOf } from '../file-name.ts';
import { transport as usual } from '../platform/transport.node.ts';
import type { Transport } from '../transport.ts';
import { hashFor, type Integrity, requireIntegrity } from './integrity.ts';
import type { Transfer } from './source.ts';

export interface CheckedDownload {
  readonly url: string;
  /** Exact size. */
  readonly bytes: number;
  readonly integrity: Integrity;
  /** Headers of the requests. */
  readonly headers?: Record<string, string>;
  /** Factor on the response timeout. Default 1. */
  readonly timeoutFactor?: number;
  /** Default: with npm's settings. */
  readonly transport?: Transport;
}

/**
 * Downloads one file into the work folder and checks its size and hash.
 *
 * @returns The path of the checked file.
 * @throws ZooError `network` when it cannot be fetched or is not the expected file, `disk`, `interrupted`.
 */
export async function downloadChecked(
  { url, bytes, integrity, headers, timeoutFactor = 1, transport = usual }: CheckedDownload,
  { workFolder, signal, onProgress, timeouts }: Transfer,
): Promise<string> {
  const address = new URL(url);
  const file = path.join(workFolder, path.basename(fileNameOf(address)));
  const handle = await open(file, 'w').catch((error) => {
    throw diskError(path.dirname(workFolder), error, otherCache);
  });
  let hash = hashFor(integrity);
  const sink = {
    async write(piece: Uint8Array) {
      hash.update(piece);
      await handle.writeFile(piece).catch((error) => {
        throw diskError(path.dirname(workFolder), error, otherCache);
      });
    },
    async restart() {
      hash = hashFor(integrity);
      await handle.truncate(0);
    },
  };
  try {
    await download(address, sink, {
      transport,
      headers,
      bytes,
      signal,
      onProgress,
      timeouts: { ...timeouts, response: timeoutFactor * (timeouts.response ?? 30_000) },
      retries: { attempts: 2 },
    });
  } finally {
    await handle.close();
  }
  requireIntegrity(hash, bytes, integrity);
  return file;
}
