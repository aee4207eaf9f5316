import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ZooError } from '@zoo/core';

/** A stream of Node as one of the web. */
function webStream(stream: Readable): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      stream.destroy();
    },
  });
}

/** More than any archive of a data set has: an archive bomb may consist of many tiny entries. */
const maxEntries = 10_000;

/**
 * Some files of a gzipped tar archive, in memory. Nothing is written anywhere, so nothing in the archive can leave its folder.
 *
 * @param wanted Path inside the archive and the most bytes it may have.
 * @returns The wanted files that are there.
 * @throws ZooError `corrupt-file` for an archive that is damaged, or a file that is larger than it may be.
 */
export async function tarEntries(file: string, wanted: ReadonlyMap<string, number>): Promise<Map<string, Uint8Array>> {
  const { unpackTar } = await import('modern-tar');
  let tooLarge: string | undefined;
  let seen = 0;
  const found = new Set<string>();
  const packed = createReadStream(file);
  const plain = createGunzip();
  packed.on('error', (error) => plain.destroy(error));
  try {
    const entries = await unpackTar(webStream(packed.pipe(plain)), {
      strict: true,
      filter: ({ name, size, type = 'file' }) => {
        if (++seen > maxEntries)
          throw new ZooError(
            'corrupt-file',
            `the archive has more than ${maxEntries} entries, expected some of ${wanted.size} files`,
          );
        const limit = wanted.get(name);
        if (limit === undefined || type !== 'file') return false;
        if (found.has(name)) throw new ZooError('corrupt-file', `the archive has ${name} twice`);
        found.add(name);
        if (size > limit) tooLarge ??= `${name} has ${size} bytes, expected ${limit} at most`;
        return size <= limit;
      },
    });
    if (tooLarge) throw new ZooError('corrupt-file', tooLarge);
    return new Map(entries.map(({ header, data }) => [header.name, data ?? new Uint8Array()]));
  } catch (error) {
    if (error instanceof ZooError) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new ZooError('corrupt-file', `the archive cannot be read (${what})`, { cause: error });
  } finally {
    packed.destroy();
  }
}
