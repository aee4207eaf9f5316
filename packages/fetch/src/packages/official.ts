import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CheckedDownload, downloadChecked } from './download-checked.ts';
import { unpackGzip } from './gzip.ts';
import { integrityOf } from './integrity.ts';
import type { Source } from './source.ts';
import { tarEntries } from './tar-entries.ts';

/** A packed archive of the web that holds the canonical files as they are. */
export const archive = ({
  url,
  bytes,
  sha256,
  folder,
}: Pick<CheckedDownload, 'url' | 'bytes'> & { sha256: string; folder: string }): Source => ({
  name: new URL(url).host,
  async *deliver(context) {
    const file = await downloadChecked({ url, bytes, integrity: integrityOf('sha256', sha256) }, context);
    const wanted = new Map(context.wanted.map(({ name, bytes }) => [`${folder}/${name}`, bytes]));
    for (const [name, bytes] of await tarEntries(file, wanted)) yield { name: path.basename(name), bytes };
  },
});

/** A folder of the web that holds each canonical file packed on its own, as `NAME.gz`. */
export const gzipFiles = (base: string, files: readonly { file: string; bytes: number; md5: string }[]): Source => ({
  name: new URL(base).host,
  async *deliver(context) {
    for (const { file, bytes, md5 } of files) {
      const pinned = context.wanted.find(({ name }) => name === file);
      if (!pinned) continue;
      const url = new URL(`${file}.gz`, base).href;
      const packed = await downloadChecked({ url, bytes, integrity: integrityOf('md5', md5) }, context);
      yield { name: file, bytes: unpackGzip(await readFile(packed), pinned.bytes) };
    }
  },
});
