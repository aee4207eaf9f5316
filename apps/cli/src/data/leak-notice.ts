import { listed } from '../rendering/listed.ts';
import { counted } from '../rendering/quantities.ts';
import type { RunPicture } from '../run/run-pictures.ts';

const maxShown = 5;

/** A line about test pictures whose files are copies of training pictures: the network has seen them, whatever they are called. */
export function leakNotice(source: string, pictures: readonly RunPicture[]): string | undefined {
  const trained = new Map(
    pictures.flatMap(({ part, name, sha256 }) => (part === 'training' && sha256 !== undefined ? [[sha256, name]] : [])),
  );
  const copies = pictures.flatMap(({ part, name, sha256 = '' }) => {
    const original = trained.get(sha256);
    return part === 'test' && original !== undefined ? `${name} of ${original}` : [];
  });
  if (copies.length === 0) return undefined;
  return `${source}: ${counted(copies.length, 'test picture is a copy', 'test pictures are copies')} of a training picture, so the result looks better than it is (${listed(copies, maxShown)}). Keep one of each.`;
}
