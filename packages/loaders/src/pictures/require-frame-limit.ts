import { ZooError } from '@zoo/core';

/** Decoders read all frames to count them, some even once per frame. */
const maxFrames = 2000;

/** How many frames a WebP has: its chunks `ANMF` (RFC 9649, section 2.7). */
function webpFrames(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let frames = 0;
  for (let at = 12; at + 8 <= file.length && frames <= maxFrames; ) {
    if (view.getUint32(at) === 0x414e4d46) frames++;
    const size = view.getUint32(at + 4, true);
    at += 8 + size + (size % 2);
  }
  return frames;
}

/** @throws ZooError `data` for an animation of very many frames, of which only the first would be shown. */
export function requireFrameLimit(file: Uint8Array, format: string, name: string): void {
  if (format !== 'WebP' || webpFrames(file) <= maxFrames) return;
  throw new ZooError(
    'data',
    `${name}: has more than ${maxFrames} frames. Take one of them out as a picture of its own.`,
  );
}
