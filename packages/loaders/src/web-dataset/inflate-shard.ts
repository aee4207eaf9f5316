import { ZooError } from '@zoo/core';

/** What an archive may grow to, whatever its size: pictures hardly grow, their labels do. */
const floor = 16 * 2 ** 20;
const ratio = 4;
/** Pieces become a Blob together, which then has their bytes alone. */
const pieceBytes = 2 ** 20;

/**
 * A gzipped archive, inflated.
 *
 * @param size Bytes of the gzipped one, by which the inflated one is bounded: 16 MiB, and four times as many.
 * @throws ZooError `corrupt-file` for what cannot be inflated, `too-costly` for what becomes much larger.
 */
export async function inflateShard(
  packed: ReadableStream<Uint8Array<ArrayBuffer>>,
  size: number,
  name: string,
): Promise<Blob> {
  const limit = floor + ratio * size;
  const whole: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let [total, packedAt] = [0, 0];
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob([...whole, ...pieces]);
      total += value.length;
      if (total > limit)
        throw new ZooError(
          'too-costly',
          `${name}: becomes more than ${limit} bytes of ${size}, which no archive of pictures does. Unpack it with gunzip if it is to be trusted.`,
        );
      pieces.push(value);
      if (total < packedAt + pieceBytes) continue;
      whole.push(new Blob(pieces));
      [pieces, packedAt] = [[], total];
    }
  } catch (error) {
    await reader.cancel().catch(() => {});
    if (error instanceof ZooError) throw error;
    throw new ZooError('corrupt-file', `${name}: cannot be inflated, it is cut short or damaged; get it again.`, {
      cause: error,
    });
  }
}
