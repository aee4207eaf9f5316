import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ZooError } from '@zoo/core';
import { openForReading, pathOfUrl, readExactly, writeFileAtomically } from '@zoo/core/files';
import type { FileToWrite } from '../format.ts';
import type { ByteSource } from '../sources/byte-source.ts';

const isAddress = (text: string): boolean => /^(?:https?|file|data|blob):/i.test(text);

/** The address that a text is or, for a path, stands for. @throws ZooError `usage` for an address that cannot be read. */
export function addressOf(text: string): URL {
  const isPath = !isAddress(text);
  // A letter alone is a drive of Windows.
  if (isPath && !/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return pathToFileURL(path.resolve(text));
  if (!isPath && URL.canParse(text)) return new URL(text);
  throw new ZooError(
    'usage',
    `${text.slice(0, 200)}: is no address that can be read. Give https://..., http://..., file://... or a path.`,
  );
}

/** A file on the disk, open until it is closed. `name` is for messages. */
export async function openFile(url: URL, name: string = pathOfUrl(url)): Promise<ByteSource> {
  const { handle, size } = await openForReading(url, name, 'a file of weights');
  return {
    name,
    size,
    read: (offset, length, into) =>
      readExactly(
        handle,
        { offset, length, into },
        (at) =>
          new ZooError('corrupt-file', `${name}: ended at byte ${at} while being read. Is it still being written?`),
      ),
    close: () => handle.close(),
  };
}

/** Writes files in their order, each whole or not at all. */
export async function writeFiles(files: readonly FileToWrite[]): Promise<string[]> {
  for (const { path: file, bytes } of files) await writeFileAtomically(file, bytes());
  return files.map((file) => file.path);
}
