import { ZooError } from '@zoo/core';
import { readAddress } from '#pictures';
import type { ExampleSource } from '../pool/example-source.ts';

/** The bytes of an example's file, or of its part. */
export async function readSource({ file, name, range }: ExampleSource): Promise<Uint8Array> {
  if (typeof file !== 'string') {
    const part = range ? file.slice(range.offset, range.offset + range.length) : file;
    return new Uint8Array(await part.arrayBuffer());
  }
  if (range) throw new ZooError('usage', `${name}: a page reads parts of a Blob or File, expected one.`);
  return readAddress(file);
}
