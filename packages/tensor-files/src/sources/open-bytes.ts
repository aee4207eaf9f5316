import { isOfClass, ZooError } from '@zoo/core';
import { addressOf } from '#files';
import type { ByteSource } from './byte-source.ts';
import { ofBlob } from './of-blob.ts';
import { ofBytes } from './of-bytes.ts';
import { ofUrl } from './of-url.ts';
import type { FileSource, OpenOptions } from './tensor-source.ts';
import { requireHashForm, verified } from './verified.ts';

const expected = 'Give a path, an address, a Response, a File or bytes.';

/** The address of a source that has one. */
export function urlOf(source: FileSource): URL | undefined {
  if (typeof source === 'string') return addressOf(source);
  if (isOfClass(source, 'URL')) return source;
  return isOfClass(source, 'Response') && source.url !== '' ? new URL(source.url) : undefined;
}

/** Sources in memory. */
async function ofValue(source: Exclude<FileSource, string | URL>): Promise<ByteSource> {
  if (isOfClass(source, 'Response')) return (await import('./of-response.ts')).ofResponse(source);
  if (isOfClass(source, 'Blob') || isOfClass(source, 'File')) return ofBlob(source);
  if (ArrayBuffer.isView(source)) return ofBytes(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  if (isOfClass(source, 'ArrayBuffer')) return ofBytes(new Uint8Array(source));
  throw new ZooError(
    'usage',
    `openTensors: is given ${source === null ? 'null' : `a value of type ${typeof source}`}. ${expected}`,
  );
}

/** @throws ZooError `not-found` or `network` when there is nothing to read, `corrupt-file` when it is not what was expected. */
export async function openBytes(source: FileSource, options: OpenOptions = {}): Promise<ByteSource> {
  await requireHashForm(options);
  if (source === '') throw new ZooError('usage', `openTensors: is given an empty text. ${expected}`);
  if (typeof source === 'string') return ofUrl(addressOf(source), options, source);
  if (isOfClass(source, 'URL')) return ofUrl(source, options);
  return verified(await ofValue(source), options);
}
