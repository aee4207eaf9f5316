import { ZooError } from '@zoo/core';
import { folderParts, folderShards } from '@zoo/loaders';
import type { DataSource } from './data-source.ts';
import { isWithin } from './is-within.ts';

/**
 * Finds what to train on, where `--val` named only what to test on: the training part of the folder, or all of it.
 *
 * @throws ZooError `usage` where the test pictures would be trained on.
 */
export async function withTrainingPart(source: DataSource, onNotice?: (line: string) => void): Promise<DataSource> {
  const { given, test } = source;
  if (test === undefined) return source;
  const told = onNotice && { onNotice };
  if (await folderShards(given, told)) return { ...source, parts: { training: given, test } };
  const { training } = await folderParts(given, told);
  if (isWithin(training, test))
    throw new ZooError(
      'usage',
      `--val ${test}: lies in ${training}, all of which is trained on. Pass --train too, with the folder to train on.`,
    );
  return { ...source, parts: { training, test } };
}
