import type { FileHandle } from 'node:fs/promises';

/**
 * Exactly `length` bytes of an open file from `offset`, into `into` where that is given.
 *
 * @param ended Makes the error where the file ends at a byte before that: it was shortened since its size was looked at.
 */
export async function readExactly(
  handle: FileHandle,
  { offset, length, into }: { offset: number; length: number; into?: Uint8Array | undefined },
  ended: (at: number) => Error,
): Promise<Uint8Array> {
  const bytes = into ?? new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) throw ended(offset + done);
    done += bytesRead;
  }
  return bytes;
}
