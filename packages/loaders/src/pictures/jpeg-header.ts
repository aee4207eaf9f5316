import type { PictureHeader } from './max-pixels.ts';

/** Frames that are coded by lines as they come, or in passes (ITU-T T.81, table B.1); the others no decoder here reads. */
const [baseline, extended, progressive] = [0xc0, 0xc1, 0xc2];
/** Markers without a segment: TEM, RST0 to RST7. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/**
 * What a JPEG's frame header says (ITU-T T.81, B.2.2), found as libjpeg finds it: from segment to segment.
 * Undefined for anything unusual, which a decoder may be asked.
 */
export function jpegHeader(file: Uint8Array): PictureHeader | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 2; at + 4 <= file.length; ) {
    const marker = file[at + 1] ?? 0;
    if (file[at] !== 0xff || marker === 0xff || isAlone(marker)) return undefined;
    const length = view.getUint16(at + 2);
    if (marker === baseline || marker === extended || marker === progressive)
      return frameHeader(file.subarray(at + 4, at + 2 + length), marker === progressive);
    // The picture begins, or ends, and there has been no frame of a usual kind.
    if ((marker >= 0xc3 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xcc) || marker === 0xda || marker === 0xd9)
      return undefined;
    at += 2 + length;
  }
  return undefined;
}

function frameHeader(frame: Uint8Array, isProgressive: boolean): PictureHeader | undefined {
  const [precision, high = 0, highLow = 0, wide = 0, wideLow = 0, channels = 0, , sampling = 0] = frame;
  const [height, width] = [high * 256 + highLow, wide * 256 + wideLow];
  if (precision !== 8 || frame.length !== 6 + 3 * channels || ![1, 3].includes(channels)) return undefined;
  // A height of 0 stands behind the picture.
  if (height === 0 || width === 0) return undefined;
  return {
    format: 'JPEG',
    width,
    height,
    channels,
    bytesPerChannel: 1,
    isProgressive,
    isChromaSubsampled: channels === 3 && sampling === 0x22,
  };
}
