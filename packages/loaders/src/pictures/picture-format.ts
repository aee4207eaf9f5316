import { ZooError } from '@zoo/core';

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

/** How files of a format begin: bytes, and where they stand. */
const signatures: readonly { format: string; at: number; bytes: readonly number[] }[] = [
  { format: 'PNG', at: 0, bytes: [0x89, ...ascii('PNG\r\n\x1a\n')] },
  { format: 'JPEG', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { format: 'WebP', at: 8, bytes: ascii('WEBP') },
  { format: 'GIF', at: 0, bytes: ascii('GIF8') },
  { format: 'BMP', at: 0, bytes: ascii('BM') },
  { format: 'TIFF', at: 0, bytes: ascii('II*\0') },
  { format: 'TIFF', at: 0, bytes: ascii('MM\0*') },
  { format: 'AVIF', at: 4, bytes: ascii('ftypavif') },
  { format: 'HEIC', at: 4, bytes: ascii('ftyphei') },
  { format: 'PDF', at: 0, bytes: ascii('%PDF') },
  { format: 'SVG', at: 0, bytes: ascii('<svg') },
];

/** What a file says it is, by its first bytes. Names lie more often. */
const pictureFormat = (file: Uint8Array): string | undefined =>
  signatures.find(({ at, bytes }) => bytes.every((byte, i) => file[at + i] === byte))?.format;

/** What can be decoded. */
const supported = ['PNG', 'JPEG', 'WebP'];

/** The format of a picture. @throws ZooError `corrupt-file` unless it is one that can be decoded. */
export function requireFormat(file: Uint8Array, name: string): string {
  const format = pictureFormat(file);
  if (format && supported.includes(format)) return format;
  const found = file.length === 0 ? 'it is empty' : `it is ${format ? `a ${format} file` : 'no picture known here'}`;
  throw new ZooError('corrupt-file', `${name}: ${found}, expected PNG, JPEG or WebP; convert it first.`);
}

/** A decoder's complaint as the zoo says it. */
export function damaged(name: string, format: string, cause: unknown): ZooError {
  const what = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n')[0];
  return new ZooError('corrupt-file', `${name}: damaged or cut short ${format} file (${what}); replace it.`, { cause });
}
