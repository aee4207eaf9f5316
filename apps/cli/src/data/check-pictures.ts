import { ZooError } from '@zoo/core';
import { type DamagedExample, type Dataset, type FindDamagedOptions, findDamaged, without } from '@zoo/loaders';
import { listedBelow } from '../rendering/listed.ts';
import { counted, thousands } from '../rendering/quantities.ts';

/** How damaged pictures are handled. */
export interface CheckOptions extends FindDamagedOptions {
  /** Whether to go on without them. Default false. */
  skipDamaged?: boolean | undefined;
  onNotice?: ((line: string) => void) | undefined;
}

const lines = (damaged: readonly DamagedExample[]): string => listedBelow(damaged.map(({ error }) => error.message));

/** @throws ZooError `data` for a class that has lost all its pictures. */
function requireClasses(source: string, dataset: Dataset, rest: Dataset, damaged: readonly DamagedExample[]): void {
  const left = new Set(Array.from({ length: rest.length }, (_, index) => rest.labelOf(index)));
  const empty = damaged.map(({ index }) => dataset.labelOf(index)).find((label) => !left.has(label));
  if (empty !== undefined)
    throw new ZooError(
      'data',
      `${source}: no picture of ${dataset.classes[empty]} in ${dataset.name} can be read.\n${lines(damaged)}`,
    );
}

/**
 * Opens folders of pictures so that every picture can be decoded, found out before anything long begins. Every file is hashed at
 * the same time: the data sets that come back know their pictures' hashes.
 *
 * @param source For messages.
 * @param open Passes each folder's pictures through `check`, before some are held out: none of those is damaged either.
 * @throws ZooError `corrupt-file` that names damaged pictures; `data` where a class has no others.
 */
export async function openChecked<T>(
  source: string,
  { skipDamaged = false, onNotice, ...options }: CheckOptions,
  open: (check: (dataset: Dataset) => Promise<Dataset>) => Promise<T>,
): Promise<T> {
  const all: DamagedExample[] = [];
  let pictures = 0;
  const many = () => `${source}: ${thousands(all.length)} of ${counted(pictures, 'picture')} cannot be read`;
  const check = async (found: Dataset): Promise<Dataset> => {
    const hashes: string[] = [];
    const { hashOf } = found;
    const damaged = await findDamaged(found, {
      ...options,
      ...(hashOf && {
        onExample: async (index) => {
          hashes[index] = await hashOf(index);
        },
      }),
    });
    const dataset = hashOf ? { ...found, hashOf: async (index: number) => hashes[index] ?? '' } : found;
    pictures += dataset.length;
    if (damaged.length === 0) return dataset;
    all.push(...damaged);
    // If it will be an error, the damaged pictures stay in, so that all parts are checked first.
    if (!skipDamaged) return dataset;
    const rest = without(
      dataset,
      damaged.map(({ index }) => index),
    );
    requireClasses(source, dataset, rest, damaged);
    return rest;
  };
  const opened = await open(check);
  if (all.length > 0 && !skipDamaged)
    throw new ZooError(
      'corrupt-file',
      `${many()}. Replace them, or pass --skip-damaged to continue without them.\n${lines(all)}`,
    );
  if (all.length > 0) onNotice?.(`${many()}, and are left out:\n${lines(all)}`);
  return opened;
}
