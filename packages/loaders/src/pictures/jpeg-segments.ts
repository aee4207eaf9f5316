/** A segment of a JPEG: a marker and what belongs to it (ITU-T T.81, B.1.1.4). */
export interface JpegSegment {
  readonly marker: number;
  /** What comes behind its length, as far as the file goes. */
  readonly content: Uint8Array;
  /** Where it ends, as it says itself. */
  readonly end: number;
  /** Whether the file goes as far, and its length has room for itself. */
  readonly isWhole: boolean;
}

/** Markers without a segment: TEM, RST0 to RST7. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** The segments of a JPEG, found as libjpeg finds them: from one to the next, up to anything unusual. */
export function* jpegSegments(file: Uint8Array): Generator<JpegSegment, void, undefined> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 2; at + 4 <= file.length; ) {
    const marker = file[at + 1] ?? 0;
    if (file[at] !== 0xff || marker === 0xff || isAlone(marker)) return;
    const end = at + 2 + view.getUint16(at + 2);
    yield { marker, content: file.subarray(at + 4, end), end, isWhole: end >= at + 4 && end <= file.length };
    at = end;
  }
}

/** A frame header (T.81, B.2.2). */
export interface JpegFrame {
  readonly height: number;
  readonly width: number;
  /** Its components: how many samples across and down each has in an MCU, and the number of its table of quantisers. */
  readonly components: readonly { id: number; across: number; down: number; table: number }[];
}

/** What the content of a frame header says. Undefined for more than 8 bits, and for other than one or three components. */
export function jpegFrame(content: Uint8Array): JpegFrame | undefined {
  const [precision, high = 0, highLow = 0, wide = 0, wideLow = 0, count = 0] = content;
  const [height, width] = [high * 256 + highLow, wide * 256 + wideLow];
  if (precision !== 8 || content.length !== 6 + 3 * count || ![1, 3].includes(count)) return undefined;
  // A height of 0 stands behind the picture.
  if (height === 0 || width === 0) return undefined;
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0, table = 0] = content.subarray(6 + 3 * index);
    return { id, across: sampling >> 4, down: sampling & 15, table };
  });
  return { height, width, components };
}
