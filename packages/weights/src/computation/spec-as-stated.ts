import { inferShapes, type ModelSpec, type Node } from '@zoo/spec';
import type { TensorFile } from '@zoo/tensor-files';
import { specKey } from '../model-metadata.ts';
import { type Comparison, compareNetworks } from './compare.ts';
import { hasStatistics, statedPreprocessing } from './pictures.ts';

/** What a preset and a file's network differ in; nothing where the file says nothing, or brings a spec of its own. */
export function compareWithFile(
  spec: ModelSpec,
  { network, metadata }: Pick<TensorFile, 'network' | 'metadata'>,
): Comparison | undefined {
  if (!network || network.layers.length === 0 || specKey in metadata) return undefined;
  return compareNetworks(inferShapes(spec).layers, network, `${spec.family}/${spec.preset}`);
}

/**
 * A preset as a file says that its tensors are computed with, for a model to be built before the file fills it: parameters of local response
 * normalisation and of batch normalisation, and what is done to pictures. A caffemodel says the first and the last, a model of Keras or
 * tf.layers the second, and the last where it begins with Rescaling, an ONNX graph the first two; a checkpoint
 * whose tensors are named `mean` and `std` says the last. Where a file says nothing, the preset
 * is unchanged. A contradiction that no parameters of the preset can resolve is left for `fillModel` to refuse.
 *
 * @example
 * const file = await openTensors('bvlc_alexnet.caffemodel');
 * const model = buildModel(specAsStated(presets.paper, file));
 * await fillModel(model, file);
 */
export function specAsStated(spec: ModelSpec, file: Pick<TensorFile, 'network' | 'metadata'>): ModelSpec {
  if (file.network && hasStatistics(file)) return { ...spec, preprocessing: statedPreprocessing(file.network, spec) };
  const comparison = compareWithFile(spec, file);
  if (!comparison || !file.network) return spec;
  const { changes } = comparison;
  const paths = inferShapes(spec).layers.map(({ path }) => path);
  let place = 0;
  const changed = (node: Node): Node => {
    if (node.kind === 'block') return { ...node, layers: node.layers.map(changed) };
    const path = paths[place++] ?? '';
    return changes.get(path) ?? node;
  };
  return {
    ...spec,
    preprocessing: statedPreprocessing(file.network, spec),
    layers: changes.size === 0 ? spec.layers : spec.layers.map(changed),
  };
}
