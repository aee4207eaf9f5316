import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** What systems, servers and archives leave among somebody's own files, in lower case. */
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

/** Hidden files are among them: `.DS_Store`, and `._cat.png`, which is no picture. */
const isSomebodys = (name: string): boolean =>
  !name.startsWith('.') && !leftBySystems.includes(name.toLowerCase()) && !/:zone\.identifier$/i.test(name);

/** A name is the same in both of Unicode's forms, of which file systems keep either. */
const sortKey = (name: string) => name.normalize('NFC');
const byCodeUnits = (a: string, b: string) => (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0);

/** Names of the files and folders in a folder. */
export interface FolderContent {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** What is in a folder: links followed, what is hidden or left by a system left out, sorted the same way on every machine. */
export async function folderContent(folder: string): Promise<FolderContent> {
  const names = (await readdir(folder)).filter(isSomebodys).sort(byCodeUnits);
  const kinds = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  return {
    files: names.filter((_, i) => kinds[i]?.isFile()),
    folders: names.filter((_, i) => kinds[i]?.isDirectory()),
  };
}
