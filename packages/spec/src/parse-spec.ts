import {
  type Parse,
  parseArray,
  parseBoolean,
  parseEither,
  parseInteger,
  parseKind,
  parseLiteral,
  parseNumber,
  parseObject,
  parseString,
  ZooError,
} from '@zoo/core';
import { inferShapes } from './infer-shapes.ts';
import type {
  AdaptiveAvgPool,
  AvgPool,
  BatchNorm,
  Block,
  Conv,
  Dense,
  Dropout,
  Flatten,
  Init,
  Initializer,
  Lrn,
  MaxPool,
  Node,
  Rbf,
  Relu,
  Subsample,
  Tanh,
} from './layer.ts';
import { maxLayers, maxSize, sizeProblem } from './limits.ts';
import type { ModelSpec, Preprocessing } from './model-spec.ts';
import { parseAugment } from './parse-augment.ts';
import { parseMultipliers, refinementFields } from './parse-refinements.ts';
import type { Adam, AdamW, Optimizer, Recipe, Schedule, Sgd } from './recipe.ts';

// A file may be hostile: nothing in it may ask for more memory or stack than any network of this family.
const maxDepth = 16;
const size = parseInteger(1, maxSize);
const positive = parseNumber(0, 1e9);

const initializer: Parse<Initializer> = parseEither(
  parseNumber(),
  parseEither(
    parseLiteral('xavier-uniform', 'fan-in-uniform'),
    parseEither(
      parseObject<{ normal: number }>({ normal: positive }),
      parseObject<{ uniformOverFanIn: number }>({ uniformOverFanIn: positive }),
    ),
  ),
);
const named = { name: parseString, caffe: parseString };
const weighted = {
  ...named,
  init: parseObject<Partial<Init>>({}, { weight: initializer, bias: initializer }),
  multipliers: parseMultipliers,
};
const pool = { size, stride: size, padding: parseInteger(0, maxSize), ceil: parseBoolean };

const layers = {
  conv: parseObject<Conv>(
    {
      kind: parseLiteral('conv'),
      filters: size,
      kernel: size,
      stride: size,
      padding: parseInteger(0, maxSize),
      groups: size,
    },
    { ...weighted, connections: parseArray(parseArray(parseInteger(0, maxSize))) },
  ),
  dense: parseObject<Dense>(
    { kind: parseLiteral('dense'), units: parseEither(parseLiteral('classes'), size) },
    weighted,
  ),
  relu: parseObject<Relu>({ kind: parseLiteral('relu') }, named),
  tanh: parseObject<Tanh>({ kind: parseLiteral('tanh'), amplitude: positive, gain: positive }, named),
  subsample: parseObject<Subsample>({ kind: parseLiteral('subsample'), size }, weighted),
  rbf: parseObject<Rbf>({ kind: parseLiteral('rbf'), codes: parseArray(parseArray(parseNumber(-1e9, 1e9))) }, named),
  lrn: parseObject<Lrn>(
    {
      kind: parseLiteral('lrn'),
      size,
      alpha: positive,
      beta: positive,
      k: positive,
      convention: parseLiteral('tensorflow', 'caffe', 'pytorch'),
      region: parseLiteral('across-channels', 'within-channel'),
    },
    named,
  ),
  maxPool: parseObject<MaxPool>({ kind: parseLiteral('maxPool'), ...pool }, named),
  avgPool: parseObject<AvgPool>({ kind: parseLiteral('avgPool'), ...pool }, named),
  adaptiveAvgPool: parseObject<AdaptiveAvgPool>({ kind: parseLiteral('adaptiveAvgPool'), size }, named),
  batchNorm: parseObject<BatchNorm>(
    { kind: parseLiteral('batchNorm'), epsilon: positive, momentum: parseNumber(0, 1) },
    named,
  ),
  dropout: parseObject<Dropout>({ kind: parseLiteral('dropout'), rate: parseNumber(0, 1 - Number.EPSILON / 2) }, named),
  flatten: parseObject<Flatten>({ kind: parseLiteral('flatten'), call: parseBoolean }, named),
};

const nodes =
  (depth: number): Parse<Node[]> =>
  (value, place) => {
    if (depth > maxDepth)
      throw new ZooError('corrupt-file', `${place}: blocks stand ${depth} deep, at most ${maxDepth}: nest them less.`);
    // Before a million of them are looked at.
    if (Array.isArray(value) && value.length > maxLayers)
      throw new ZooError(
        'corrupt-file',
        `${place}: has ${value.length} layers, at most ${maxLayers}: make it smaller.`,
      );
    const block = parseObject<Block>({
      kind: parseLiteral('block'),
      name: parseString,
      layers: nodes(depth + 1),
    });
    return parseArray(parseKind<Node>({ block, ...layers }))(value, place);
  };

const countOf = (layers: readonly Node[]): number =>
  layers.reduce((sum, layer) => sum + 1 + (layer.kind === 'block' ? countOf(layer.layers) : 0), 0);

/** Reads a preprocessing that came from a file. */
export const parsePreprocessing: Parse<Preprocessing> = parseObject<Preprocessing>(
  {
    range: parseLiteral(1, 255),
    mean: parseArray(parseNumber()),
    std: parseArray(parseNumber(1e-9)),
    channels: parseLiteral('rgb', 'bgr'),
  },
  { resizeShorterSide: size, padding: parseInteger(0, maxSize) },
);

const share = parseNumber(0, 1);
const adamRates = { learningRate: positive, beta1: share, beta2: share, epsilon: positive, weightDecay: positive };
/** Reads an optimiser that came from a file, or from a program. */
export const parseOptimizer: Parse<Optimizer> = parseKind<Optimizer>({
  sgd: parseObject<Sgd>(
    {
      kind: parseLiteral('sgd'),
      learningRate: positive,
      momentum: share,
      weightDecay: positive,
      convention: parseLiteral('caffe', 'pytorch'),
    },
    { nesterov: parseBoolean },
  ),
  adam: parseObject<Adam>({ kind: parseLiteral('adam'), ...adamRates }),
  adamw: parseObject<AdamW>({ kind: parseLiteral('adamw'), ...adamRates }),
});
type ScheduleOf<Kind extends Schedule['kind']> = Extract<Schedule, { kind: Kind }>;
const warmup = { warmup: share };
/** Reads a schedule that came from a file, or from a command line. */
export const parseSchedule: Parse<Schedule> = parseKind<Schedule>({
  constant: parseObject<ScheduleOf<'constant'>>({ kind: parseLiteral('constant') }, warmup),
  step: parseObject<ScheduleOf<'step'>>(
    { kind: parseLiteral('step'), after: parseArray(size), factor: positive },
    warmup,
  ),
  plateau: parseObject<ScheduleOf<'plateau'>>(
    { kind: parseLiteral('plateau'), patience: parseInteger(), factor: positive },
    { threshold: share, cooldown: parseInteger(), least: share, ...warmup },
  ),
  cosine: parseObject<ScheduleOf<'cosine'>>({ kind: parseLiteral('cosine') }, warmup),
  'one-cycle': parseObject<ScheduleOf<'one-cycle'>>(
    { kind: parseLiteral('one-cycle'), rise: share, from: share, to: share },
    warmup,
  ),
  polynomial: parseObject<ScheduleOf<'polynomial'>>({ kind: parseLiteral('polynomial'), power: positive }, warmup),
});

/** Reads a recipe that came from a file. */
export const parseRecipe: Parse<Recipe> = parseObject<Recipe>(
  {
    source: parseString,
    epochs: size,
    batchSize: size,
    optimizer: parseOptimizer,
    schedule: parseSchedule,
    augment: parseAugment,
  },
  { examples: parseInteger(1, Number.MAX_SAFE_INTEGER), ...refinementFields },
);

const input: Parse<readonly [number, number, number]> = (value, place) => {
  const sizes = parseArray(size)(value, place);
  parseLiteral(3)(sizes.length, `${place}.length`);
  const [height = 0, width = 0, channels = 0] = sizes;
  return [height, width, channels];
};

const spec = parseObject<ModelSpec>(
  {
    family: parseString,
    preset: parseString,
    title: parseString,
    source: parseString,
    className: parseString,
    input,
    classes: size,
    preprocessing: parsePreprocessing,
    init: parseObject<Init>({ weight: initializer, bias: initializer }),
    recipe: parseRecipe,
    layers: nodes(0),
  },
  { multipliers: parseMultipliers },
);

/**
 * Reads a spec that came from a file, and checks that its layers fit together.
 *
 * @param place Name of the file, for messages.
 * @throws ZooError `corrupt-file` naming the field, or `spec` naming the layer.
 */
export function parseSpec(value: unknown, place: string): ModelSpec {
  const parsed = spec(value, place);
  const count = countOf(parsed.layers);
  if (count > maxLayers)
    throw new ZooError('corrupt-file', `${place}: has ${count} layers, at most ${maxLayers}: make it smaller.`);
  const channels = parsed.input[2];
  for (const field of ['mean', 'std'] as const)
    parseLiteral(channels)(parsed.preprocessing[field].length, `${place}.preprocessing.${field}.length`);
  const { padding = 0 } = parsed.preprocessing;
  parseInteger(0, (Math.min(parsed.input[0], parsed.input[1]) - 1) >> 1)(padding, `${place}.preprocessing.padding`);
  const problem = sizeProblem(inferShapes(parsed));
  if (problem) throw new ZooError('corrupt-file', `${place}: ${problem}: make it smaller.`);
  return parsed;
}
