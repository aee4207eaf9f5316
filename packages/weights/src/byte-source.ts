import { ZooError } from '@zoo/core';

/** What a checkpoint can be read from: a path (Node), a URL, a Blob or File (browser), or its bytes. */
export type WeightsSource = string | URL | Blob | Uint8Array | ArrayBuffer;

/** Bytes that can be read in any order. */
export interface ByteSource {
  /** For messages. */
  name: string;
  size: number;
  /** Exactly `length` bytes from `offset`, which the caller has checked to be inside. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

const ofBytes = (bytes: Uint8Array, name: string): ByteSource => ({
  name,
  size: bytes.byteLength,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
  close: async () => {},
});

const ofBlob = (blob: Blob): ByteSource => ({
  name: blob instanceof File ? blob.name : 'a blob',
  size: blob.size,
  read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  close: async () => {},
});

async function ofUrl(url: URL): Promise<ByteSource> {
  try {
    const response = await fetch(url);
    if (!response.ok)
      throw new ZooError('network', `${url}: answered ${response.status} ${response.statusText}. Check the address.`);
    return ofBytes(new Uint8Array(await response.arrayBuffer()), String(url));
  } catch (error) {
    if (error instanceof ZooError) throw error;
    throw new ZooError('network', `${url}: cannot be fetched. Check the address and the connection.`, { cause: error });
  }
}

async function ofFile(path: string): Promise<ByteSource> {
  const { open } = await import('node:fs/promises');
  try {
    const file = await open(path, 'r');
    const { size } = await file.stat();
    return {
      name: path,
      size,
      async read(offset, length) {
        const bytes = new Uint8Array(length);
        for (let done = 0; done < length; ) {
          const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
          if (bytesRead === 0)
            throw new ZooError(
              'corrupt-file',
              `${path}: ended at byte ${offset + done} while being read. Is it still being written?`,
            );
          done += bytesRead;
        }
        return bytes;
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw new ZooError(
      'not-found',
      `${path}: cannot be opened (${error instanceof Error ? error.message : error}). Check the path.`,
      {
        cause: error,
      },
    );
  }
}

const asUrl = (source: string): URL | undefined => (/^https?:\/\//.test(source) ? new URL(source) : undefined);

/** @throws ZooError `not-found` or `network` when there is nothing to read. */
export async function openBytes(source: WeightsSource): Promise<ByteSource> {
  if (source instanceof Uint8Array) return ofBytes(source, 'bytes in memory');
  if (source instanceof ArrayBuffer) return ofBytes(new Uint8Array(source), 'bytes in memory');
  if (source instanceof Blob) return ofBlob(source);
  const url = source instanceof URL ? source : asUrl(source);
  if (url?.protocol === 'file:') return ofFile((await import('node:url')).fileURLToPath(url));
  return url ? ofUrl(url) : ofFile(String(source));
}
