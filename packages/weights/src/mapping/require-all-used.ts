import { ZooError } from '@zoo/core';
import { inferShapes, type ModelSpec } from '@zoo/spec';
import { elements, type StoredTensor, type TensorFile } from '@zoo/tensor-files';
import { whyNotApplied } from '../derived/low-rank.ts';
import type { WholeWeights } from '../derived/with-derived.ts';
import { isBookkeeping } from './by-name.ts';
import { insideNetwork } from './inside-network.ts';
import type { Match } from './mapping.ts';
import { belongsToRounding, roundingNotes } from './rounding.ts';

/** What stands beside a weight and changes nothing of what its layer computes: of an optimiser, an average, a count of operations. */
const harmless =
  /(?:(?:^|[._/])eps|total_ops|total_params|grad|ema|exp_avg\w*|momentum\w*|adam\w*|rmsprop\w*|adagrad|ftrl\w*|ExponentialMovingAverage)(?:[._/]\w+)?(?::\d+)?$/i;

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

/** Tensors that are left over, and could change what the network computes. */
const leftOver = ({ tensors }: TensorFile, match: Match): StoredTensor[] => {
  const used = new Set(match.pairs.map(({ tensor }) => tensor.name));
  return [...tensors.values()].filter((stored) => !used.has(stored.name) && changesNumbers(stored));
};

/** Whether the weights of the layer that a tensor lies in are whole numbers, or are computed as the file says. */
function isQuantised({ network }: TensorFile, { pairs }: Match, name: string): boolean {
  if ((network?.layers.length ?? 0) > 0) return true;
  return pairs.some(({ tensor }) => {
    const layer = /^(.*[./])[^./]*$/.exec(tensor.name)?.[1];
    return tensor.quantised !== undefined && layer !== undefined && name.startsWith(layer);
  });
}

/** What to know of tensors that are left over, and are no reason to refuse the file. */
export function leftOverNotes(whole: WholeWeights, match: Match): string[] {
  const isRounded = match.pairs.some(({ tensor }) => whole.derived.get(tensor) === 'rounded as in training');
  const left = leftOver(whole, match);
  const scales = left.flatMap((stored) =>
    elements(stored.shape) === 1 &&
    ofLogits.test(stored.name) &&
    !belongsToRounding(stored, isQuantised(whole, match, stored.name))
      ? [stored.name]
      : [],
  );
  return [
    ...roundingNotes(left, isRounded),
    ...scales.map((name) => `has ${name}, by which its training may have scaled the logits: that is not done here`),
  ];
}

/** One number that stands beside a network: of calibrated or contrastive logits. */
const ofLogits = /(?:^|\.)(?:logit_?scale|temperature|scale)$/i;

/**
 * Refuses a file that has more of the network than the model takes: low-rank updates, masks, a PReLU slope where the model has a plain ReLU, a
 * block between two layers.
 *
 * @param strict As `FillOptions.strict`: without it, layers that the model has no place for are left out.
 * @throws ZooError `weights` naming the tensor.
 */
export function requireAllUsed(spec: ModelSpec, whole: TensorFile, match: Match, strict: boolean): void {
  const { name: file } = whole;
  const { taken, empty } = layersIn(spec, match);
  const preset = `${spec.family}/${spec.preset}`;
  const way = "Merge it into the weights where they were written, or load with computation: 'ignore' to leave it out.";
  const isInside = strict ? insideNetwork(whole, spec, match) : () => false;
  for (const stored of leftOver(whole, match)) {
    const { name } = stored;
    if (belongsToRounding(stored, isQuantised(whole, match, name))) continue;
    if (adapter.test(name))
      throw new ZooError(
        'weights',
        `${file}: ${name} is a low-rank update that is not applied: ${whyNotApplied(whole, name)}. Merge it into the weights where they were written (merge_and_unload() in peft), write lora_alpha into the file's metadata, or load with computation: 'ignore' to leave it out.`,
      );
    if (taken.some((layer) => name.startsWith(layer)))
      throw new ZooError(
        'weights',
        `${file}: ${name} belongs to a layer whose weights are taken, but ${preset} has no place for it, so that the layer would compute otherwise. ${way}`,
      );
    const layer = empty.find((one) => name.startsWith(one));
    if (layer !== undefined)
      throw new ZooError(
        'weights',
        `${file}: ${name} is a weight of ${layer.slice(0, -1)}, which has none in ${preset}. Choose the preset that the file was written with, or load with computation: 'ignore' to leave it out.`,
      );
    if (isInside(name))
      throw new ZooError(
        'weights',
        `${file}: ${name} is of a layer within the network that ${preset} does not have, so that it would compute otherwise. Choose the preset that the file was written with, or load with computation: 'ignore' to leave it out.`,
      );
  }
}
