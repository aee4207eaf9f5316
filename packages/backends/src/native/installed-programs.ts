import fs from 'node:fs';
import type { Flavour } from './flavour.ts';
import { findNative } from './load-native.ts';

/** The addons and libraries of a flavour, and when they came there: another one in the same place is another program. */
export function installedPrograms(flavour: Flavour): string {
  const files = findNative(flavour).flatMap((found) => [
    found.addon,
    ...(found.kind === 'private' ? [found.libtensorflow] : []),
  ]);
  const written = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.mtime.toISOString() ?? 'gone';
  return files.map((file) => `${file} of ${written(file)}`).join(', ');
}
