import { damaged, unsupported } from '../../damaged.ts';
import { type Cursor, type FileReader, undefinedAddress } from './file-reader.ts';
import type { Message } from './object-header.ts';

/** A name in a group, and where the object is. */
export interface Link {
  name: string;
  address: number;
}

const symbolTable = 0x11;
const link = 0x06;
const linkInfo = 0x02;
/** A type of link. */
const externalLink = 64;

/** Of a name in a group. Keras's have some twenty letters, and several links may share one. */
const maxNameLength = 1000;
/** Objects that a link takes. */
const objectsPerLink = 4;

/** Made once, and not before it is needed: importing this file wants no newer globals. */
let decoder: TextDecoder | undefined;

/** A name, whose letters are compared when names are sorted. */
function nameOf({ name: file, meter }: FileReader, bytes: Uint8Array): string {
  if (bytes.length > maxNameLength)
    throw damaged(file, `has a name of ${bytes.length} bytes in a group, more than ${maxNameLength}`);
  meter.spend('objects', objectsPerLink);
  meter.spend('operations', bytes.length);
  meter.spend('bytes', bytes.length);
  decoder ??= new TextDecoder();
  return decoder.decode(bytes);
}

/** Names of a group in the older form: zero-ended texts in a heap. */
async function heapNames(file: FileReader, address: number): Promise<(offset: number) => string> {
  const heap = await file.piece(address, 32, 'a heap of names');
  if (heap.text(4) !== 'HEAP') throw damaged(file.name, `has no heap at byte ${address}`);
  heap.skip(4);
  const size = heap.u64();
  heap.skip(8);
  const texts = (await file.piece(heap.u64(), size, 'names')).bytes(size);
  return (offset) => {
    const end = offset < size ? texts.subarray(offset, offset + maxNameLength + 1).indexOf(0) : -1;
    if (end < 0)
      throw damaged(file.name, `has no name of at most ${maxNameLength} bytes at ${offset} of ${size} bytes of names`);
    return nameOf(file, texts.subarray(offset, offset + end));
  };
}

/** Addresses of a tree's leaves' children, in order. A node is visited once: trees that are none are refused. */
export async function treeLeaves<T>(
  file: FileReader,
  root: number,
  type: number,
  entrySize: number,
  entry: (cursor: Cursor) => { key: T; child: number },
): Promise<{ key: T; child: number }[]> {
  const leaves: { key: T; child: number }[] = [];
  const seen = new Set<number>();
  const visit = async (address: number, above: number): Promise<void> => {
    if (seen.has(address)) throw damaged(file.name, `has a tree that comes to byte ${address} twice`);
    seen.add(address);
    const lead = await file.piece(address, 24, 'a node of a tree');
    const [signature, kind, level, count] = [lead.text(4), lead.u8(), lead.u8(), lead.u16()];
    if (signature !== 'TREE' || kind !== type || level >= above)
      throw damaged(file.name, `has no node of a tree at byte ${address}`);
    const node = await file.piece(address + 24, count * entrySize, 'a node of a tree');
    for (let index = 0; index < count; index++) {
      const found = entry(node);
      file.meter.spend('objects', objectsPerLink);
      if (level === 0) leaves.push(found);
      else await visit(found.child, level);
    }
  };
  await visit(root, 32);
  return leaves;
}

async function symbolTableLinks(file: FileReader, message: Cursor): Promise<Link[]> {
  const root = message.u64();
  const nameAt = await heapNames(file, message.u64());
  const nodes = await treeLeaves(file, root, 0, 16, (node) => ({ key: node.u64(), child: node.u64() }));
  const links: Link[] = [];
  for (const { child } of nodes) {
    const lead = await file.piece(child, 8, 'a list of names');
    if (lead.text(4) !== 'SNOD') throw damaged(file.name, `has no list of names at byte ${child}`);
    lead.skip(2);
    const count = lead.u16();
    const list = await file.piece(child + 8, count * 40, 'a list of names');
    for (let index = 0; index < count; index++) {
      const [name, address, cache] = [nameAt(list.u64()), list.u64(), list.u32()];
      list.skip(20);
      // A symbolic link has no object of its own.
      if (cache !== 2) links.push({ name, address });
    }
  }
  return links;
}

function linkOf(file: FileReader, message: Cursor): Link | undefined {
  message.skip(1);
  const flags = message.u8();
  const type = flags & 8 ? message.u8() : 0;
  message.skip((flags & 4 ? 8 : 0) + (flags & 0x10 ? 1 : 0));
  const name = nameOf(file, message.bytes(message.uint(1 << (flags & 3))));
  if (type === externalLink) throw elsewhere(file, name, message.bytes(message.u16()));
  return type === 0 ? { name, address: message.u64() } : undefined;
}

/** @param target Flags, the other file's name, and the object's in there, each ended by a zero byte. */
function elsewhere(file: FileReader, name: string, target: Uint8Array): Error {
  const [other = ''] = nameOf(file, target.subarray(1)).split('\0');
  return unsupported(
    file.name,
    `has ${JSON.stringify(name)} in another file, ${JSON.stringify(other)}`,
    'Write all into one file, without external links',
  );
}

/** What a group holds, or undefined where the object is no group. */
export async function linksOf(file: FileReader, messages: readonly Message[]): Promise<Link[] | undefined> {
  const found: Link[] = [];
  let isGroup = false;
  for (const { type, content } of messages) {
    if (type === symbolTable) {
      isGroup = true;
      for (const one of await symbolTableLinks(file, content)) found.push(one);
    }
    if (type === linkInfo) {
      isGroup = true;
      content.skip(1);
      content.skip(content.u8() & 1 ? 8 : 0);
      if (content.u64() < undefinedAddress)
        throw unsupported(
          file.name,
          'has a group in HDF5\'s dense form, which Keras does not write: one of links to other files, or of libver="latest"',
          'Write all into one file, with libver="earliest"',
        );
    }
    if (type === link) {
      isGroup = true;
      const one = linkOf(file, content);
      if (one) found.push(one);
    }
  }
  return isGroup ? found : undefined;
}
