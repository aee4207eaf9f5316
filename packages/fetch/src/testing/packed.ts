import { createHash } from 'node:crypto';

/** A file to be downloaded, with what is pinned of it. */
export interface Packed {
  content: Buffer;
  bytes: number;
  sha256: string;
  integrity: string;
}

export const packed = (content: Buffer): Packed => ({
  content,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
});
