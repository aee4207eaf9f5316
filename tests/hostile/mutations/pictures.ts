import { deflateSync, inflateSync } from 'node:zlib';
import type { Random } from '@zoo/core';
import { crc32 } from '../../../packages/tensor-files/src/codecs/zip/crc32.ts';
import { big, joined, little, repeated } from '../bytes.ts';
import { otherWords, pick } from './numbers.ts';

interface Part {
  type: string;
  body: Uint8Array;
}

/** Some parts are doubled, left out, moved, or have other numbers in them. */
function otherParts(parts: readonly Part[], random: Random, change: (part: Part) => Uint8Array): Part[] {
  const all = [...parts];
  for (let left = 1 + random.integer(2); left > 0 && all.length > 0; left--) {
    const index = random.integer(all.length);
    const part = all[index];
    if (!part) continue;
    const kind = random.integer(8);
    if (kind === 0) all.splice(index, 1);
    else if (kind === 1) all.splice(index, 0, ...Array.from({ length: pick(random, [1, 3, 500]) }, () => part));
    else if (kind === 2) all.splice(random.integer(all.length), 0, ...all.splice(index, 1));
    else all[index] = { ...part, body: change(part) };
  }
  return all;
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const word = (bytes: Uint8Array, at: number, little = false) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return at + 4 <= bytes.length ? view.getUint32(at, little) : 0;
};

/** PNG: other chunks, with right lengths and checksums; pixels are changed before they are deflated. */
export function otherPng(bytes: Uint8Array, random: Random): Uint8Array {
  const parts: Part[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + word(bytes, at))
    parts.push({
      type: latin1(bytes.subarray(at + 4, at + 8)),
      body: bytes.subarray(at + 8, at + 8 + word(bytes, at)),
    });
  const changed = otherParts(parts, random, ({ type, body }) => {
    if (type !== 'IDAT' || random.integer(3) === 0) return otherWords(body, random, false);
    const plain = new Uint8Array(inflateSync(body, { finishFlush: 2 }));
    return new Uint8Array(
      deflateSync(random.integer(2) ? otherWords(plain, random) : repeated(plain, pick(random, [2, 20, 3000]))),
    );
  });
  return joined(
    bytes.subarray(0, 8),
    changed.map(({ type, body }) => {
      const content = joined(Buffer.from(type, 'latin1'), body);
      return joined(big(body.length, 4), content, big(crc32(content), 4));
    }),
  );
}

/** WebP: other chunks, with right lengths. */
export function otherWebp(bytes: Uint8Array, random: Random): Uint8Array {
  const parts: Part[] = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = word(bytes, at + 4, true);
    parts.push({ type: latin1(bytes.subarray(at, at + 4)), body: bytes.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  if (random.integer(4) === 0)
    parts.unshift({ type: 'VP8X', body: otherWords(new Uint8Array([0x12, 0, 0, 0, 23, 0, 0, 19, 0, 0]), random) });
  const changed = otherParts(parts, random, ({ body }) => otherWords(body, random, true, 0, Math.min(body.length, 40)));
  const body = joined(
    'WEBP',
    changed.map(({ type, body }) =>
      joined(Buffer.from(type, 'latin1'), little(body.length, 4), body, new Uint8Array(body.length % 2)),
    ),
  );
  return joined('RIFF', little(body.length, 4), body);
}

/** JPEG: other segments, with right lengths; what follows the start of a scan belongs to it. */
export function otherJpeg(bytes: Uint8Array, random: Random): Uint8Array {
  const parts: Part[] = [];
  for (let at = 2; at + 4 <= bytes.length; ) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(at + 2);
    let end = at + 2 + length;
    if (bytes[at + 1] === 0xda)
      while (end < bytes.length - 2 && !(bytes[end] === 0xff && (bytes[end + 1] ?? 0) >= 0xc0)) end++;
    parts.push({ type: String.fromCharCode(bytes[at + 1] ?? 0), body: bytes.subarray(at + 4, end) });
    if (bytes[at] !== 0xff) break;
    at = end;
  }
  const changed = otherParts(parts, random, ({ body }) =>
    otherWords(body, random, false, 0, Math.min(body.length, 30)),
  );
  return joined(
    bytes.subarray(0, 2),
    changed.map(({ type, body }) => {
      const length = Math.min(type === '\xda' ? 10 : body.length, body.length, 65_533) + 2;
      return joined(Uint8Array.of(0xff, type.charCodeAt(0)), big(length, 2), body);
    }),
    Uint8Array.of(0xff, 0xd9),
  );
}

const containers = new Set(['meta', 'iprp', 'ipco', 'moov', 'trak', 'iinf']);
/** AVIF: other boxes, with right lengths. */
export function otherAvif(bytes: Uint8Array, random: Random): Uint8Array {
  const boxes = (from: Uint8Array): Part[] => {
    const parts: Part[] = [];
    for (let at = 0; at + 8 <= from.length; ) {
      const size = Math.max(8, word(from, at));
      parts.push({ type: latin1(from.subarray(at + 4, at + 8)), body: from.subarray(at + 8, at + size) });
      at += size;
    }
    return parts;
  };
  const change = (part: Part): Uint8Array => {
    const lead = part.type === 'meta' ? 4 : part.type === 'iinf' ? 6 : 0;
    if (!containers.has(part.type) || random.integer(4) === 0) return otherWords(part.body, random, false);
    return joined(part.body.subarray(0, lead), written(otherParts(boxes(part.body.subarray(lead)), random, change)));
  };
  const written = (parts: readonly Part[]) =>
    joined(parts.map(({ type, body }) => joined(big(body.length + 8, 4), Buffer.from(type, 'latin1'), body)));
  return written(otherParts(boxes(bytes), random, change));
}

/** TIFF: other numbers in the entries of its first directory. */
export function otherTiff(bytes: Uint8Array, random: Random): Uint8Array {
  const directory = word(bytes, 4, true);
  const entries = (bytes[directory] ?? 0) + 256 * (bytes[directory + 1] ?? 0);
  return otherWords(
    bytes,
    random,
    true,
    directory + 2 - (directory % 2),
    Math.min(bytes.length, directory + 2 + 12 * entries + 4),
  );
}
