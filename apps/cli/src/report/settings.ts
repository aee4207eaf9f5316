import {
  augmentationText,
  inferShapes,
  type Layer,
  type ModelSpec,
  type Node,
  type Optimizer,
  passesThrough,
} from '@zoo/spec';
import { presetOfRecord } from '../families.ts';
import { bytes, counted, duration, thousands } from '../rendering/quantities.ts';
import type { RunRecord } from '../run/run-record.ts';
import { optimizerText, scheduleText, shortOptimizer, shortSchedule } from './recipe-text.ts';
import { refinementFacts } from './refinement-text.ts';

export type SettingGroup = 'network' | 'data' | 'training' | 'machine';

/** One of the things that made a run what it is. */
export interface Setting {
  /** For programs. */
  key: string;
  group: SettingGroup;
  /** For people. */
  title: string;
  value: string | number | boolean | readonly (string | number)[];
  /** The value as people read it. */
  text: string;
  /** The same in few words, beside the values of other runs. */
  short: string;
}

type Row = [key: string, title: string, value: Setting['value'], text?: string, short?: string];

const inGroup = (group: SettingGroup, rows: readonly Row[]): Setting[] =>
  rows.map(([key, title, value, text = String(value), short = text]) => ({ key, group, title, value, text, short }));

const layersOf = (nodes: readonly Node[]): Layer[] =>
  nodes.flatMap((node) => (node.kind === 'block' ? layersOf(node.layers) : [node]));

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Outputs of the hidden layers with weights, from the first to the last. */
const hiddenWidths = (layers: readonly Layer[]): number[] =>
  layers.flatMap((layer) => {
    if (layer.kind === 'conv') return [layer.filters];
    return layer.kind === 'dense' && typeof layer.units === 'number' ? [layer.units] : [];
  });

/** What the options of the command line may change about a preset. */
function architecture(spec: ModelSpec): Row[] {
  const layers = layersOf(spec.layers);
  const widths = hiddenWidths(layers);
  const groups = layers.flatMap((layer) => (layer.kind === 'conv' && layer.groups > 1 ? [layer.groups] : []));
  const rates = distinct(layers.flatMap((layer) => (layer.kind === 'dropout' ? [layer.rate] : [])));
  const lrn = distinct(
    layers.flatMap((layer) =>
      layer.kind !== 'lrn'
        ? []
        : passesThrough(layer)
          ? ['none']
          : [
              `size ${layer.size}, alpha ${layer.alpha}, beta ${layer.beta}, k ${layer.k} (${layer.convention}, ${layer.region})`,
            ],
    ),
  );
  const { parameters, multAdds } = inferShapes(spec);
  return [
    ['input', 'input', spec.input, spec.input.join(' × ')],
    ['classes', 'classes', spec.classes],
    ['hiddenWidths', 'hidden widths', widths, widths.join(', ')],
    ['groups', 'groups', distinct(groups), distinct(groups).join(', ') || 'none'],
    ['dropout', 'dropout', rates, rates.join(', ') || 'none'],
    ['lrn', 'local response normalisation', lrn, lrn.join('; ') || 'none'],
    ['parameters', 'parameters', parameters, thousands(parameters)],
    ['multAdds', 'multiply-adds', multAdds, thousands(multAdds)],
  ];
}

function network({ preset, spec, options }: RunRecord): Row[] {
  const original = presetOfRecord(preset);
  const originals = new Map(original && architecture(original).map(([key, , , text]) => [key, text]));
  const rows = architecture(spec).map(([key, title, value, text = String(value)]): Row => {
    const before = originals.get(key) ?? text;
    return [key, title, value, before === text || key === 'classes' ? text : `${text} (the preset's: ${before})`, text];
  });
  const { width = 1, weights, key, freeze = [] } = options;
  return [
    ['preset', 'preset', preset],
    ['width', 'width', width, width === 1 ? "1, the preset's" : `${width} of the preset's`, String(width)],
    ...rows,
    ['weights', 'initial weights', weights ?? 'random'],
    ...(key === undefined ? [] : [['key', 'network in the file of initial weights', key] satisfies Row]),
    ['freeze', 'frozen layers', freeze, freeze.join(', ') || 'none'],
  ];
}

const maxClassNames = 20;

function data({ data: { given, name, classes, training, test, parts }, options }: RunRecord): Row[] {
  const names = classes.slice(0, maxClassNames).join(', ') + (classes.length > maxClassNames ? ', ...' : '');
  const heldOut = 'held out of every class, by seed and names';
  const split: Row[] =
    parts === undefined
      ? []
      : [
          ['trainingFolder', 'training folder', parts.training],
          ['testFolder', 'test folder', parts.test ?? heldOut],
        ];
  return [
    ['data', 'data', given, given === name ? name : `${name}, in ${given}`],
    ['classNames', 'names of the classes', classes, names],
    [
      'trainingPictures',
      'training pictures',
      training,
      thousands(training) + (options.limit === undefined ? '' : `, limited by --limit ${options.limit}`),
    ],
    ['testPictures', 'test pictures', test, thousands(test)],
    ...split,
    ...(options.skipDamaged ? [['skipDamaged', 'damaged pictures', true, 'left out'] satisfies Row] : []),
  ];
}

const optimizerRows = (optimizer: Optimizer): Row[] => [
  [
    'optimizer',
    'optimiser',
    optimizer.kind === 'sgd' ? `sgd/${optimizer.convention}${optimizer.nesterov ? '/nesterov' : ''}` : optimizer.kind,
    optimizerText(optimizer),
    shortOptimizer(optimizer),
  ],
  ['learningRate', 'learning rate', optimizer.learningRate],
  ...(optimizer.kind === 'sgd' ? [['momentum', 'momentum', optimizer.momentum] satisfies Row] : []),
  ['weightDecay', 'weight decay', optimizer.weightDecay],
];

function training({ options: { recipe, seed, classWeights = {}, keepBest = false } }: RunRecord): Row[] {
  const weighed =
    typeof classWeights === 'string'
      ? classWeights
      : Object.entries(classWeights)
          .map(([name, weight]) => `${name} ${weight}`)
          .join(', ');
  return [
    ['epochs', 'epochs', recipe.epochs],
    ['batchSize', 'batch size', recipe.batchSize],
    ...optimizerRows(recipe.optimizer),
    [
      'schedule',
      'schedule',
      shortSchedule(recipe.schedule),
      scheduleText(recipe.schedule),
      shortSchedule(recipe.schedule),
    ],
    ['augment', 'augmentation', augmentationText(recipe.augment)],
    [
      'classWeights',
      'class weights',
      weighed || 'none',
      weighed || 'none: all classes have equal weight',
      weighed || 'none',
    ],
    ...refinementFacts(recipe).map(({ key, title, value, text }): Row => [key, title, value, text, String(value)]),
    ['seed', 'seed', seed],
    [
      'keepBest',
      'checkpoints kept',
      keepBest,
      keepBest ? 'the last, and that of the best epoch' : 'the last',
      keepBest ? 'last and best' : 'last',
    ],
    ['recipe', 'recipe from', recipe.source],
  ];
}

/** `1 March 2025 at 14:05 UTC`: the same wherever the report is made. */
export function timeText(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return `${date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
}

/** What packages are before their first release. */
const unreleased = '0.0.0';

function machine({
  versions,
  machine: { system, processor, threads, memory },
  startedAt,
  finishedAt,
  commands,
}: RunRecord): Row[] {
  const { backend, node, tfjs, zoo } = versions;
  const took = finishedAt === undefined ? Number.NaN : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return [
    ['backend', 'backend', backend],
    [
      'machine',
      'machine',
      processor,
      `${processor}, ${counted(threads, 'thread')}, ${bytes(memory)} of memory`,
      processor,
    ],
    ['system', 'system', system],
    ['zoo', 'zoo', zoo, zoo === unreleased ? 'from its source' : zoo],
    ['tfjs', 'TensorFlow.js', tfjs],
    ['node', 'Node', node],
    ['startedAt', 'started', startedAt, timeText(startedAt)],
    ...(finishedAt === undefined ? [] : [['finishedAt', 'ended', finishedAt, timeText(finishedAt)] satisfies Row]),
    // With pauses between, the time from start to end says nothing.
    ...(commands.length === 1 && took >= 0
      ? [['seconds', 'from start to end', Math.round(took), duration(took)] satisfies Row]
      : []),
  ];
}

/** All that made a run what it is, in the order in which people ask for it. */
export const settingsOf = (record: RunRecord): Setting[] => [
  ...inGroup('network', network(record)),
  ...inGroup('data', data(record)),
  ...inGroup('training', training(record)),
  ...inGroup('machine', machine(record)),
];
