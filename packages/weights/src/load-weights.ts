import type * as tfl from '@tensorflow/tfjs-layers';
import { ZooError } from '@zoo/core';
import { specOf } from '@zoo/layers/model';
import type { OpenOptions, TensorFile, TensorSource } from '@zoo/tensor-files';
import { openTensors } from '@zoo/tensor-files';
import { requireOutputs } from './computation/outputs.ts';
import { pictureNotes, seesBgr } from './computation/pictures.ts';
import { requireComputation } from './computation/require-computation.ts';
import { compareWithFile } from './computation/spec-as-stated.ts';
import { chooseDictionary } from './mapping/choose-dictionary.ts';
import { fillVariables } from './mapping/fill-variables.ts';
import { arrangement } from './mapping/layout-step.ts';
import type { ArrangedPair, MappedTensor, MappingRule } from './mapping/mapping.ts';
import { matchFile, unusedIn } from './mapping/match-file.ts';
import type { Mismatched } from './mapping/partial-match.ts';
import { leftOverNotes, requireAllUsed } from './mapping/require-all-used.ts';
import { type LaidOutWeight, laidOutWeights } from './model-tensors.ts';

/** Options of loading a file's tensors into a model. */
export interface FillOptions {
  /**
   * `keep` takes the last layer from the file too, `new` leaves it as the model was built, for other classes, and `fit` takes it
   * where the file has one for as many classes. Default: `keep`.
   */
  head?: 'keep' | 'new' | 'fit';
  /**
   * Turns the first layer's filters round, for a Caffe checkpoint in a network whose pictures are RGB. Default: where a caffemodel says
   * that it is one, for ImageNet's pictures.
   */
  bgrToRgb?: boolean;
  /**
   * Whether the file has to have every weight, in its shape. With `false` layers that it does not have, or has in another shape, stay
   * as the model was built; the report says which. A file that fits no layer is an error either way. Default: true.
   */
  strict?: boolean;
  /**
   * `check` refuses a file whose layers compute otherwise than the model's (strides, padding, activations, pools, normalisation), as far
   * as it says so, or that has tensors of theirs which the model has no place for (low-rank updates, masks); `ignore` takes its numbers all the same. Default: `check`.
   */
  computation?: 'check' | 'ignore';
}

/** How a file's tensors were loaded. */
export interface LoadReport {
  /** Names of the weights that were loaded, in the order of the spec. */
  loaded: string[];
  /** Names of tensors in the file that no weight was loaded from: torch's `unexpected_keys`, and those of a head that begins anew. */
  unused: string[];
  /** Names of the weights that stayed as the model was built: of a new head, and without `strict` also those missing or mismatched. */
  kept: string[];
  /** Names of the weights that the file does not have: torch's `missing_keys`. None where it has to have all. */
  missing: string[];
  /** Weights whose tensors in the file have another shape; none where it has to have all. */
  mismatched: Mismatched[];
  /** The tensor of each weight, and its conversions. See `mappingTable`. */
  mapping: MappedTensor[];
  /** How the tensors were matched. `structure` is a guess: check the table. */
  rule: MappingRule;
  /** Whether the match is certain, by names, or guessed from order and shapes. */
  certainty: 'names' | 'structure';
  /** Notes about the file: skipped objects, which of several networks was taken. Sentences without the file's name and a full stop. */
  notes: string[];
}

function firstFilters(weights: readonly LaidOutWeight[], name: string): LaidOutWeight {
  const first = weights.find(({ layer: { layer }, role }) => layer.kind === 'conv' && role === 'weight');
  if (first?.shape[1] === 3) return first;
  throw new ZooError(
    'usage',
    `${name}: bgrToRgb needs a network that begins with a convolution of 3 channels, not of ${first?.shape[1] ?? 0}. Leave it out.`,
  );
}

/** Fills a model from an open file. Every name and shape is checked before the first variable changes. */
export async function fillModel(
  model: tfl.LayersModel,
  file: TensorFile,
  { head = 'keep', bgrToRgb, strict = true, computation = 'check' }: FillOptions = {},
): Promise<LoadReport> {
  const spec = specOf(model);
  const stated = computation === 'check' ? requireComputation(spec, file) : compareWithFile(spec, file);
  const weights = laidOutWeights(model);
  const { whole, match, mismatched, missing, notes } = matchFile(file, weights, { head, strict });
  if (computation === 'check') requireAllUsed(spec, whole, match, strict);
  const ofOutputs = requireOutputs(spec, file, match, computation);
  const { rule, family } = match;
  const pairs = match.pairs.flatMap(({ weight: { name }, tensor }) => {
    const weight = weights.find((one) => one.name === name);
    return weight ? [{ weight, tensor }] : [];
  });
  const turns = bgrToRgb ?? (seesBgr(file.network, spec) && spec.preprocessing.channels === 'rgb');
  const swapped = turns ? firstFilters(weights, `${spec.family}/${spec.preset}`) : undefined;
  const way = (weight: LaidOutWeight) => ({
    family,
    swapChannels: weight.name === swapped?.name,
    flattened: stated?.flattened,
  });
  const arranged = pairs.map((pair): ArrangedPair => {
    const { weight, tensor } = pair;
    return { ...pair, ...arrangement(tensor.shape, weight, way(weight)) };
  });
  await fillVariables(arranged, file.name);
  return {
    loaded: pairs.map(({ weight }) => weight.name),
    unused: unusedIn({ whole, match }),
    kept: weights.filter((weight) => !pairs.some((pair) => pair.weight === weight)).map(({ name }) => name),
    missing: [...missing],
    mismatched: [...mismatched],
    mapping: arranged.map(({ weight: { name }, tensor, steps }) => {
      const made = whole.derived.get(tensor);
      return { name, from: tensor.name, shape: tensor.shape, steps: made ? [made, ...steps] : steps };
    }),
    rule,
    certainty: rule === 'structure' ? 'structure' : 'names',
    notes: [...(file.notes ?? []), ...notes, ...leftOverNotes(whole, match), ...pictureNotes(file), ...ofOutputs],
  };
}

/** Options of `loadWeights`: how the source is opened, and how its tensors become weights. */
export interface LoadOptions extends FillOptions, OpenOptions {
  /**
   * Which of several networks of the file: where it or its parts lie (`state_dict_ema`), or what the names of its tensors begin with (`ema_model`).
   * Default: the one under a usual key (`state_dict`, `model`), else the only one that fits.
   */
  key?: string;
}

/**
 * Loads a checkpoint into a model that was built by the zoo. Tensors are found by the names of the PyTorch original
 * (`features.0.weight`, with or without `module.` or `state_dict.` in front), of the Caffe original (`conv1.weight`) or of
 * tf.layers and Keras (`features.0/kernel`), and where no names fit, by order and shape, if only one match is possible.
 *
 * @throws ZooError `weights` when a tensor is missing, has another shape or could be several (the model is then unchanged),
 *   `corrupt-file`, `not-found` or `network` when the file cannot be read, `not-finite` for NaN or infinity in a weight. If that shows
 *   only while elements are read, the model holds a mixture until another file is loaded.
 */
export async function loadWeights(
  model: tfl.LayersModel,
  source: TensorSource,
  options: LoadOptions = {},
): Promise<LoadReport> {
  // A mistake that shows before anything is fetched.
  specOf(model);
  const file = await openTensors(source, options);
  try {
    const { key } = options;
    return await fillModel(model, key === undefined ? file : chooseDictionary(file, key), options);
  } finally {
    await file.close();
  }
}
