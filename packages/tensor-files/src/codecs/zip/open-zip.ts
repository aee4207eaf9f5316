import { type Bytes, type NamedBytes, partOf } from '../../bytes.ts';
import { damaged, unsupported } from '../../damaged.ts';
import { type MeteredBytes, operationsToInflate } from '../../meter.ts';
import type { ZipEntry } from './zip-entry.ts';

/** An open archive. Nothing but its directory is read before a part of an entry is asked for. */
export interface Zip {
  entries: ReadonlyMap<string, ZipEntry>;
  /** `length` bytes from `offset` of an entry. */
  read(entry: ZipEntry, offset: number, length: number): Promise<Uint8Array>;
  /** An entry as bytes of its own. Its reader keeps to their size. */
  bytes(entry: ZipEntry): Promise<Bytes>;
}

const endSize = 22;
const localSize = 30;
const directorySize = 46;
/** Objects that an entry takes. */
const objectsPerEntry = 4;

/** Deflate cannot do better than 258 bytes for 2 bits. */
const maxRatio = 1032;
/** Above this size only zeros and the like, which are no weights, are packed a hundred times smaller. */
const maxTrustedSize = 64 * 2 ** 20;
const plausibleRatio = 100;

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Place and size of the directory, from the record at the archive's end (APPNOTE 4.3.16). */
async function findDirectory(source: NamedBytes) {
  const tail = Math.min(source.size, endSize + 0xffff);
  const bytes = view(await source.read(source.size - tail, tail));
  for (let at = tail - endSize; at >= 0; at--) {
    if (bytes.getUint32(at, true) !== 0x06054b50 || bytes.getUint16(at + 20, true) !== tail - at - endSize) continue;
    const end = { at: source.size - tail + at, count: bytes.getUint16(at + 10, true) };
    const [size, start] = [bytes.getUint32(at + 12, true), bytes.getUint32(at + 16, true)];
    if (end.count === 0xffff || size === 0xffffffff || start === 0xffffffff)
      throw unsupported(source.name, 'is a zip64 archive, of 4 GiB or more', 'Write it in smaller parts');
    if (bytes.getUint16(at + 4, true) !== 0 || start + size > end.at)
      throw damaged(source.name, `has its zip directory at bytes [${start},${start + size}] of ${end.at}`);
    return { ...end, start, size };
  }
  throw damaged(source.name, 'has no directory at its end, so it is not a whole zip archive');
}

function checkName(name: string, place: string): void {
  if (/^[/\\]|^[a-z]:|\\|\0/i.test(name) || name.split('/').includes('..'))
    throw damaged(place, `holds the entry ${JSON.stringify(name.slice(0, 80))}, whose name leads out of the archive`);
}

function checkRatio({ name, size, compressedSize, deflated }: ZipEntry, place: string): void {
  if (!deflated && size !== compressedSize)
    throw damaged(place, `${name} is stored, but takes ${compressedSize} bytes for ${size}`);
  const ratio = size > maxTrustedSize ? plausibleRatio : maxRatio;
  if (deflated && size > compressedSize * ratio)
    throw damaged(place, `${name} says that ${compressedSize} bytes unpack to ${size}, more than ${ratio} to 1`);
}

async function readDirectory(source: MeteredBytes): Promise<ZipEntry[]> {
  const { start, size, count } = await findDirectory(source);
  source.meter.spend('objects', count * objectsPerEntry);
  const decoder = new TextDecoder();
  const directory = await source.read(start, size);
  const fields = view(directory);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + directorySize > size || fields.getUint32(at, true) !== 0x02014b50)
      throw damaged(source.name, `has ${index} entries in its zip directory, but says ${count}`);
    const nameLength = fields.getUint16(at + 28, true);
    const next = at + directorySize + nameLength + fields.getUint16(at + 30, true) + fields.getUint16(at + 32, true);
    if (next > size) throw damaged(source.name, `has a zip directory that is cut short in entry ${index}`);
    const name = decoder.decode(directory.subarray(at + directorySize, at + directorySize + nameLength));
    checkName(name, source.name);
    const [flags, method] = [fields.getUint16(at + 8, true), fields.getUint16(at + 10, true)];
    if (flags & 1) throw unsupported(source.name, `${name} is encrypted`, 'Write the file without a password');
    if (method !== 0 && method !== 8)
      throw unsupported(source.name, `${name} is packed by method ${method}`, 'Store or deflate it');
    const entry: ZipEntry = {
      name,
      nameLength,
      deflated: method === 8,
      crc: fields.getUint32(at + 16, true),
      compressedSize: fields.getUint32(at + 20, true),
      size: fields.getUint32(at + 24, true),
      header: fields.getUint32(at + 42, true),
      end: start,
    };
    if (entry.size === 0xffffffff || entry.compressedSize === 0xffffffff || entry.header === 0xffffffff)
      throw unsupported(source.name, `${name} is of 4 GiB or more (zip64)`, 'Write it in smaller parts');
    checkRatio(entry, source.name);
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** Entries may not share bytes, as those of bombs do (Fifield 2019). Sets where each ends. */
function layOut(entries: readonly ZipEntry[], place: string): ZipEntry[] {
  const inOrder = [...entries].sort((a, b) => a.header - b.header);
  return inOrder.map((entry, index) => {
    const end = inOrder[index + 1]?.header ?? entry.end;
    const least = entry.header + localSize + entry.nameLength + entry.compressedSize;
    if (least > end) throw damaged(place, `${entry.name} ends at byte ${least}, but what follows begins at ${end}`);
    return { ...entry, end };
  });
}

async function dataStart(source: NamedBytes, { name, header, compressedSize, end }: ZipEntry): Promise<number> {
  const local = view(await source.read(header, localSize));
  if (local.getUint32(0, true) !== 0x04034b50) throw damaged(source.name, `${name} has no header at byte ${header}`);
  const start = header + localSize + local.getUint16(26, true) + local.getUint16(28, true);
  if (start + compressedSize > end)
    throw damaged(
      source.name,
      `${name} lies at bytes [${start},${start + compressedSize}], but what follows begins at ${end}`,
    );
  return start;
}

/** What is packed. It is rare in checkpoints, and its reader is loaded when it is needed. */
function deflatedBytes(source: MeteredBytes, entry: ZipEntry): Bytes {
  source.meter.spend('operations', operationsToInflate(entry.size));
  return {
    size: entry.size,
    async read(offset, length) {
      const packed = partOf(source, await dataStart(source, entry), entry.compressedSize);
      const refuse = damaged.bind(undefined, source.name);
      return (await import('./read-deflated.ts')).readDeflated(source, packed, entry, offset, length, refuse);
    },
  };
}

async function open(source: MeteredBytes): Promise<Zip> {
  const entries = new Map<string, ZipEntry>();
  for (const entry of layOut(await readDirectory(source), source.name)) {
    if (entries.has(entry.name)) throw damaged(source.name, `holds ${entry.name} twice`);
    if (!entry.name.endsWith('/')) entries.set(entry.name, entry);
  }
  const bytes = async (entry: ZipEntry): Promise<Bytes> =>
    entry.deflated ? deflatedBytes(source, entry) : partOf(source, await dataStart(source, entry), entry.size);
  return {
    entries,
    bytes,
    async read(entry, offset, length) {
      if (offset + length > entry.size)
        throw damaged(source.name, `${entry.name} has ${entry.size} bytes, but ${offset + length} are needed`);
      return (await bytes(entry)).read(offset, length);
    },
  };
}

const archives = new WeakMap<MeteredBytes, Promise<Zip>>();

/**
 * Opens an archive, whose directory is read once, however often it is opened.
 *
 * @throws ZooError `corrupt-file` when the archive is damaged, encrypted, of 4 GiB or more, or made to do harm.
 */
export function openZip(source: MeteredBytes): Promise<Zip> {
  const archive = archives.get(source) ?? open(source);
  archives.set(source, archive);
  return archive;
}
