import type { StatedLayer, StatedNetwork, StoredTensor } from '@zoo/tensor-files';
import type { Derived, Tensors } from './derived.ts';

/** A vector of one number. */
const filled = (name: string, length: number, value: number): StoredTensor => ({
  name,
  dtype: 'F32',
  shape: [length],
  read: async () => new Float32Array(length).fill(value),
});

/** Names of the vectors of a batch normalisation, whatever a file calls them: Keras 3 numbers those that there are. */
const normNames = { weight: 'gamma', bias: 'beta', running_mean: 'moving_mean', running_var: 'moving_variance' };

/** What stands in front of a weight's own name: `layers/batch_normalization` of `layers/batch_normalization/vars/0`. */
const folderOf = (name: string): string => name.replace(/(?:\/vars)?\/[^/]*$/, '');

/** A batch normalisation without a scale multiplies by 1, one without a centre adds 0. */
function wholeNorm(layer: Extract<StatedLayer, { kind: 'batchNorm' }>, tensors: Tensors): Derived[] {
  const of = (role: keyof typeof normNames) => tensors.get(layer.tensors?.[role] ?? '');
  const mean = of('running_mean');
  if (!mean || (layer.scale && layer.center)) return [];
  const folder = folderOf(mean.name);
  const made = (role: keyof typeof normNames, value: number): Derived => {
    const name = `${folder}/${normNames[role]}`;
    const stored = of(role);
    return stored
      ? { tensor: { ...stored, name }, parts: [stored.name] }
      : { tensor: filled(name, mean.shape[0] ?? 0, value), step: 'left out', parts: [mean.name] };
  };
  return [made('weight', 1), made('bias', 0), made('running_mean', 0), made('running_var', 1)];
}

/** What a bias is called beside its weight. */
const biasName = (weight: string): string =>
  weight
    .replace(/kernel((?::\d+)?)$/, 'bias$1')
    .replace(/weight$/, 'bias')
    .replace(/vars\/0$/, 'vars/1');

/** A layer that adds no bias adds 0. */
function zeroBias(layer: StatedLayer, tensors: Tensors): Derived[] {
  const weight = tensors.get(layer.tensors?.weight ?? '');
  const name = biasName(weight?.name ?? '');
  if (!weight || name === weight.name || tensors.has(name)) return [];
  const isTensorflow = /(?:kernel(?::\d+)?|vars\/0)$/.test(weight.name);
  const outputs = weight.shape.at(isTensorflow ? -1 : 0) ?? 0;
  return [
    { tensor: weight, parts: [weight.name] },
    { tensor: filled(name, outputs, 0), step: 'left out', parts: [weight.name] },
  ];
}

/** Biases, and scales and centres of batch normalisation, that a file's layers say they have not: zeros and ones, which change nothing. */
export const leftOut = (tensors: Tensors, network: StatedNetwork | undefined): Derived[] =>
  (network?.layers ?? []).flatMap((layer) => {
    if (layer.kind === 'batchNorm') return wholeNorm(layer, tensors);
    return (layer.kind === 'conv' || layer.kind === 'dense') && layer.bias === false ? zeroBias(layer, tensors) : [];
  });
