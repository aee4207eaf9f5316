import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Parse, parseInteger, parseObject, parseString } from '@zoo/core';
import { cacheFolder, diskError, writeFileAtomically } from '@zoo/core/files';
import { openFile } from '../platform/files.node.ts';
import type { ByteSource } from './byte-source.ts';
import { type DownloadOptions, download } from './download.ts';
import { type Hashes, requireHashes } from './expected-hash.ts';
import type { OpenOptions } from './tensor-source.ts';

/** What stands beside a kept file: it is there only once the file is whole and checked. */
interface Receipt extends Hashes {
  url: string;
  bytes: number;
}

const parseReceipt: Parse<Receipt> = parseObject<Receipt>({
  url: parseString,
  bytes: parseInteger(0, Number.MAX_SAFE_INTEGER),
  sha256: parseString,
  sha1: parseString,
});

/** The receipt of a file that is here whole, or undefined. */
async function receiptFor(file: string, url: URL): Promise<Receipt | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(`${file}.json`, 'utf8'));
    const receipt = parseReceipt(json, `${file}.json`);
    return receipt.url === url.href && (await stat(file)).size === receipt.bytes ? receipt : undefined;
  } catch {
    // Not there, or damaged: then it is fetched.
    return undefined;
  }
}

/** Fetches into `file`, and gives back its hashes and size. A download that fails leaves nothing behind. */
async function fetchInto(file: string, url: URL, options: DownloadOptions): Promise<Receipt> {
  const handle = await open(file, 'wx');
  let hashes = { sha256: createHash('sha256'), sha1: createHash('sha1') };
  let place = 0;
  try {
    const bytes = await download(
      url,
      {
        async write(piece) {
          hashes.sha256.update(piece);
          hashes.sha1.update(piece);
          for (let done = 0; done < piece.length; )
            done += (await handle.write(piece, done, piece.length - done, place + done)).bytesWritten;
          place += piece.length;
        },
        async restart() {
          hashes = { sha256: createHash('sha256'), sha1: createHash('sha1') };
          place = 0;
          await handle.truncate(0);
        },
      },
      options,
    );
    await handle.sync();
    return { url: url.href, bytes, sha256: hashes.sha256.digest('hex'), sha1: hashes.sha1.digest('hex') };
  } finally {
    await handle.close();
  }
}

/** A name that shows what the file is, and that no other address has. */
const nameFor = (url: URL): string => {
  const base = path.posix.basename(decodeURIComponent(url.pathname)).replaceAll(/[^\w.-]/g, '_') || 'index';
  return `${createHash('sha256').update(url.href).digest('hex').slice(0, 12)}-${base.slice(-100)}`;
};

/** A file of the web as a file on the disk, in `weights` of the zoo's cache folder. A whole one that is there is not asked for again. */
export async function cachedOnDisk(
  url: URL,
  { cache = path.join(cacheFolder(), 'weights'), ...options }: OpenOptions & DownloadOptions,
): Promise<ByteSource> {
  const keep = cache !== false;
  const folder = keep ? cache : path.join((await import('node:os')).tmpdir(), 'zoo-weights');
  const file = path.join(folder, keep ? nameFor(url) : `${randomUUID()}-${nameFor(url)}`);
  const kept = keep ? await receiptFor(file, url) : undefined;
  if (kept) {
    requireHashes(url.href, kept.bytes, kept, options);
    return { ...(await openFile(pathToFileURL(file), url.href)), sha256: kept.sha256 };
  }
  let sha256: string;
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const receipt = await fetchInto(part, url, options);
    requireHashes(url.href, receipt.bytes, receipt, options);
    sha256 = receipt.sha256;
    await rm(`${file}.json`, { force: true });
    await rename(part, file);
    if (keep) await writeFileAtomically(`${file}.json`, `${JSON.stringify(receipt, undefined, 2)}\n`);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw diskError(file, error);
  }
  const source = { ...(await openFile(pathToFileURL(file), url.href)), sha256 };
  if (keep) return source;
  return {
    ...source,
    async close() {
      await source.close();
      await rm(file, { force: true });
    },
  };
}
