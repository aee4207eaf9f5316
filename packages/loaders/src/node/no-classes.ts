import { printableName } from '@zoo/core';
import { isPictureName } from '../pictures/picture-endings.ts';
import type { FolderContent } from './folder-content.ts';

const archive = /\.(?:zip|tar|tgz|tar\.gz|tar\.bz2|tar\.xz|gz|7z|rar)$/i;
const tableOfLabels = /\.(?:csv|tsv|xlsx?|parquet|jsonl?)$/i;

const listed = (names: readonly string[]) =>
  `${names.slice(0, 3).map(printableName).join(', ')}${names.length > 3 ? ', ...' : ''}`;

/** What lies in a folder without classes, as competitions and archives of data sets come, and what makes classes of it; begins with a space, or is empty. */
export function adviceWithoutClasses({ files }: Pick<FolderContent, 'files'>): string {
  const archives = files.filter((name) => archive.test(name));
  const tables = files.filter((name) => tableOfLabels.test(name));
  const pictures = files.filter(isPictureName).length;
  return [
    ...(archives.length > 0
      ? [` It holds ${listed(archives)}: unpack ${archives.length === 1 ? 'it' : 'them'} first.`]
      : []),
    ...(tables.length > 0
      ? [
          ` It holds ${listed(tables)}: if the classes of the pictures stand there, move each picture into a sub-folder named after its class.`,
        ]
      : []),
    ...(pictures > 0 && tables.length === 0
      ? [
          ` Its ${pictures === 1 ? 'picture lies' : `${pictures} pictures lie`} beside sub-folders: move each into one named after its class.`,
        ]
      : []),
  ].join('');
}
