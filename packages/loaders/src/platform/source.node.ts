import { readFileSync, statSync } from 'node:fs';
import { ZooError } from '@zoo/core';
import { openForReading } from '@zoo/core/files';
import { readAddress } from '#pictures';
import type { ExampleSource } from '../pool/example-source.ts';

/** All of a local file at once: a worker has nothing else to do, and Node takes longer to hand it on between its threads. */
function readAtOnce(path: string): Uint8Array | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of an example's file, or of its part. @throws ZooError `corrupt-file` for a file that has become shorter. */
export async function readSource({ file, name, range }: ExampleSource): Promise<Uint8Array> {
  if (typeof file !== 'string') {
    const part = range ? file.slice(range.offset, range.offset + range.length) : file;
    return new Uint8Array(await part.arrayBuffer());
  }
  // What cannot be read that way gives its reason the other way.
  if (!range) return readAtOnce(file) ?? readAddress(file);
  const { offset, length } = range;
  const { handle } = await openForReading(file, file, 'the file of a picture');
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    if (bytesRead < length)
      throw new ZooError('corrupt-file', `${name}: ${file} ends before it, at byte ${offset + bytesRead}; replace it.`);
    return bytes;
  } finally {
    await handle.close();
  }
}
