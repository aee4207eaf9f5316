import path from 'node:path';
import { classFinder } from '../data/class-named.ts';
import { counted } from '../rendering/quantities.ts';
import { shownName } from '../rendering/shown-name.ts';
import { isWebAddress, pathInAddress } from '../web-address.ts';
import { fileNameOf } from './file-label.ts';
import type { NamedPicture } from './named-pictures.ts';

/** The class that a file's name begins with, as in `cat-103.png`, where it does. The longest name wins. */
export function labelInFileName(file: string, labels: readonly string[]): string | undefined {
  const name = path.basename(file).toLowerCase().normalize('NFC');
  return labels.filter((label) => name.startsWith(`${fileNameOf(label)}-`)).sort((a, b) => b.length - a.length)[0];
}

const pathOf = (name: string): string => (isWebAddress(name) ? pathInAddress(name) : name);

/**
 * What a picture shows, where a name tells: that of the outermost folder around it that is called as a class is, as `zoo train` reads
 * folders of classes, else the beginning of its file's.
 */
export function truthOf({ name, folders }: NamedPicture, labels: readonly string[]): string | undefined {
  const placeOf = classFinder(labels);
  for (const folder of folders) {
    const label = labels[placeOf(folder)];
    if (label !== undefined) return label;
  }
  return labelInFileName(pathOf(name), labels);
}

const maxNamed = 5;

/** A line about sub-folders that are no classes of the network, or nothing. */
export function unknownFoldersNotice(
  pictures: readonly NamedPicture[],
  truths: readonly (string | undefined)[],
  weights: string,
): string | undefined {
  const unknown = pictures.flatMap(({ subFolder }, index) =>
    subFolder !== undefined && truths[index] === undefined ? [subFolder] : [],
  );
  const names = [...new Set(unknown)];
  if (names.length === 0) return undefined;
  const shown = names.slice(0, maxNamed).map(shownName).join(', ') + (names.length > maxNamed ? ', ...' : '');
  const are = names.length === 1 ? 'is no class' : 'are no classes';
  return `${shown}: ${are} of ${weights}, so what ${counted(unknown.length, 'picture')} in there ${unknown.length === 1 ? 'shows' : 'show'} is not known.`;
}
