import { ZooError } from '@zoo/core';

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

/** How files of a format begin: bytes, and where they stand. */
const signatures: readonly { format: string; at: number; bytes: readonly number[] }[] = [
  { format: 'PNG', at: 0, bytes: [0x89, ...ascii('PNG\r\n\x1a\n')] },
  { format: 'JPEG', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { format: 'GIF', at: 0, bytes: ascii('GIF8') },
  { format: 'BMP', at: 0, bytes: ascii('BM') },
  { format: 'TIFF', at: 0, bytes: ascii('II*\0') },
  { format: 'TIFF', at: 0, bytes: ascii('MM\0*') },
  { format: 'TIFF', at: 0, bytes: ascii('II+\0') },
  { format: 'TIFF', at: 0, bytes: ascii('MM\0+') },
  { format: 'HEIC', at: 4, bytes: ascii('ftyphe') },
  { format: 'PDF', at: 0, bytes: ascii('%PDF') },
  { format: 'SVG', at: 0, bytes: ascii('<svg') },
];

const startsWith = (file: Uint8Array, at: number, bytes: readonly number[]): boolean =>
  bytes.every((byte, i) => file[at + i] === byte);

/** The kinds that a file of ISO's base media format (AVIF, HEIC, MP4) says it is, of four letters each, the main one first. */
function brands(file: Uint8Array): string[] {
  if (!startsWith(file, 4, ascii('ftyp'))) return [];
  const end = Math.min(new DataView(file.buffer, file.byteOffset).getUint32(0), file.length, 256);
  const places = Array.from({ length: Math.max(0, end - 8) >> 2 }, (_, i) => 8 + 4 * i);
  return places.map((at) => String.fromCharCode(...file.subarray(at, at + 4)));
}

/** What a file says it is, by its first bytes. Names lie more often. */
function pictureFormat(file: Uint8Array): string | undefined {
  if (startsWith(file, 0, ascii('RIFF')) && startsWith(file, 8, ascii('WEBP'))) return 'WebP';
  if (brands(file).some((brand) => brand === 'avif' || brand === 'avis')) return 'AVIF';
  return signatures.find(({ at, bytes }) => startsWith(file, at, bytes))?.format;
}

/** `PNG, JPEG or WebP`. */
export const formatList = (formats: readonly string[]): string =>
  `${formats.slice(0, -1).join(', ')} or ${formats.at(-1) ?? ''}`;

/** The format of a picture. @throws ZooError `corrupt-file` unless it is one of those that can be decoded here. */
export function requireFormat(file: Uint8Array, name: string, readable: readonly string[]): string {
  const format = pictureFormat(file);
  if (format && readable.includes(format)) return format;
  const article = format && /^[AS]/.test(format) ? 'an' : 'a';
  const found =
    file.length === 0 ? 'it is empty' : `it is ${format ? `${article} ${format} file` : 'no picture known here'}`;
  throw new ZooError('corrupt-file', `${name}: ${found}, expected ${formatList(readable)}; convert it first.`);
}

/** A decoder's complaint as the zoo says it. */
export function damaged(name: string, format: string, cause: unknown): ZooError {
  const what = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n')[0];
  return new ZooError('corrupt-file', `${name}: damaged or cut short ${format} file (${what}); replace it.`, { cause });
}
