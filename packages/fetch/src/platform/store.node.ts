import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Parse, parseString, ZooError } from '@zoo/core';
import {
  cacheFolder,
  diskError,
  flushToDisk,
  makeFolder,
  otherCache,
  readExactly,
  removeAbandoned,
  temporaryName,
  writeFileAtomically,
} from '@zoo/core/files';
import type { FetchFileOptions } from '../fetch-options.ts';
import { decodedAddress } from '../file-name.ts';
import { type FileRecord, parseFileRecord } from '../record.ts';
import type { Bytes, KeptFile, PendingFile, Store } from '../store.ts';

/** A name that shows what the file is, and that no other address has. */
const nameFor = (url: URL): string => {
  const base = path.posix.basename(decodedAddress(url.pathname)).replaceAll(/[^\w.-]/g, '_') || 'index';
  return `${createHash('sha256').update(url.href).digest('hex').slice(0, 12)}-${base.slice(-100)}`;
};

/** A record stands beside its file: it is there only once the file is whole. */
const recordFile = (folder: string, url: URL) => path.join(folder, `${nameFor(url)}.json`);

/** A new file gets a new name, so that readers of the old one are not disturbed. */
const dataFile = (folder: string, { url, sha256 }: FileRecord) =>
  path.join(folder, `${sha256?.slice(0, 12)}-${nameFor(new URL(url))}`);

async function openFile(file: string, name: string): Promise<Bytes> {
  const handle = await open(file, 'r');
  const { size } = await handle.stat();
  return {
    size,
    read: (offset, length, into) =>
      readExactly(
        handle,
        { offset, length, into },
        (at) => new ZooError('corrupt-file', `${name}: ended at byte ${at} of ${size} while being read.`),
      ),
    close: () => handle.close(),
  };
}

/** Has the disk write down what it was given. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await flushToDisk(handle);
  } finally {
    await handle.close();
  }
}

const parseKept: Parse<FileRecord> = (value, place) => {
  const record = parseFileRecord(value, place);
  parseString(record.sha256, `${place}.sha256`);
  return record;
};

async function readRecord(folder: string, url: URL): Promise<FileRecord | undefined> {
  try {
    const file = recordFile(folder, url);
    const record = parseKept(JSON.parse(await readFile(file, 'utf8')), file);
    if (record.url !== url.href || (await stat(dataFile(folder, record))).size !== record.bytes) return undefined;
    return record;
  } catch {
    // Not there, or damaged: then it is fetched.
    return undefined;
  }
}

const writeRecord = (folder: string, record: FileRecord): Promise<void> =>
  writeFileAtomically(recordFile(folder, new URL(record.url)), `${JSON.stringify(record, undefined, 2)}\n`, otherCache);

async function begin(folder: string, url: URL): Promise<PendingFile> {
  const part = temporaryName(path.join(folder, nameFor(url)));
  try {
    await makeFolder(folder);
    await removeAbandoned(folder);
  } catch (error) {
    throw diskError(folder, error, otherCache);
  }
  const handle = await open(part, 'wx').catch((error) => {
    throw diskError(folder, error, otherCache);
  });
  const newHashes = () => ({ sha256: createHash('sha256'), sha1: createHash('sha1') });
  let hashes = newHashes();
  let place = 0;
  let isWriting = true;
  const stopWriting = async () => {
    if (isWriting) await handle.close();
    isWriting = false;
  };
  return {
    async write(piece) {
      hashes.sha256.update(piece);
      hashes.sha1.update(piece);
      try {
        for (let done = 0; done < piece.length; )
          done += (await handle.write(piece, done, piece.length - done, place + done)).bytesWritten;
      } catch (error) {
        throw diskError(folder, error, otherCache);
      }
      place += piece.length;
    },
    async restart() {
      hashes = newHashes();
      place = 0;
      await handle.truncate(0);
    },
    async finish() {
      await stopWriting();
      return {
        bytes: await openFile(part, url.href),
        hashes: { sha256: hashes.sha256.digest('hex'), sha1: hashes.sha1.digest('hex') },
        async keep(record) {
          const file = dataFile(folder, record);
          try {
            const before = await readRecord(folder, url);
            await flush(part);
            await rename(part, file);
            await writeRecord(folder, record);
            if (before && dataFile(folder, before) !== file) await rm(dataFile(folder, before), { force: true });
          } catch (error) {
            throw diskError(folder, error, otherCache);
          }
        },
      };
    },
    async discard() {
      await stopWriting();
      await rm(part, { force: true });
    },
  };
}

/** Files that this process has found to be what their hash says, as they were then. */
const proved = new Map<string, string>();

/** Whether a cached file still has its hash. Files decay or are overwritten: it is computed once per process, and again when the file has changed. */
async function isWhole(file: string, { sha256 }: FileRecord): Promise<boolean> {
  const { size, mtimeMs, ino } = await stat(file);
  const state = [size, mtimeMs, ino, sha256].join();
  if (proved.get(file) === state) return true;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  if (hash.digest('hex') !== sha256) return false;
  proved.set(file, state);
  return true;
}

async function find(folder: string, url: URL, onNotice: (line: string) => void): Promise<KeptFile | undefined> {
  const record = await readRecord(folder, url);
  if (!record) return undefined;
  const file = dataFile(folder, record);
  if (!(await isWhole(file, record))) {
    onNotice(`${file}: is not the file any more that was kept there (its hash is another); it is fetched anew.`);
    return undefined;
  }
  return {
    record,
    open: () => openFile(file, url.href),
    // A cache that cannot be written can still be read.
    note: (changed) => writeRecord(folder, changed).catch(() => {}),
  };
}

/** Files in the folder `web` of the cache folder, each with its record; without a cache, files for the time they are used. */
export async function openStore({ cache = cacheFolder(), onNotice = () => {} }: FetchFileOptions): Promise<Store> {
  if (cache === false) {
    const folder = path.join(os.tmpdir(), 'zoo-fetch');
    const forNow = async (url: URL): Promise<PendingFile> => {
      const draft = await begin(folder, url);
      return { ...draft, finish: async (asked) => ({ ...(await draft.finish(asked)), keep: async () => {} }) };
    };
    return { find: async () => undefined, begin: forNow };
  }
  const folder = path.join(cache, 'web');
  return { find: (url) => find(folder, url, onNotice), begin: (url) => begin(folder, url) };
}
