import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { inferShapes, type ShapedLayer, type Weight, type WeightRole } from '@zoo/spec';
import { specOf } from './spec-of.ts';

/** A tensor of a spec with the variable that holds it in a model. */
export interface ModelWeight extends Weight {
  /** The layer it belongs to. */
  layer: ShapedLayer;
  /** Filters as tfjs keeps them, `[kH, kW, in / groups, out]`; everything else, those of a table of connections too, as PyTorch does. */
  variable: tf.Variable;
  /** Its name in the tf.layers model: `features.0/kernel`. */
  variableName: string;
}

const variableNames: Record<ShapedLayer['layer']['kind'], Partial<Record<WeightRole, string>>> = {
  conv: { weight: 'kernel', bias: 'bias' },
  dense: { weight: 'kernel', bias: 'bias' },
  batchNorm: { weight: 'gamma', bias: 'beta', running_mean: 'moving_mean', running_var: 'moving_variance' },
  subsample: { weight: 'kernel', bias: 'bias' },
  relu: {},
  tanh: {},
  rbf: {},
  lrn: {},
  maxPool: {},
  avgPool: {},
  adaptiveAvgPool: {},
  dropout: {},
  flatten: {},
};

const nameOf = ({ path, layer }: ShapedLayer, role: WeightRole): string => `${path}/${variableNames[layer.kind][role]}`;

function variableOf(model: tfl.LayersModel, layer: ShapedLayer, role: WeightRole): tf.Variable {
  const name = nameOf(layer, role);
  const variable = model
    .getLayer(layer.path)
    .weights.find((weight) => weight.originalName === name)
    ?.read();
  if (variable instanceof tf.Variable) return variable;
  throw new ZooError('weights', `${name}: the model has no such variable. Build it with buildModel().`);
}

/** Every tensor of a model, named as the original's checkpoints name it, in the order of the spec. */
export function modelWeights(model: tfl.LayersModel): ModelWeight[] {
  return inferShapes(specOf(model)).layers.flatMap((layer) =>
    layer.weights.map((weight) => ({
      ...weight,
      layer,
      variable: variableOf(model, layer, weight.role),
      variableName: nameOf(layer, weight.role),
    })),
  );
}
