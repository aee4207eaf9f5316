import { jpegFrame, jpegSegments } from './jpeg-segments.ts';
import type { PictureHeader } from './max-pixels.ts';

/** Frames that are coded by lines as they come, or in passes (ITU-T T.81, table B.1); the others no decoder here reads. */
const [baseline, extended, progressive] = [0xc0, 0xc1, 0xc2];

/**
 * What a JPEG's frame header says (ITU-T T.81, B.2.2).
 * Undefined for anything unusual, which a decoder may be asked.
 */
export function jpegHeader(file: Uint8Array): PictureHeader | undefined {
  for (const { marker, content } of jpegSegments(file)) {
    if (marker === baseline || marker === extended || marker === progressive)
      return frameHeader(content, marker === progressive);
    // The picture begins, or ends, and there has been no frame of a usual kind.
    if ((marker >= 0xc3 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xcc) || marker === 0xda || marker === 0xd9)
      return undefined;
  }
  return undefined;
}

function frameHeader(content: Uint8Array, isProgressive: boolean): PictureHeader | undefined {
  const frame = jpegFrame(content);
  if (!frame) return undefined;
  const { width, height, components } = frame;
  const [luma] = components;
  return {
    format: 'JPEG',
    width,
    height,
    channels: components.length,
    bytesPerChannel: 1,
    isProgressive,
    isChromaSubsampled: components.length === 3 && luma?.across === 2 && luma.down === 2,
  };
}
