import { type Dataset, imageFolder } from '@zoo/loaders';
import type { RunPicture } from '../run/run-pictures.ts';
import type { RunData } from '../run/run-record.ts';
import { openShards } from './open-shards.ts';

/** Whether a run's data are pictures of the user, which `pictures.jsonl` lists. */
export const hasPictures = ({ parts, shards }: RunData): boolean => parts !== undefined || shards !== undefined;

/** Whether the test part of a run was held out of the pictures that it trains on. */
export const isHeldOut = ({ parts, shards }: RunData): boolean => (parts ?? shards)?.test === undefined;

/** All pictures that now lie where a part of a run's data lay: of both, where some were held out. */
export async function openRecordedPart(
  { name, classes, parts, shards }: RunData,
  part: RunPicture['part'],
  { onNotice }: { onNotice: (line: string) => void },
): Promise<Dataset> {
  if (parts) return imageFolder(parts[part] ?? parts.training, { onNotice });
  if (shards) return openShards(shards[part] ?? shards.training, { name, classes, onNotice });
  throw new Error(`${name} is not of pictures of the user`);
}
