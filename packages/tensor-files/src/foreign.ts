import { ZooError } from '@zoo/core';
import type { NamedBytes } from './bytes.ts';
import { type ForeignKind, foreignKinds } from './foreign-kinds.ts';

/** Enough for the magic of a tar archive, which follows the name and sizes of its first file. */
const maxBytesRead = 512;

const refuse = ({ name }: NamedBytes, what: string, advice: string): never => {
  throw new ZooError('corrupt-file', `${name}: ${what}. ${advice}.`);
};

const isOf = ({ begins = [''], holdsNot, named }: ForeignKind, text: string, name: string): boolean =>
  (begins instanceof RegExp ? begins.test(text) : begins.some((mark) => text.startsWith(mark))) &&
  (named?.test(name) ?? true) &&
  (holdsNot === undefined || !text.slice(0, 24).includes(holdsNot));

/** The name without the query of an address. */
const plainName = (name: string): string => (name.split('?')[0] ?? name).toLowerCase();

/**
 * Identifies a file that no reader could parse: a failed download, or a file of another program, is named as such,
 * instead of as damaged.
 * @throws ZooError `corrupt-file` for what is no file of tensors in any format.
 */
export async function refuseForeign(source: NamedBytes): Promise<void> {
  if (source.size === 0) refuse(source, 'is empty (0 bytes)', 'Fetch or write the file anew');
  const text = new TextDecoder('latin1').decode(await source.read(0, Math.min(maxBytesRead, source.size)));
  const name = plainName(source.name);
  const kind = foreignKinds.find((one) => isOf(one, text, name));
  if (kind) refuse(source, kind.what(text), kind.advice);
  if (!text.startsWith('PK\x03\x04')) return;
  const archive = await (await import('./foreign-archives.ts')).foreignArchive(source);
  if (archive) refuse(source, archive.what, archive.advice);
}
