import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** What a file is, whatever it is called. */
export interface FileHash {
  sha256: string;
  bytes: number;
}

/** Hashes a file a piece at a time; undefined for what does not lie here. */
export async function fileHash(file: string): Promise<FileHash | undefined> {
  if (!existsSync(file)) return undefined;
  const handle = await open(file, 'r');
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of handle.createReadStream({ autoClose: false, highWaterMark: 2 ** 20 })) {
      hash.update(piece);
      bytes += piece.length;
    }
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await handle.close();
  }
}
