import type { Layer } from './layer.ts';
import type { Shape } from './model-spec.ts';

/** What a tensor is to its layer, by PyTorch's names. */
export type WeightRole = 'weight' | 'bias' | 'running_mean' | 'running_var';

/** One tensor of a layer, in the layout of PyTorch's checkpoints: `[out, in / groups, kH, kW]`, `[connections, kH, kW]`, `[out, in]`, `[channels]`. */
export interface LayerWeight {
  role: WeightRole;
  shape: readonly number[];
  /** False for statistics, which are kept, but not learned. */
  trainable: boolean;
}

/** The tensors a layer keeps, given its input and output shapes. */
export function layerWeights(layer: Layer, input: Shape, output: Shape): LayerWeight[] {
  const channels = output.at(-1) ?? 0;
  const learned = (role: WeightRole, ...shape: number[]): LayerWeight => ({ role, shape, trainable: true });
  const statistic = (role: WeightRole): LayerWeight => ({ role, shape: [channels], trainable: false });
  switch (layer.kind) {
    case 'conv': {
      const { kernel, connections } = layer;
      if (connections) return [learned('weight', connections.flat().length, kernel, kernel), learned('bias', channels)];
      const inputChannels = (input.at(-1) ?? 0) / layer.groups;
      return [learned('weight', channels, inputChannels, kernel, kernel), learned('bias', channels)];
    }
    case 'dense':
      return [learned('weight', channels, input[0]), learned('bias', channels)];
    case 'subsample':
      return [learned('weight', channels), learned('bias', channels)];
    case 'batchNorm':
      return [
        learned('weight', channels),
        learned('bias', channels),
        statistic('running_mean'),
        statistic('running_var'),
      ];
    default:
      return [];
  }
}
