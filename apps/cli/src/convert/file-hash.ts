import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';

/** The identity of a file, independent of its name. */
export interface FileHash {
  sha256: string;
  bytes: number;
}

/** The digest of a file, read a piece at a time, in hexadecimal digits; undefined for what does not lie here. */
export async function digestOf(file: string, algorithm: 'sha256' | 'sha1'): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  const hash = createHash(algorithm);
  for await (const piece of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(piece);
  return hash.digest('hex');
}

/** The identity of a file; undefined if it is not on this disk. */
export async function fileHash(file: string): Promise<FileHash | undefined> {
  const sha256 = await digestOf(file, 'sha256');
  return sha256 === undefined ? undefined : { sha256, bytes: (await stat(file)).size };
}
