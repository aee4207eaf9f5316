import { damaged, unsupported } from '../../damaged.ts';
import { type Cursor, cursorOf, type FileReader } from './file-reader.ts';

/** A fact about an object: its shape, its type, where its numbers are, what it links to. */
export interface Message {
  type: number;
  content: Cursor;
}

const continuation = 0x10;

/** Objects that a message takes. */
const objectsPerMessage = 10;

interface Block {
  start: number;
  length: number;
}

function* messagesOf(block: Cursor, version: 1 | 2, order: boolean): Generator<Message & { size: number }> {
  const lead = version === 1 ? 8 : order ? 6 : 4;
  while (block.left >= lead) {
    const type = version === 1 ? block.u16() : block.u8();
    const size = block.u16();
    const flags = block.u8();
    block.skip(lead - (version === 1 ? 5 : 4));
    const content = cursorOf(block.bytes(size), 'an object header');
    // A shared message is kept elsewhere: what it says is not here.
    yield { type: flags & 2 ? -1 : type, content, size };
  }
}

async function firstBlock(file: FileReader, address: number): Promise<{ version: 1 | 2; order: boolean } & Block> {
  const lead = await file.piece(address, 16, 'an object header');
  const version = lead.u8();
  if (version === 1) {
    lead.skip(7);
    return { version, order: false, start: address + 16, length: lead.u32() };
  }
  lead.skip(3);
  const [second, flags] = [lead.u8(), lead.u8()];
  if (version !== 0x4f || second !== 2) throw damaged(file.name, `has no object header at byte ${address}`);
  const before = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const width = 1 << (flags & 3);
  const length = (await file.piece(address + before, width, 'an object header')).uint(width);
  return { version: 2, order: (flags & 4) !== 0, start: address + before + width, length };
}

/** Every message of an object (HDF5 File Format Specification, IV.A). */
export async function readMessages(file: FileReader, address: number): Promise<Message[]> {
  const { version, order, ...first } = await firstBlock(file, address);
  const messages: Message[] = [];
  const blocks: Block[] = [first];
  for (let index = 0; index < blocks.length; index++) {
    const { start, length } = blocks[index] ?? first;
    if (blocks.length > 1000) throw unsupported(file.name, 'has an object in more than 1000 pieces', 'Write it anew');
    const block = await file.piece(start, length, 'messages');
    // In the newer form, blocks but the first begin with OCHK and end with a checksum.
    const framed = version === 2 && index > 0;
    if (framed) block.skip(4);
    const inner = framed ? cursorOf(block.bytes(Math.max(0, block.left - 4)), file.name) : block;
    for (const message of messagesOf(inner, version, order)) {
      file.meter.spend('objects', objectsPerMessage);
      if (message.type === continuation) blocks.push({ start: message.content.u64(), length: message.content.u64() });
      else messages.push(message);
    }
  }
  return messages;
}
