import { ZooError } from '@zoo/core';
import type { ByteSource } from '../byte-source.ts';

/** A file on the disk, open until it is closed. `name` is for messages. */
export async function ofFile(path: string, name: string = path): Promise<ByteSource> {
  const { open } = await import('node:fs/promises');
  const refuse = (error: unknown): never => {
    throw new ZooError(
      'not-found',
      `${name}: cannot be opened (${error instanceof Error ? error.message : error}). Check the path.`,
      { cause: error },
    );
  };
  const file = await open(path, 'r').catch(refuse);
  const status = await file.stat().catch(refuse);
  if (status.isDirectory()) {
    await file.close();
    throw new ZooError('not-found', `${name}: is a folder, expected a file. Name the file in it.`);
  }
  return {
    name,
    size: status.size,
    async read(offset, length, into) {
      const bytes = into ?? new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0)
          throw new ZooError(
            'corrupt-file',
            `${name}: ended at byte ${offset + done} while being read. Is it still being written?`,
          );
        done += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
