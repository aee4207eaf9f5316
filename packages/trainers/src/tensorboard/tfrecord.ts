import { maskedCrc32c } from './crc32c.ts';

/** Length and its checksum before the content, the content's behind it. */
const [headBytes, tailBytes] = [12, 4];

/**
 * A record of a TFRecord file: `uint64 length, uint32 masked crc of length, bytes, uint32 masked crc of bytes`, all little-endian
 * (tensorflow/core/lib/io/record_writer.h).
 */
export function tfRecord(content: Uint8Array): Uint8Array {
  const record = new Uint8Array(headBytes + content.length + tailBytes);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(content.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(content, headBytes);
  view.setUint32(headBytes + content.length, maskedCrc32c(content), true);
  return record;
}

/** A record with the place where it ends in the file. */
export interface ReadRecord {
  content: Uint8Array;
  end: number;
}

/** The records of a file, in order, up to the first that is torn or damaged. */
export function* tfRecords(file: Uint8Array): Generator<ReadRecord, void, undefined> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let start = 0; start + headBytes + tailBytes <= file.length; ) {
    if (view.getUint32(start + 8, true) !== maskedCrc32c(file.subarray(start, start + 8))) return;
    const length = Number(view.getBigUint64(start, true));
    const last = start + headBytes + length;
    if (!(last + tailBytes <= file.length)) return;
    const content = file.subarray(start + headBytes, last);
    if (view.getUint32(last, true) !== maskedCrc32c(content)) return;
    start = last + tailBytes;
    yield { content, end: start };
  }
}
