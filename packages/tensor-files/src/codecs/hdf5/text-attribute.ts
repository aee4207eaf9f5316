import { damaged } from '../../damaged.ts';
import { type Cursor, cursorOf, type FileReader } from './file-reader.ts';
import type { Message } from './object-header.ts';

const attribute = 0x0c;
const maxTextLength = 16 * 2 ** 20;

/** A text of a fixed length ends with zeros. */
function withoutZeros(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\0') end -= 1;
  return text.slice(0, end);
}

/** A text in a global heap (HDF5 File Format Specification, III.E), by the address of the collection and a number. */
async function heapText(
  file: FileReader,
  address: number,
  number: number,
  length: number,
): Promise<string | undefined> {
  const lead = await file.piece(address, 16, 'a heap of texts');
  if (lead.text(4) !== 'GCOL') throw damaged(file.name, `has no heap of texts at byte ${address}`);
  lead.skip(4);
  const size = lead.u64();
  if (size < 16 || size > maxTextLength) throw damaged(file.name, `has a heap of texts of ${size} bytes`);
  const heap = await file.piece(address + 16, size - 16, 'a heap of texts');
  while (heap.left >= 16) {
    const index = heap.u16();
    heap.skip(6);
    const held = heap.u64();
    if (index === 0) return undefined;
    if (index === number && length <= held) return heap.text(length);
    heap.skip(Math.min(held + ((8 - (held % 8)) % 8), heap.left));
  }
  return undefined;
}

/** The parts of an attribute message (IV.A.2.m): name, type, space, content. */
function partsOf(message: Cursor): { name: string; type: Cursor; content: Cursor } | undefined {
  const version = message.u8();
  if (version < 1 || version > 3) return undefined;
  message.skip(1);
  const [name, type, space] = [message.u16(), message.u16(), message.u16()];
  if (version === 3) message.skip(1);
  const part = (length: number) => {
    const bytes = message.bytes(length);
    // In the first version each part is filled up to a multiple of 8.
    if (version === 1) message.skip((8 - (length % 8)) % 8);
    return bytes;
  };
  const [text, kind] = [part(name), part(type)];
  part(space);
  return {
    name: new TextDecoder().decode(text).replace(/\0.*$/s, ''),
    type: cursorOf(kind, 'a type'),
    content: cursorOf(message.bytes(message.left), 'an attribute'),
  };
}

/** A text that is an attribute of an object, as h5py keeps `model_config`: of a fixed length, or in a heap. Undefined where there is none. */
export async function textAttribute(
  file: FileReader,
  messages: readonly Message[],
  wanted: string,
): Promise<string | undefined> {
  for (const { type: kind, content: message } of messages) {
    if (kind !== attribute) continue;
    const parts = partsOf(message);
    if (parts?.name !== wanted) continue;
    const { type, content } = parts;
    const typeClass = type.u8() & 15;
    type.skip(3);
    const size = type.u32();
    if (typeClass === 3 && size <= content.left) return withoutZeros(content.text(size));
    if (typeClass !== 9 || content.left < 16) return undefined;
    const [length, address, number] = [content.u32(), content.u64(), content.u32()];
    return heapText(file, address, number, length);
  }
  return undefined;
}
