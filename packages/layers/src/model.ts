import type * as tfl from '@tensorflow/tfjs-layers';
import type { Dropout } from './dropout.ts';

// Functions on existing models. A page that uses only these needs neither the layers' classes nor tfjs-layers.
export { type ModelWeight, modelWeights } from './model-weights.ts';
export { specOf } from './spec-of.ts';
export { type VariableMemory, variableMemory } from './variable-memory.ts';

/** Whether a layer is this package's `Dropout`, of whichever copy of it. */
export const isDropout = (layer: tfl.layers.Layer): layer is Dropout => layer.getClassName() === 'ZooDropout';
