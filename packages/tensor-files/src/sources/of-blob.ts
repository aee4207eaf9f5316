import { isOfClass } from '@zoo/core';
import type { ByteSource } from './byte-source.ts';

const nameOf = (blob: Blob): string => (isOfClass(blob, 'File') ? blob.name : 'a blob');

export const ofBlob = (blob: Blob, name: string = nameOf(blob)): ByteSource => ({
  name,
  size: blob.size,
  read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  close: async () => {},
});
