import { ZooError } from '@zoo/core';
import type { Shard } from './shard.ts';
import { blockBytes, paxFields, type TarHeader, tarHeader } from './tar-header.ts';

/** A file in an archive. */
export interface TarFile {
  name: string;
  offset: number;
  size: number;
}

/** Longer names and extensions than any that is meant well. */
const maxExtension = 64 * 1024;
/** Headers read at a time: those of small files follow each other closely. */
const windowBytes = 64 * 1024;

const isFile = ({ type }: TarHeader): boolean => type === '0' || type === '7';

/** Reads blocks through a window, so that many small files take few reads. */
function windowed(shard: Shard): (offset: number) => Promise<Uint8Array> {
  let start = 0;
  let bytes: Uint8Array = new Uint8Array(0);
  return async (offset) => {
    if (offset < start || offset + blockBytes > start + bytes.length) {
      start = offset;
      bytes = await shard.read(offset, Math.min(windowBytes, shard.size - offset));
    }
    return bytes.subarray(offset - start, offset - start + blockBytes);
  };
}

/**
 * The files of a tar archive and where their bytes lie: headers are read, files are passed over. Folders and links are left out; nothing is written anywhere.
 *
 * @param onNotice Called where the archive has no end: what was cut off behind a whole file leaves no other trace.
 * @throws ZooError `corrupt-file` for an archive that is cut short within a file, whose headers are none, or lie about sizes.
 */
export async function tarIndex(shard: Shard, onNotice?: (line: string) => void): Promise<TarFile[]> {
  const files: TarFile[] = [];
  const blockAt = windowed(shard);
  let longName: string | undefined;
  let extension = new Map<string, string>();
  const cutShort = (what: string): ZooError =>
    new ZooError('corrupt-file', `${shard.name}: ${what}. It is cut short, or damaged; get it again.`);
  if (shard.size === 0) throw cutShort('is empty, expected a tar archive');
  let at = 0;
  let hasEnded = false;
  while (at + blockBytes <= shard.size) {
    const where = `${shard.name}, byte ${at}`;
    const header = tarHeader(await blockAt(at), where);
    if (!header) {
      hasEnded = true;
      break;
    }
    const given = isFile(header) ? Number(extension.get('size') ?? header.size) : header.size;
    const offset = at + blockBytes;
    if (!Number.isSafeInteger(given) || given < 0 || given > shard.size - offset)
      throw new ZooError(
        'corrupt-file',
        `${where}: ${header.name} has ${given} bytes, but the archive only ${shard.size - offset} more. It is cut short, or damaged; get it again.`,
      );
    at = offset + Math.ceil(given / blockBytes) * blockBytes;
    if (header.type === 'L' || header.type === 'x') {
      if (given > maxExtension)
        throw new ZooError(
          'too-costly',
          `${where}: a name or header of ${given} bytes, expected ${maxExtension} at most.`,
        );
      const bytes = await shard.read(offset, given);
      if (header.type === 'x') extension = paxFields(bytes, where);
      else longName = new TextDecoder().decode(bytes).replace(/\0.*$/s, '');
      continue;
    }
    const name = extension.get('path') ?? longName ?? header.name;
    if (isFile(header)) files.push({ name, offset, size: given });
    // A global header and the long name of a link belong to no file.
    if (header.type === 'g' || header.type === 'K') continue;
    longName = undefined;
    extension = new Map();
  }
  // Without the empty blocks of its end an archive is whole only where it ends with a whole file.
  if (!hasEnded && at !== shard.size)
    throw cutShort(`ends at byte ${shard.size}, within a header or the filling behind a file`);
  const last = files.at(-1);
  if (!hasEnded && last)
    onNotice?.(
      `${shard.name}: has no end behind its last file, ${last.name}: others may be missing. If so, get it again.`,
    );
  return files;
}
