import { damaged } from './picture-format.ts';

const endsWith = (file: Uint8Array, bytes: readonly number[]): boolean => {
  // Some programs append data to a picture.
  for (let at = file.length - bytes.length; at >= 0; at--)
    if (bytes.every((byte, i) => file[at + i] === byte)) return true;
  return false;
};

/** How files of a format end. */
const isWhole: Readonly<Record<string, (file: Uint8Array) => boolean>> = {
  PNG: (file) => endsWith(file, [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]),
  JPEG: (file) => endsWith(file, [0xff, 0xd9]),
  GIF: (file) => endsWith(file, [0x3b]),
  WebP: (file) => file.length >= 8 + new DataView(file.buffer, file.byteOffset).getUint32(4, true),
};

/** Browsers show a truncated picture as far as it goes, and grey below. @throws ZooError `corrupt-file` for a truncated picture. */
export function requireEnd(file: Uint8Array, format: string, name: string): void {
  if (isWhole[format]?.(file) === false) throw damaged(name, format, 'its end is missing');
}
