import { ZooError } from '@zoo/core';
import { inferShapes, type ModelSpec } from '@zoo/spec';
import type { StatedLayer, TensorFile } from '@zoo/tensor-files';
import type { Match } from '../mapping/mapping.ts';
import { specKey } from '../model-metadata.ts';
import { called, words } from './compare.ts';
import { partsOfSpec, partsOfStated, type Step } from './steps.ts';

/** What makes probabilities of logits, or says which is the largest: the model gives the logits before it. */
const ofClasses: readonly string[] = ['softmax', 'log softmax', 'logsoftmax', 'argmax', 'top k', 'unsaid'];

/** What a file computes behind the layer that becomes the model's last. */
interface Behind {
  last: StatedLayer;
  steps: readonly Step<StatedLayer>[];
  /** A layer with weights that takes its outputs. */
  next?: StatedLayer;
}

/** The file's layer of the model's last weights, and what comes behind it; nothing where the file does not say it, or the head begins anew. */
function behindLast(spec: ModelSpec, { network, metadata, tensors }: TensorFile, match: Match): Behind | undefined {
  if (!network || specKey in metadata) return undefined;
  const ours = partsOfSpec(inferShapes(spec).layers).products;
  const { path: head, input = [] } = ours.at(-1) ?? {};
  const weight = match.pairs.find(({ weight: { layer, role } }) => layer.path === head && role === 'weight')?.tensor;
  if (!weight) return undefined;
  const { products, between } = partsOfStated(network.layers);
  const named = products.findIndex((layer) => layer.tensors?.weight === weight.name);
  const place = named === -1 && products.length === ours.length ? products.length - 1 : named;
  const [last, next] = [products[place], products[place + 1]];
  if (!last) return undefined;
  // Another head beside this one takes what this one takes, and not its outputs.
  const sizes = tensors.get(next?.tensors?.weight ?? '')?.shape;
  const own = input.at(-1) ?? 0;
  const follows = next && (!sizes || (sizes.includes(spec.classes) && (own === spec.classes || !sizes.includes(own))));
  return { last, steps: between[place + 1] ?? [], ...(follows && { next }) };
}

/** What is said of a sigmoid: a model gives logits either way. */
const noteOfSigmoid = ({ layer }: Step<StatedLayer>): string =>
  `ends in a sigmoid (${called(layer)}): each of its classes is a question of its own, and may be right beside others. The model gives the logits in front of it: shares by softmax are not what the file computes, 1 / (1 + exp(-logit)) is`;

/**
 * What to know of a file's outputs. A softmax at its end, or a choice of the largest, changes nothing about the logits.
 *
 * @throws ZooError `weights` where something else comes behind the model's last layer: an activation, a scale, another layer.
 */
export function requireOutputs(
  spec: ModelSpec,
  file: TensorFile,
  match: Match,
  computation: 'check' | 'ignore',
): string[] {
  const behind = behindLast(spec, file, match);
  if (!behind) return [];
  const { last, next } = behind;
  const sigmoids = behind.steps.filter(({ kind }) => kind === 'sigmoid');
  const theirs = behind.steps.filter(({ kind }) => !ofClasses.includes(kind) && kind !== 'sigmoid');
  const ours = partsOfSpec(inferShapes(spec).layers).between.at(-1) ?? [];
  const strange = ours.some(({ kind }) => kind === 'other')
    ? undefined
    : (next ?? (words(theirs) === words(ours) ? undefined : theirs[0]?.layer));
  if (strange && computation === 'check')
    throw new ZooError(
      'weights',
      `${file.name}: behind ${called(last)} the file has ${called(strange)}, but ${spec.family}/${spec.preset} ends with ${words(ours) === 'nothing' ? 'its logits' : words(ours)}, so that its outputs would be others. Choose the preset that computes as the file says, or load with computation: 'ignore' to take the outputs in front of it.`,
    );
  return sigmoids.slice(0, 1).map(noteOfSigmoid);
}
