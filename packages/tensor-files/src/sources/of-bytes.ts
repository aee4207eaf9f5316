import type { ByteSource } from './byte-source.ts';

export const ofBytes = (bytes: Uint8Array, name = 'bytes in memory'): ByteSource => ({
  name,
  size: bytes.byteLength,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
  close: async () => {},
});
