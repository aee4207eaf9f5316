import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { deriveSeed, ZooError } from '@zoo/core';
import { inferShapes, isWeighted, type ModelSpec } from '@zoo/spec';
import { setLayerValues } from './initial-values.ts';
import { layerOf } from './layer-of.ts';
import { type ModelWeight, modelWeights } from './model-weights.ts';
import { registerLayers } from './register-layers.ts';
import { storeSpec } from './spec-of.ts';
import { variableMemory } from './variable-memory.ts';

function setInitialValuesOf({ layer, role, variable }: ModelWeight, spec: ModelSpec, seed: number): void {
  if (!isWeighted(layer.layer) || (role !== 'weight' && role !== 'bias')) return;
  const init = { ...spec.init, ...layer.layer.init };
  const { elements: values, commit: changed } = variableMemory(variable);
  setLayerValues(values(), layer, role, init[role], seed);
  changed();
}

/** A clearer error than tfjs-core's own, which only says that its registry is empty. */
function requireBackend(): void {
  if (tf.engine().backendNames().length === 0)
    throw new ZooError(
      'usage',
      'TensorFlow.js has no backend yet, and a model needs one. Await useBackend() of @zoo/backends first, or import one: @tensorflow/tfjs-backend-cpu.',
    );
}

/**
 * Builds the network a spec describes: input `[batch, height, width, channels]`, already preprocessed; logits out.
 * Its layers are named by their paths in the spec (`features.0`), and it keeps the spec (`specOf`), also when saved.
 *
 * @param options.seed Decides the initial values and the dropout masks. Default: 0.
 * @param options.initialize Whether weights and biases get initial values. `false` leaves them 0, for a model that is filled from a file:
 *   those of AlexNet take half a second to two seconds. Default: true.
 * @throws ZooError `spec` when layers do not fit together, `usage` before there is a backend of tfjs.
 */
export function buildModel(
  spec: ModelSpec,
  { seed = 0, initialize = true }: { seed?: number; initialize?: boolean } = {},
): tfl.LayersModel {
  requireBackend();
  registerLayers();
  const input = tfl.input({ shape: [...spec.input], name: 'input' });
  let logits = input;
  for (const [position, layer] of inferShapes(spec).layers.entries()) {
    const next = layerOf(layer, seed, position).apply(logits);
    if (Array.isArray(next) || next instanceof tf.Tensor)
      throw new Error(`${layer.path} must give one symbolic tensor`);
    logits = next;
  }
  const model = tfl.model({ inputs: input, outputs: logits, name: `${spec.family}-${spec.preset}` });
  storeSpec(model, spec);
  if (initialize)
    for (const [position, weight] of modelWeights(model).entries())
      setInitialValuesOf(weight, spec, deriveSeed(seed, position));
  return model;
}
