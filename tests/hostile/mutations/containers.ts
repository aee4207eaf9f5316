import { gunzipSync, gzipSync } from 'node:zlib';
import type { Random } from '@zoo/core';
import { openZip } from '../../../packages/tensor-files/src/codecs/zip/open-zip.ts';
import { metered } from '../../../packages/tensor-files/src/meter.ts';
import { openBytes } from '../../../packages/tensor-files/src/sources/open-bytes.ts';
import { type ForgedEntry, forgedZip, joined, little } from '../bytes.ts';
import { other, otherWords, pick } from './numbers.ts';

export type Change = (bytes: Uint8Array, name: string) => Promise<Uint8Array>;

/** A zip archive with an entry that is changed, or of which the directory says something else. Checksums are those of the new content. */
export async function otherZip(bytes: Uint8Array, random: Random, change: Change): Promise<Uint8Array> {
  const zip = await openZip(metered(await openBytes(new Uint8Array(bytes))));
  const entries: ForgedEntry[] = [];
  for (const entry of zip.entries.values())
    entries.push({ name: entry.name, data: await zip.read(entry, 0, entry.size), deflate: entry.deflated });
  const index = random.integer(entries.length);
  const chosen = entries[index];
  if (!chosen) return bytes;
  const kind = random.integer(10);
  const number = () => Number(other(random, 1000n) % 2n ** 32n);
  if (kind === 0) chosen.size = number();
  else if (kind === 1) chosen.packed = number();
  else if (kind === 2) chosen.header = number();
  else if (kind === 3)
    chosen.name = pick(random, [
      '',
      '../x',
      '/x',
      'a/data.pkl',
      'x'.repeat(3000),
      `${chosen.name}/`,
      chosen.name.slice(1),
      'model.weights.h5',
    ]);
  else if (kind === 4) entries.splice(index, 1);
  else if (kind === 5)
    entries.splice(
      index,
      0,
      ...Array.from({ length: pick(random, [1, 30, 2000]) }, (_, copy) => ({
        ...chosen,
        name: `${chosen.name}${copy}`,
      })),
    );
  else chosen.data = await change(joined(chosen.data), chosen.name);
  if (random.integer(4) === 0) chosen.deflate = !chosen.deflate;
  return forgedZip(entries, random.integer(12) === 0 ? { count: random.integer(70_000) % 65_536 } : {});
}

/** A tar archive with other numbers in a header, whose checksum is right, packed by gzip. */
export function otherTar(bytes: Uint8Array, random: Random): Uint8Array {
  const tar = new Uint8Array(gunzipSync(bytes));
  const at = 512 * random.integer(Math.max(1, tar.length / 512 - 2));
  const header = tar.subarray(at, at + 512);
  if (random.integer(3) === 0) header.set(otherWords(header, random));
  else {
    const [from, values] = pick<[number, readonly string[]]>(random, [
      [
        124,
        ['77777777777', '00000000000', '-0000000001', '\x80\0\0\0\0\0\0\0\0\0\0\x01', '99999999999', '           '],
      ],
      [156, ['0', '1', '2', '3', '5', 'x', 'g', 'L', 'K', 'S', '\0', 'V']],
      [0, ['\0', '../x', '/x', 'folder/a.bin', 'x'.repeat(100)]],
      [257, ['ustar  \0', '\0\0\0\0\0\0', 'xxxxx']],
    ]);
    header.set(Buffer.from(pick(random, values), 'latin1'), from);
  }
  header.fill(32, 148, 156);
  header.set(
    Buffer.from(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
    ),
    148,
  );
  const times = random.integer(10) === 0 ? 3000 : 1;
  return new Uint8Array(
    gzipSync(
      joined(
        Array.from({ length: times }, () => tar.subarray(0, -1024)),
        tar.subarray(-1024),
      ),
    ),
  );
}

/** An array of NumPy with another header, whose length is right. */
export function otherNpy(bytes: Uint8Array, random: Random): Uint8Array {
  const wide = (bytes[6] ?? 1) > 1;
  const start = wide ? 12 : 10;
  const length = (bytes[8] ?? 0) + 256 * (bytes[9] ?? 0);
  const header = Buffer.from(bytes.subarray(start, start + length)).toString('latin1');
  const parts = header.split(/(\d+|'[^']*'|[(){},])/);
  const at = 1 + 2 * random.integer(Math.max(1, Math.floor(parts.length / 2)));
  const otherHeaders = [
    '',
    '0',
    '-1',
    '99999999999',
    '(',
    ')',
    ',',
    "'",
    "'<f4'",
    "'|O'",
    "'>f8'",
    "'<U9'",
    "'|V8'",
    'True',
    `${'(1,'.repeat(500)}`,
    '1e9',
    '[',
    "[('a', '<f4')]",
  ];
  parts[at] = random.integer(4) === 0 ? `${parts[at]}${parts[at]}` : pick(random, otherHeaders);
  const text = Buffer.from(parts.join(''), 'latin1');
  return joined(bytes.subarray(0, 8), little(text.length, wide ? 4 : 2), text, bytes.subarray(start + length));
}
