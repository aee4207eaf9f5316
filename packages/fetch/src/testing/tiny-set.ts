import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import type { PinnedFile } from '../packages/pinned-file.ts';
import { type Packed, packed } from './packed.ts';

/** Six noisy files, packed as an archive and as an npm package. */
export interface TinySet {
  files: PinnedFile[];
  contents: Map<string, Buffer>;
  archive: Packed;
  tarball: Packed;
}

const names = [
  'data_batch_1.bin',
  'data_batch_2.bin',
  'data_batch_3.bin',
  'data_batch_4.bin',
  'data_batch_5.bin',
  'test_batch.bin',
];

export async function tinySet(): Promise<TinySet> {
  const contents = new Map(
    names.map((name, n) => [
      name,
      Buffer.from(Uint8Array.from({ length: 12_000 }, (_, i) => ((i + n) * 7919 * (i + 3)) >> 3)),
    ]),
  );
  const pack = async (folder: string) => {
    const entries = Array.from(contents, ([name, body]) => ({
      header: { name: `${folder}/${name}`, size: body.length },
      body,
    }));
    return packed(gzipSync(await packTar(entries)));
  };
  return {
    files: Array.from(contents, ([name, body]) => ({ name, bytes: body.length, sha256: packed(body).sha256 })),
    contents,
    archive: await pack('folder'),
    tarball: await pack('package'),
  };
}
