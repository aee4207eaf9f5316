/** Compressed bytes are read this many at a time. */
const piece = 1 << 16;

/**
 * The bytes behind a deflate stream, raw as in zip or in zlib's frame as in HDF5, a piece at a time. The platform inflates (`DecompressionStream`), as fast as
 * pieces are consumed: a consumer that stops has inflated no more than a few.
 */
export async function* inflate(
  read: (offset: number, length: number) => Promise<Uint8Array>,
  size: number,
  frame: 'deflate-raw' | 'deflate' = 'deflate-raw',
): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = new DecompressionStream(frame);
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  let failed: { error: unknown } | undefined;
  const feed = async () => {
    try {
      for (let offset = 0; offset < size; offset += piece) {
        const bytes = await read(offset, Math.min(piece, size - offset));
        await writer.write(new Uint8Array(bytes));
      }
      await writer.close();
    } catch (error) {
      failed = { error };
      await writer.abort(error).catch(() => {});
    }
  };
  const feeding = feed();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await feeding;
    if (failed) throw failed.error;
  } finally {
    await reader.cancel().catch(() => {});
    await feeding;
    await writer.closed.catch(() => {});
  }
}
