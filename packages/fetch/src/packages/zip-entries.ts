import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { ZooError } from '@zoo/core';

const refuse = (what: string): never => {
  throw new ZooError('corrupt-file', `the archive cannot be read (${what})`);
};

/** Where the directory of an archive begins, and how many entries it has (APPNOTE 4.3.16). */
function directoryOf(zip: Buffer): { at: number; count: number } {
  // A comment of up to 65,535 bytes may stand behind it.
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 65_535); at--)
    if (zip.readUInt32LE(at) === 0x06054b50) return { at: zip.readUInt32LE(at + 16), count: zip.readUInt16LE(at + 10) };
  return refuse('it has no directory');
}

/** An entry of the directory (4.3.12). */
interface Entry {
  name: string;
  method: number;
  packed: number;
  size: number;
  at: number;
}

function* entriesOf(zip: Buffer): Generator<Entry> {
  let { at, count } = directoryOf(zip);
  for (; count > 0; count--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) refuse('its directory is damaged');
    const nameLength = zip.readUInt16LE(at + 28);
    yield {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      at: zip.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function unpack(zip: Buffer, { name, method, packed, size, at }: Entry): Uint8Array {
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== 0x04034b50) refuse(`${name} is not where it should be`);
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const content = zip.subarray(start, start + packed);
  if (content.length !== packed) refuse(`${name} is cut short`);
  if (method === 0) return content;
  if (method !== 8) refuse(`${name} is packed by method ${method}`);
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    return refuse(`${name}: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * Some files of a zip archive, in memory, as of a wheel. Their content is not checked here: the caller knows their hashes.
 *
 * @param wanted Path inside the archive and the most bytes it may have.
 * @returns The wanted files that are there.
 * @throws ZooError `corrupt-file` for an archive that is damaged, or a file that is larger than it may be.
 */
export async function zipEntries(file: string, wanted: ReadonlyMap<string, number>): Promise<Map<string, Uint8Array>> {
  const zip = await readFile(file);
  const found = new Map<string, Uint8Array>();
  for (const entry of entriesOf(zip)) {
    const limit = wanted.get(entry.name);
    if (limit === undefined) continue;
    if (entry.size > limit)
      throw new ZooError('corrupt-file', `${entry.name} has ${entry.size} bytes, expected ${limit} at most`);
    if (found.has(entry.name)) throw new ZooError('corrupt-file', `the archive has ${entry.name} twice`);
    found.set(entry.name, unpack(zip, entry));
  }
  return found;
}
