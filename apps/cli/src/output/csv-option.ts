import { ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import type { Terminal } from '../terminal.ts';
import { requireWritableFile } from './require-writable.ts';

/** Whether a table is to be printed: as with other programs, `-` is standard output. */
export const isPrinted = (csv: string | undefined): boolean => csv === '-';

/**
 * Finds out before anything long begins whether the table of `--csv` can be written.
 *
 * @throws ZooError `usage` where standard output is taken, otherwise as `requireWritableFile`.
 */
export async function requireCsv(csv: string | undefined, json: boolean): Promise<void> {
  if (isPrinted(csv) && json) throw new ZooError('usage', '--csv -: standard output is taken by --json. Name a file.');
  if (csv !== undefined && !isPrinted(csv)) await requireWritableFile(csv, '--csv');
}

/** Writes the table to its file, or prints it, in lines as those of a terminal end: it would show a carriage return as text. */
export async function writeCsv(csv: string, content: string, { print }: Terminal): Promise<void> {
  if (isPrinted(csv)) print(content.trimEnd().replaceAll('\r\n', '\n'));
  else await writeFileAtomically(csv, content);
}
