import type { StatedNetwork } from '@zoo/tensor-files';
import type { Tensors } from './derived.ts';

/** The tensors of layers that a file states, in the order of its network, and the rest behind them: HDF5 keeps them by their names. */
export function inNetworkOrder(tensors: Tensors, network: StatedNetwork | undefined): Tensors {
  const names = (network?.layers ?? []).flatMap(({ tensors: own = {} }) => [
    own.weight,
    own.bias,
    own.running_mean,
    own.running_var,
  ]);
  const known = names.flatMap((name) => {
    const tensor = name === undefined ? undefined : tensors.get(name);
    return tensor ? [[tensor.name, tensor] as const] : [];
  });
  return known.length === 0 ? tensors : new Map([...known, ...tensors]);
}
