import { ZooError } from '@zoo/core';

/** A tar archive consists of blocks of this size: a header, its file's bytes, and the next header. */
export const blockBytes = 512;

/** What a header says (POSIX.1-1988 ustar, GNU and old tar alike). */
export interface TarHeader {
  name: string;
  size: number;
  /** `0` a file, `5` a folder, `L` a long name of GNU's, `x` an extension of POSIX.1-2001 (pax). */
  type: string;
}

function text(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

/** A number in octal digits, or, of more than they hold, in base 256 (GNU). NaN for what is neither. */
function numberAt(block: Uint8Array, at: number, length: number): number {
  if (((block[at] ?? 0) & 0x80) === 0) {
    const digits = text(block, at, length).trim();
    return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
  }
  let value = (block[at] ?? 0) & 0x7f;
  for (let i = 1; i < length; i++) value = value * 256 + (block[at + i] ?? 0);
  return value;
}

/** The sum of a header's bytes, its own field taken for blanks. */
function checksum(block: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < blockBytes; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum;
}

/**
 * The header at a place of an archive; undefined for an empty block, with which archives end.
 *
 * @throws ZooError `corrupt-file` for what is no header.
 */
export function tarHeader(block: Uint8Array, where: string): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (block.length < blockBytes || numberAt(block, 148, 8) !== checksum(block))
    throw new ZooError('corrupt-file', `${where}: is no header of a tar archive; make the archive again.`);
  const size = numberAt(block, 124, 12);
  if (!Number.isSafeInteger(size) || size < 0)
    throw new ZooError(
      'corrupt-file',
      `${where}: a file of ${size} bytes, expected a whole number; make the archive again.`,
    );
  const isPosix = text(block, 257, 8).startsWith('ustar') && block[263] === 0x30;
  const prefix = isPosix ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return { name: prefix === '' ? name : `${prefix}/${name}`, size, type: text(block, 156, 1) || '0' };
}

/** Fields of a pax header: `LENGTH KEY=VALUE\n`, each with its own length. */
export function paxFields(bytes: Uint8Array, where: string): Map<string, string> {
  const decoder = new TextDecoder();
  const fields = new Map<string, string>();
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const blank = bytes.indexOf(0x20, at);
    const length = blank < 0 ? Number.NaN : Number(decoder.decode(bytes.subarray(at, blank)));
    if (!(Number.isInteger(length) && length > blank - at && at + length <= bytes.length))
      throw new ZooError('corrupt-file', `${where}: a pax header that cannot be read; make the archive again.`);
    const record = decoder.decode(bytes.subarray(blank + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) fields.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return fields;
}
