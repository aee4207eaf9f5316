import { ZooError } from '@zoo/core';
import { inferShapes, type ModelSpec } from '@zoo/spec';
import type { StoredTensor, TensorFile } from '@zoo/tensor-files';
import { whyNotApplied } from '../derived/low-rank.ts';
import { isBookkeeping } from './by-name.ts';
import type { Match } from './mapping.ts';

/** What stands beside a weight and changes nothing of what its layer computes: of an optimiser, an average, or how its outputs are rounded. */
const harmless =
  /(?:scale|zero_point|amax|SCB|(?:min|max)_val|(?:^|[._/])eps|fake_quant\w*|activation_post_process.*|observer.*|grad|ema|exp_avg\w*|momentum\w*|adam\w*|rmsprop\w*|adagrad|ftrl\w*|ExponentialMovingAverage)(?:[._/]\w+)?(?::\d+)?$/i;

/** What is taken from or added to whole numbers before they are scaled, as some scripts call it. */
const ofWhole = /[._/](?:zeros?|zp|offsets?|shifts?|mins?)$/i;

const changesNumbers = ({ name, dtype }: StoredTensor): boolean =>
  (dtype.startsWith('F') || dtype === 'BF16' || dtype === 'BOOL' || ofWhole.test(name)) &&
  !isBookkeeping(name) &&
  !harmless.test(name);

/** Adapters stand beside the layer that they change, or around it. */
const adapter = /(?:^|[._/])(?:lora|lokr|hada)_\w+/i;

/** Where layers lie in the file whose weights are taken, and where those lie that have none. */
function layersIn(spec: ModelSpec, { pairs, rule }: Match): { taken: string[]; empty: string[] } {
  const taken = new Set(pairs.flatMap(({ tensor: { name } }) => /^(.*[./])[^./]*$/.exec(name)?.[1] ?? []));
  const first = pairs.find(({ weight, tensor }) => tensor.name.endsWith(weight.name));
  if (rule !== 'spec' || !first) return { taken: [...taken], empty: [] };
  const prefix = first.tensor.name.slice(0, -first.weight.name.length);
  const weighted = new Set(pairs.map(({ weight: { layer } }) => layer.path));
  const none = inferShapes(spec).layers.filter(
    ({ layer: { kind }, path }) => !['conv', 'dense', 'batchNorm', 'subsample'].includes(kind) && !weighted.has(path),
  );
  return { taken: [...taken], empty: none.map(({ path }) => `${prefix}${path}.`) };
}

/**
 * Refuses a file that has more of a layer than the model takes: low-rank updates, masks, a PReLU slope where the model has a plain ReLU.
 *
 * @throws ZooError `weights` naming the tensor.
 */
export function requireAllUsed(spec: ModelSpec, whole: TensorFile, match: Match): void {
  const { name: file, tensors } = whole;
  const used = new Set(match.pairs.map(({ tensor }) => tensor.name));
  const { taken, empty } = layersIn(spec, match);
  const way = "Merge it into the weights where they were written, or load with computation: 'ignore' to leave it out.";
  for (const stored of tensors.values()) {
    const { name } = stored;
    if (used.has(name) || !changesNumbers(stored)) continue;
    if (adapter.test(name))
      throw new ZooError(
        'weights',
        `${file}: ${name} is a low-rank update that is not applied: ${whyNotApplied(whole, name)}. Merge it into the weights where they were written (merge_and_unload() in peft), write lora_alpha into the file's metadata, or load with computation: 'ignore' to leave it out.`,
      );
    if (taken.some((layer) => name.startsWith(layer)))
      throw new ZooError(
        'weights',
        `${file}: ${name} belongs to a layer whose weights are taken, but ${spec.family}/${spec.preset} has no place for it, so that the layer would compute otherwise. ${way}`,
      );
    const layer = empty.find((one) => name.startsWith(one));
    if (layer !== undefined)
      throw new ZooError(
        'weights',
        `${file}: ${name} is a weight of ${layer.slice(0, -1)}, which has none in ${spec.family}/${spec.preset}. Choose the preset that the file was written with, or load with computation: 'ignore' to leave it out.`,
      );
  }
}
