import type { Meter } from '../../meter.ts';
import type { StatedNetwork } from '../../stated-network.ts';
import type { StoredTensor } from '../../tensor.ts';
import type { AdaptedStatistics } from './rescaling.ts';

type Tensors = ReadonlyMap<string, StoredTensor>;

/** Where a layer Normalization keeps what it adapted to: `normalization/mean:0`, and in Keras 3 `layers/normalization/vars/0`. */
const meanName = /\/(?:mean(?::0)?|(?<=normalization(?:_\d+)?\/vars\/)0)$/;
const varianceName = (mean: string): string => mean.replace(/mean(?=(?::0)?$)/, 'variance').replace(/\/0$/, '/1');
/** The number of pictures that it saw. */
const countName = (mean: string): string => mean.replace(/mean(?=(?::0)?$)/, 'count').replace(/\/0$/, '/2');

/** A model normalises its pictures once: more of them are passed over. */
const mostStatistics = 8;

const isOfChannels = (tensor: StoredTensor | undefined): tensor is StoredTensor =>
  tensor !== undefined && !tensor.unreadable && tensor.shape.length === 1 && (tensor.shape[0] ?? 0) <= 4;

/** Mean and variance of pictures' channels by the folder of their names: a model keeps them among its weights. */
async function adaptedStatistics(tensors: Tensors): Promise<Map<string, AdaptedStatistics>> {
  const found = new Map<string, AdaptedStatistics>();
  for (const [name, mean] of tensors) {
    if (found.size === mostStatistics || !meanName.test(name)) continue;
    const variance = tensors.get(varianceName(name));
    if (isOfChannels(mean) && isOfChannels(variance))
      found.set(name.replace(/[^/]*$/, ''), {
        mean: [...(await mean.read())],
        variance: [...(await variance.read())],
        tensors: [name, varianceName(name), countName(name)].filter((one) => tensors.has(one)),
      });
  }
  return found;
}

/** What Keras's configuration says of a network. Its reader is loaded where there is a configuration to read. */
export async function statedByKeras(
  config: unknown,
  tensors: Tensors,
  meter: Meter,
): Promise<StatedNetwork | undefined> {
  if (config === undefined) return undefined;
  const { kerasNetwork } = await import('./keras-network.ts');
  return kerasNetwork(config, [...tensors.keys()], meter, await adaptedStatistics(tensors));
}
