import { createHash, randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Parse, parseString, ZooError } from '@zoo/core';
import { cacheFolder, diskError, flushToDisk, makeFolder, writeFileAtomically } from '@zoo/core/files';
import type { FetchFileOptions } from '../fetch-options.ts';
import { decodedAddress } from '../file-name.ts';
import { type FileRecord, parseFileRecord } from '../record.ts';
import type { Bytes, Draft, Kept, Store } from '../store.ts';

/** A name that shows what the file is, and that no other address has. */
const nameFor = (url: URL): string => {
  const base = path.posix.basename(decodedAddress(url.pathname)).replaceAll(/[^\w.-]/g, '_') || 'index';
  return `${createHash('sha256').update(url.href).digest('hex').slice(0, 12)}-${base.slice(-100)}`;
};

/** A record stands beside its file: it is there only once the file is whole. */
const recordFile = (folder: string, url: URL) => path.join(folder, `${nameFor(url)}.json`);

/** A new file has a new name, so that whoever reads the one before is not disturbed. */
const dataFile = (folder: string, { url, sha256 }: FileRecord) =>
  path.join(folder, `${sha256?.slice(0, 12)}-${nameFor(new URL(url))}`);

async function openFile(file: string, name: string): Promise<Bytes> {
  const handle = await open(file, 'r');
  const { size } = await handle.stat();
  return {
    size,
    async read(offset, length, into) {
      const bytes = into ?? new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0)
          throw new ZooError('corrupt-file', `${name}: ended at byte ${offset + done} of ${size} while being read.`);
        done += bytesRead;
      }
      return bytes;
    },
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
  writeFileAtomically(recordFile(folder, new URL(record.url)), `${JSON.stringify(record, undefined, 2)}\n`);

/** Takes away downloads of processes that were killed, once nobody can be waiting for them. */
async function removeOldParts(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.part'))) {
    const written = await stat(path.join(folder, name)).catch(() => undefined);
    if (written && Date.now() - written.mtimeMs > 24 * 3600_000) await rm(path.join(folder, name), { force: true });
  }
}

async function begin(folder: string, url: URL): Promise<Draft> {
  const part = path.join(folder, `${nameFor(url)}.${randomUUID()}.part`);
  try {
    await makeFolder(folder);
    await removeOldParts(folder);
  } catch (error) {
    throw diskError(folder, error);
  }
  const handle = await open(part, 'wx').catch((error) => {
    throw diskError(part, error);
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
        throw diskError(part, error);
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
            throw diskError(file, error);
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

async function find(folder: string, url: URL): Promise<Kept | undefined> {
  const record = await readRecord(folder, url);
  if (!record) return undefined;
  return {
    record,
    open: () => openFile(dataFile(folder, record), url.href),
    // A cache that cannot be written can still be read.
    note: (changed) => writeRecord(folder, changed).catch(() => {}),
  };
}

/** Files in the folder `web` of the cache folder, each with its record; without a cache, files for the time they are used. */
export async function openStore({ cache = cacheFolder() }: FetchFileOptions): Promise<Store> {
  if (cache === false) {
    const folder = path.join(os.tmpdir(), 'zoo-fetch');
    const forNow = async (url: URL): Promise<Draft> => {
      const draft = await begin(folder, url);
      return { ...draft, finish: async (asked) => ({ ...(await draft.finish(asked)), keep: async () => {} }) };
    };
    return { find: async () => undefined, begin: forNow };
  }
  const folder = path.join(cache, 'web');
  return { find: (url) => find(folder, url), begin: (url) => begin(folder, url) };
}
