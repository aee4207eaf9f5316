import { Buffer } from 'node:buffer';

/** An event of an event file of TensorBoard, as its format says it: https://github.com/tensorflow/tensorflow, tensorflow/core/util/event.proto. */
export interface ReadEvent {
  wallTime: number;
  step: number;
  fileVersion?: string;
  scalars: Record<string, number>;
}

/** CRC-32C bit by bit, as its definition has it: slow, and nothing of the code that is tested. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) {
      const odd = (crc ^ (byte >> bit)) & 1;
      crc = (crc >>> 1) ^ (odd ? 0x82f63b78 : 0);
    }
  return (crc ^ 0xffffffff) >>> 0;
}

const masked = (bytes: Uint8Array): number => {
  const crc = BigInt(crcOf(bytes));
  return Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn);
};

/** Records of `uint64 length, uint32 crc, bytes, uint32 crc`. @throws Where a checksum is another, or the file ends within one. */
function recordsOf(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    if (file.readUInt32LE(at + 8) !== masked(file.subarray(at, at + 8))) throw new Error(`a bad length at byte ${at}`);
    const content = file.subarray(at + 12, at + 12 + length);
    if (content.length < length) throw new Error(`the record at byte ${at} is torn`);
    if (file.readUInt32LE(at + 12 + length) !== masked(content)) throw new Error(`a bad record at byte ${at}`);
    records.push(content);
    at += 16 + length;
  }
  return records;
}

/** Fields of a protobuf message by number, each with all its values. */
function messageOf(bytes: Buffer): Map<number, (Buffer | bigint)[]> {
  const fields = new Map<number, (Buffer | bigint)[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes.readUInt8(at++);
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const sizes: Record<number, () => number> = { 1: () => 8, 2: () => Number(varint()), 5: () => 4 };
    const size = sizes[key & 7];
    let value: Buffer | bigint;
    if (size) {
      const length = size();
      value = bytes.subarray(at, at + length);
      at += length;
    } else value = varint();
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value]);
  }
  return fields;
}

const bytesOf = (value: Buffer | bigint | undefined): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(8));

/** Every event of a file. @throws Where the file is damaged or torn. */
export const readEventFile = (file: Uint8Array): ReadEvent[] =>
  recordsOf(Buffer.from(file)).map((content) => {
    const event = messageOf(content);
    const version = event.get(3)?.[0];
    const summary = event.get(5)?.[0];
    const values = summary === undefined ? [] : (messageOf(bytesOf(summary)).get(1) ?? []);
    return {
      wallTime: bytesOf(event.get(1)?.[0]).readDoubleLE(),
      step: Number(event.get(2)?.[0] ?? 0),
      ...(version !== undefined && { fileVersion: bytesOf(version).toString('utf8') }),
      scalars: Object.fromEntries(
        values.map((one) => {
          const value = messageOf(bytesOf(one));
          return [bytesOf(value.get(1)?.[0]).toString('utf8'), bytesOf(value.get(2)?.[0]).readFloatLE()];
        }),
      ),
    };
  });
