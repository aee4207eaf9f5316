import { ZooError } from '@zoo/core';
import { decoderReason } from './decoder-reason.ts';
import { jpegOfHeic } from './jpeg-of-heic.ts';

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
  const kinds = brands(file);
  if (kinds.some((brand) => brand === 'avif' || brand === 'avis')) return 'AVIF';
  if (kinds.some((brand) => /^(?:he[iv][a-z]|mif1|msf1)$/.test(brand))) return 'HEIC';
  return signatures.find(({ at, bytes }) => startsWith(file, at, bytes))?.format;
}

/** What a failed download may have left under a picture's name: how it begins, and what to do. */
const misdownloads: readonly { begins: RegExp; what: string; advice: string }[] = [
  {
    begins: /^version https:\/\/git-lfs/,
    what: 'it is a pointer of Git LFS, not the picture itself',
    advice: 'run "git lfs pull" in its repository',
  },
  {
    begins: /^(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b/is,
    what: 'it is a web page',
    advice: 'download the picture again: its address may need a login, or have gone',
  },
  {
    begins: /^(?:<\?xml[^>]*>\s*)?<error>/i,
    what: 'it is an error of a server',
    advice: 'download the picture again: its address may need a login, or have gone',
  },
];

/** Enough for what a page begins with. */
const textLength = 512;

function misdownloadOf(file: Uint8Array) {
  const text = String.fromCharCode(...file.subarray(0, textLength));
  const begin = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  return misdownloads.find(({ begins }) => begins.test(begin));
}

/** `PNG, JPEG or WebP`. */
export const formatList = (formats: readonly string[]): string =>
  `${formats.slice(0, -1).join(', ')} or ${formats.at(-1) ?? ''}`;

/** The format of a picture. @throws ZooError `corrupt-file` unless it is one of those that can be decoded here. */
export function requireFormat(file: Uint8Array, name: string, readable: readonly string[]): string {
  const format = pictureFormat(file);
  if (format && readable.includes(format)) return format;
  const misdownload = format ? undefined : misdownloadOf(file);
  const article = format && /^[AS]/.test(format) ? 'an' : 'a';
  const known = misdownload?.what ?? `it is ${format ? `${article} ${format} file` : 'no picture known here'}`;
  const found = file.length === 0 ? 'it is empty' : known;
  const convert = format === 'HEIC' ? jpegOfHeic : 'convert it first';
  const advice = misdownload?.advice ?? (file.length === 0 ? 'replace it' : convert);
  throw new ZooError('corrupt-file', `${name}: ${found}, expected ${formatList(readable)}; ${advice}.`);
}

/** A decoder's complaint as the zoo says it. */
export function damaged(name: string, format: string, cause: unknown): ZooError {
  const why = decoderReason(cause);
  return new ZooError('corrupt-file', `${name}: damaged or cut short ${format} file (${why}); replace it.`, { cause });
}
