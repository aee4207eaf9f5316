import { ZooError } from '@zoo/core';
import { decoderReason } from './decoder-reason.ts';
import { jpegOfHeic } from './jpeg-of-heic.ts';

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

/** What cameras write before they make a JPEG of it. */
export const rawFormat = 'camera raw';

/** How files of a format begin: bytes, and where they stand. */
const signatures: readonly { format: string; at: number; bytes: readonly number[] }[] = [
  // Before TIFF, as which some of them begin.
  { format: rawFormat, at: 8, bytes: ascii('CR\x02') },
  { format: rawFormat, at: 0, bytes: ascii('FUJIFILMCCD-RAW') },
  { format: rawFormat, at: 0, bytes: ascii('IIRO') },
  { format: rawFormat, at: 0, bytes: ascii('IIRS') },
  { format: rawFormat, at: 0, bytes: ascii('MMOR') },
  { format: rawFormat, at: 0, bytes: ascii('IIU\0') },
  { format: rawFormat, at: 0, bytes: ascii('FOVb') },
  { format: rawFormat, at: 4, bytes: ascii('ftypcrx ') },
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
  { format: 'JPEG 2000', at: 4, bytes: ascii('jP  \r\n') },
  { format: 'JPEG 2000', at: 0, bytes: [0xff, 0x4f, 0xff, 0x51] },
  { format: 'JPEG XL', at: 4, bytes: ascii('JXL \r\n') },
  { format: 'JPEG XL', at: 0, bytes: [0xff, 0x0a] },
  { format: 'ICO', at: 0, bytes: [0, 0, 1, 0] },
  { format: 'Photoshop', at: 0, bytes: ascii('8BPS') },
  { format: 'DICOM', at: 128, bytes: ascii('DICM') },
  { format: 'OpenEXR', at: 0, bytes: [0x76, 0x2f, 0x31, 0x01] },
  { format: 'DDS', at: 0, bytes: ascii('DDS ') },
  { format: 'NumPy', at: 0, bytes: [0x93, ...ascii('NUMPY')] },
  { format: 'ZIP', at: 0, bytes: ascii('PK\x03\x04') },
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
  if (/^P[1-7]\s/.test(String.fromCharCode(...file.subarray(0, 3)))) return 'PPM';
  if (file[0] === 0x0a && (file[1] ?? 6) < 6 && file[2] === 1) return 'PCX';
  if (String.fromCharCode(...file.subarray(-18)) === 'TRUEVISION-XFILE.\0') return 'TGA';
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

/** How a JPEG is had, where that is not plain. */
const conversions: Readonly<Record<string, string>> = {
  HEIC: jpegOfHeic,
  [rawFormat]: 'develop it to JPEG first, in the program of the camera or in darktable',
  ZIP: 'unpack it first',
};

/** The format of a picture. @throws ZooError `corrupt-file` unless it is one of those that can be decoded here. */
export function requireFormat(file: Uint8Array, name: string, readable: readonly string[]): string {
  const format = pictureFormat(file);
  if (format && readable.includes(format)) return format;
  const misdownload = format ? undefined : misdownloadOf(file);
  const article = format && /^[ASI]/.test(format) ? 'an' : 'a';
  const known = misdownload?.what ?? `it is ${format ? `${article} ${format} file` : 'no picture known here'}`;
  const found = file.length === 0 ? 'it is empty' : known;
  const convert = conversions[format ?? ''] ?? 'convert it first';
  const advice = misdownload?.advice ?? (file.length === 0 ? 'replace it' : convert);
  throw new ZooError('corrupt-file', `${name}: ${found}, expected ${formatList(readable)}; ${advice}.`);
}

/** A decoder's complaint as the zoo says it. */
export function damaged(name: string, format: string, cause: unknown): ZooError {
  const why = decoderReason(cause);
  return new ZooError('corrupt-file', `${name}: damaged or cut short ${format} file (${why}); replace it.`, { cause });
}
