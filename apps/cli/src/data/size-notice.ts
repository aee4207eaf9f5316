import type { Dataset } from '@zoo/loaders';
import type { ModelSpec } from '@zoo/spec';
import { presetName } from '../families.ts';

/** A line about pictures that do not have the network's size, or undefined. */
export async function sizeNotice(source: string, dataset: Dataset, spec: ModelSpec): Promise<string | undefined> {
  const { height, width } = await dataset.example(0);
  const [toHeight, toWidth] = spec.input;
  const { padding = 0 } = spec.preprocessing;
  const [rows, columns] = [toHeight - 2 * padding, toWidth - 2 * padding];
  const side = spec.preprocessing.resizeShorterSide;
  if (height === toHeight && width === toWidth && side === undefined) return undefined;
  const how =
    side === undefined
      ? `each is ${height === rows && width === columns ? 'left as it is' : `scaled to ${rows} x ${columns}`}${padding === 0 ? '' : `, with ${padding} black pixels on each side`}`
      : `the shorter side of each is scaled to ${side}, and the middle ${toHeight} x ${toWidth} is cropped`;
  return `${source}: the first picture is ${height} x ${width}; ${how}, as ${presetName(spec)} wants it.`;
}
