import type { Stats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode, ZooError } from '@zoo/core';
import type { UnreadableEntry, UnreadableReason } from '../pictures/picture-list.ts';

/** Files and folders that systems, servers and archives create among the user's own, in lower case. */
const leftBySystems: readonly string[] = [
  '__macosx',
  '@eadir',
  '@recycle',
  '#recycle',
  '#snapshot',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  '__pycache__',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'icon\r',
];

/** Hidden files are not: `.DS_Store`, and `._cat.png`, which is no picture. */
const isUserFile = (name: string): boolean =>
  !name.startsWith('.') && !leftBySystems.includes(name.toLowerCase()) && !/:zone\.identifier$/i.test(name);

/** Names are compared in one Unicode form: file systems use either. */
const sortKey = (name: string) => name.normalize('NFC');
const byCodeUnits = (a: string, b: string) => (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0);

/** Names of what is in a folder. */
export interface FolderContent {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Entries that exist but cannot be read. */
  readonly unreadable: readonly Unreadable[];
}

interface Unreadable extends UnreadableEntry {
  /** Undefined if it is unknown. */
  readonly kind: 'file' | 'folder' | undefined;
}

const kindOf = (found: Stats | undefined): Unreadable['kind'] =>
  found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : undefined;

const unreadableOf = (error: unknown): UnreadableReason => {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ELOOP' ? 'broken link' : 'not to be read';
};

/** Whether a folder is the other one, or above it. */
const isAncestor = (to: string, from: string): boolean =>
  to === from || from.startsWith(to.endsWith(path.sep) ? to : to + path.sep);

type Entry = { name: string; kind: 'file' | 'folder' } | Unreadable | undefined;

/** @param real The folder that is listed, without links. */
async function entryOf(folder: string, real: string, bytes: Buffer): Promise<Entry> {
  const name = bytes.toString();
  // A path is text here, and text would become another name.
  if (!Buffer.from(name).equals(bytes)) {
    const whole = Buffer.concat([Buffer.from(folder + path.sep), bytes]);
    const kind = kindOf(await stat(whole).catch(() => undefined));
    return { name, kind, why: 'name that is not UTF-8' };
  }
  const whole = path.join(folder, name);
  try {
    const kind = kindOf(await stat(whole));
    if (kind !== 'folder') return kind && { name, kind };
    const isLoop = (await lstat(whole)).isSymbolicLink() && isAncestor(await realpath(whole), real);
    return isLoop ? { name, kind: undefined, why: 'link to a folder that it is in' } : { name, kind };
  } catch (error) {
    return { name, kind: undefined, why: unreadableOf(error) };
  }
}

/** The content of a folder: links are followed, hidden and system files are left out, sorted the same way on every machine. */
export async function folderContent(folder: string): Promise<FolderContent> {
  const real = await realpath(folder);
  const names = await readdir(folder, { encoding: 'buffer' });
  const entries = await Promise.all(
    names.filter((name) => isUserFile(name.toString())).map((name) => entryOf(folder, real, name)),
  );
  const found = entries.filter((one) => one !== undefined).sort((a, b) => byCodeUnits(a.name, b.name));
  const good = found.filter((one) => !('why' in one));
  return {
    files: good.filter(({ kind }) => kind === 'file').map(({ name }) => name),
    folders: good.filter(({ kind }) => kind === 'folder').map(({ name }) => name),
    unreadable: found.filter((one) => 'why' in one),
  };
}

/**
 * Unreadable folders would be missing among classes or parts. A file may be missing.
 *
 * @throws ZooError `data` for what is a folder, or may be one.
 */
export function requireFolders(folder: string, { unreadable }: FolderContent): void {
  const isFolder = ({ name, kind, why }: Unreadable) =>
    kind === 'folder' || (kind === undefined && why !== 'link to a folder that it is in' && path.extname(name) === '');
  const gone = unreadable.find(isFolder);
  if (!gone) return;
  const remedy = gone.why === 'name that is not UTF-8' ? 'Rename it' : 'Fix or remove it';
  throw new ZooError(
    'data',
    `${path.join(folder, gone.name)}: ${gone.why}, expected a folder that can be read. ${remedy}.`,
  );
}
