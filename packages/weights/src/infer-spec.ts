import { isZooError, ZooError } from '@zoo/core';
import { configure, type Family, inferWidth, type ModelSpec, type SpecOptions } from '@zoo/spec';
import { elements, type StoredTensor, type TensorFile } from '@zoo/tensor-files';
import { requireLayers } from './computation/require-computation.ts';
import { compareWithFile } from './computation/spec-as-stated.ts';
import { type WholeWeights, withDerived } from './derived/with-derived.ts';
import { isBookkeeping, namingRules } from './mapping/by-name.ts';
import { byNumber, matchByStructure } from './mapping/by-structure.ts';
import { chooseJoined } from './mapping/choose-joined.ts';
import { pairsOf } from './mapping/find-match.ts';
import { joinedDictionaries } from './mapping/joined.ts';
import type { LayoutFamily } from './mapping/layout-step.ts';
import { fits } from './mapping/layout-step.ts';
import type { MappingRule, Match, Pair } from './mapping/mapping.ts';
import { requireOne } from './mapping/match-file.ts';
import { dispensable } from './mapping/missing-biases.ts';
import { prefixedNames } from './mapping/moved-names.ts';
import { isMatrix, weightsOfSpec } from './model-tensors.ts';

/** A network that a file's tensors fit. */
export interface InferredSpec {
  /** `alexnet/torchvision`. */
  preset: string;
  /** Where it differs from the preset. */
  options: Pick<SpecOptions, 'classes' | 'inChannels' | 'width'>;
  spec: ModelSpec;
  /** How the tensors' places were found. `structure` is a guess. */
  rule: MappingRule;
  /** How many tensors of the file it has no place for. */
  unused: number;
}

/** A stored shape without the axes of 1 in front of it that Caffe's first format adds. */
const trimmed = (shape: readonly number[], rank: number): readonly number[] =>
  shape.slice(Math.max(0, shape.length - rank));

/** Filters or units, and input channels or inputs, of a stored weight. */
function sizesOf({ tensor, weight }: Pair, family: LayoutFamily): { out: number; in: number } {
  const shape = trimmed(tensor.shape, weight.shape.length);
  const outFirst = family === 'torch' || (family === 'zoo' && shape.length === 2);
  const [out = 0, inputs = 0] = outFirst ? shape : [shape.at(-1), shape.at(-2)];
  return { out, in: inputs };
}

/** The preset with the widths, channels and classes that stored weights have; undefined where no options give all of them. */
function configured(
  preset: ModelSpec,
  pairs: readonly Pair[],
  family: LayoutFamily,
): Omit<InferredSpec, 'rule' | 'unused'> | undefined {
  const matrices = pairs.filter(({ weight }) => weight.role === 'weight' && isMatrix(weight));
  // A table of connections is kept connection by connection, whatever its filters.
  const whole = matrices.filter(
    ({
      weight: {
        layer: { layer },
      },
    }) => layer.kind !== 'conv' || !layer.connections,
  );
  const outputs = new Map(whole.map((pair) => [pair.weight.layer.path, sizesOf(pair, family).out]));
  const width = inferWidth(preset, outputs);
  if (width === undefined) return undefined;
  const options: InferredSpec['options'] = width === 1 ? {} : { width };
  const [first] = matrices;
  for (const pair of matrices) {
    const { layer } = pair.weight.layer;
    const sizes = sizesOf(pair, family);
    if (pair === first && layer.kind === 'conv' && !layer.connections) {
      const inChannels = sizes.in * layer.groups;
      if (inChannels !== preset.input[2]) options.inChannels = inChannels;
    }
    if (layer.kind === 'dense' && layer.units === 'classes' && sizes.out !== preset.classes)
      options.classes = sizes.out;
  }
  try {
    return { preset: `${preset.family}/${preset.preset}`, options, spec: configure(preset, options) };
  } catch (error) {
    // Sizes that no network of this preset has.
    if (isZooError(error)) return undefined;
    throw error;
  }
}

/** How a preset fits by the names of its weights. */
function byNames(file: TensorFile, preset: ModelSpec): Omit<InferredSpec, 'unused'> | undefined {
  const all = weightsOfSpec(preset);
  const spare = new Set(dispensable(file, all).map(({ name }) => name));
  const weights = all.filter(({ name }) => !spare.has(name));
  for (const naming of [...namingRules, ...prefixedNames(file, weights)]) {
    const { rule, family } = naming;
    const pairs = pairsOf(file, weights, naming);
    if (!pairs) continue;
    const found = configured(preset, pairs, family);
    if (!found) continue;
    const fitting = pairsOf(
      file,
      weightsOfSpec(found.spec).filter(({ name }) => !spare.has(name)),
      naming,
    )?.every(({ weight, tensor }) => fits(tensor.shape, weight, family));
    if (fitting) return { ...found, rule };
  }
  return undefined;
}

/** How a preset fits by order and shape: its filters and matrices are those of the file, one by one. */
function byStructure(tensors: readonly StoredTensor[], preset: ModelSpec): Omit<InferredSpec, 'unused'> | undefined {
  const wanted = weightsOfSpec(preset).filter(isMatrix);
  if (tensors.filter(isMatrix).length !== wanted.length) return undefined;
  const orders = [tensors, byNumber(tensors)];
  for (const family of ['torch', 'tensorflow'] as const)
    for (const order of orders) {
      const stored = order.filter(isMatrix);
      const pairs = wanted.flatMap((weight, index): Pair[] => {
        const tensor = stored[index];
        return tensor ? [{ weight, tensor }] : [];
      });
      const found = configured(preset, pairs, family);
      if (!found) continue;
      const match: Match | { problem: string } = matchByStructure(weightsOfSpec(found.spec), tensors);
      if (!('problem' in match)) return { ...found, rule: 'structure' };
    }
  return undefined;
}

/** The candidates among the dictionaries of a file that leave fewest of its tensors over. */
function withFewestUnused(found: readonly InferredSpec[]): InferredSpec[] {
  const fewest = Math.min(...found.map(({ unused }) => unused));
  return found.filter(({ unused }) => unused === fewest);
}

/** Of several candidates those that compute what the file says of its layers: a caffemodel says their order. */
function agreeing(file: TensorFile, found: InferredSpec[]): InferredSpec[] {
  if (found.length < 2) return found;
  const agree = found.filter(({ spec }) => (compareWithFile(spec, file)?.contradictions ?? []).length === 0);
  return agree.length > 0 ? agree : found;
}

/**
 * The presets that a file's tensors fit, with the width, channels and classes that their shapes tell: by the names of the weights, and
 * where none fits so, by order and shape. What shapes do not tell are the input size, dropout, the order of layers without weights and
 * their parameters: presets that differ only there are all given. Nothing is read but the file's directory.
 *
 * @throws ZooError `weights` where several networks in the file fit, and their names do not tell which is meant, and for a file that none
 *   fits because it says its network otherwise than in layers, or has none: a graph model of TensorFlow.js, a mean image.
 */
export function inferSpecs(file: TensorFile, families: readonly Pick<Family, 'name' | 'presets'>[]): InferredSpec[] {
  const presets = families.flatMap((family) => Object.values(family.presets));
  const dictionaries = [file.tensors, ...(file.others ?? [])].map((tensors) => withDerived(file, tensors));
  const named = inOneDictionary(file, dictionaries, presets, byNames);
  if (named.length > 0) return named;
  const joined = presets.flatMap((preset) => inParts(file, dictionaries, preset));
  if (joined.length > 0) return agreeing(file, joined);
  const fitting = inOneDictionary(file, dictionaries, presets, (whole, preset) =>
    byStructure(weightsIn(whole), preset),
  );
  if (fitting.length === 0) requireLayers(file);
  return fitting;
}

/** The presets that the first dictionary fits which fits any. */
function inOneDictionary(
  file: TensorFile,
  dictionaries: readonly TensorFile[],
  presets: readonly ModelSpec[],
  find: (whole: TensorFile, preset: ModelSpec) => Omit<InferredSpec, 'unused'> | undefined,
): InferredSpec[] {
  const foundIn = (whole: TensorFile) =>
    presets.flatMap((preset): InferredSpec[] => {
      const one = find(whole, preset);
      return one ? [{ ...one, unused: weightsIn(whole).length - weightsOfSpec(one.spec).length }] : [];
    });
  for (const [index, whole] of dictionaries.entries()) {
    const found = foundIn(whole);
    if (found.length === 0) continue;
    const rivals = dictionaries.flatMap((other, at) => (at > index && foundIn(other).length > 0 ? [at] : []));
    requireOne(file, index, rivals);
    return agreeing(file, withFewestUnused(found));
  }
  return [];
}

/** How a preset fits dictionaries that are parts of one network. */
function inParts(file: TensorFile, dictionaries: readonly WholeWeights[], preset: ModelSpec): InferredSpec[] {
  const ways = joinedDictionaries(file, dictionaries, weightsOfSpec(preset)).flatMap((way) => {
    const found = byNames(way.whole, preset);
    return found ? [{ ...way, found }] : [];
  });
  const [first, ...others] = ways;
  return first ? [{ ...chooseJoined(file.name, [first, ...others]).way.found, unused: 0 }] : [];
}

const weightsIn = ({ tensors }: TensorFile): StoredTensor[] =>
  [...tensors.values()].filter(({ name, shape }) => shape.length > 0 && elements(shape) > 0 && !isBookkeeping(name));

/**
 * The network that a file's tensors are of: a preset with width, channels and classes, where exactly one fits.
 *
 * @throws ZooError `weights` where none fits, or several that differ in what shapes do not tell; it names them.
 */
export function inferSpec(file: TensorFile, families: readonly Pick<Family, 'name' | 'presets'>[]): InferredSpec {
  const found = inferSpecs(file, families);
  const [one, other] = found;
  if (one && !other) return one;
  if (one)
    throw new ZooError(
      'weights',
      `${file.name}: fits ${found.map(({ preset }) => preset).join(' and ')}, which differ only in what shapes do not tell: order, normalisation, dropout. Say which one it is.`,
    );
  throw new ZooError(
    'weights',
    `${file.name}: does not say what network it is for, and its ${file.tensors.size} tensors fit no preset. Say which network it is.`,
  );
}
