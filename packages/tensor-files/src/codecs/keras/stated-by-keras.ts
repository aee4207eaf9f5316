import type { Meter } from '../../meter.ts';
import type { StatedNetwork } from '../../stated-network.ts';

/** What Keras's configuration says of a network. Its reader is loaded where there is a configuration to read. */
export const statedByKeras = async (
  config: unknown,
  names: readonly string[],
  meter: Meter,
): Promise<StatedNetwork | undefined> => (await import('./keras-network.ts')).kerasNetwork(config, names, meter);
