import { ZooError } from '@zoo/core';
import type { Conv, Layer, Lrn, Node } from './layer.ts';
import type { ModelSpec, Preprocessing } from './model-spec.ts';

/** What a user may change about a preset. */
export interface SpecOptions {
  /** Number of classes. Default: the preset's. */
  classes?: number;
  /** Channels of the input. Default: the preset's. */
  inChannels?: number;
  /** Height and width of the input in pixels. Default: the preset's. */
  inputSize?: number;
  /** Factor on every hidden width, so that a test or a phone can use a tenth of a preset. Default: 1. */
  width?: number;
  /** Rate of every dropout. Default: the preset's. */
  dropout?: number;
  /** Other parameters for every local response normalisation, or `false` to let its input through. Default: the preset's. */
  lrn?: false | Partial<Pick<Lrn, 'size' | 'alpha' | 'beta' | 'k' | 'convention' | 'region'>>;
}

const leaves = (nodes: readonly Node[]): Layer[] =>
  nodes.flatMap((node) => (node.kind === 'block' ? leaves(node.layers) : [node]));

function positiveInteger(value: number, option: string): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new ZooError('usage', `${option}: must be a whole number above 0, not ${value}.`);
}

/** A scaled width is never 0, and every group still gets its share. */
function scaled(count: number, width: number, multipleOf: number): number {
  return Math.max(1, Math.round((count * width) / multipleOf)) * multipleOf;
}

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;

/** Statistics of a channel nobody measured are the mean of the known ones. */
function forChannels(preprocessing: Preprocessing, channels: number): Preprocessing {
  if (preprocessing.mean.length === channels) return preprocessing;
  return {
    ...preprocessing,
    channels: 'rgb',
    mean: Array.from({ length: channels }, () => mean(preprocessing.mean)),
    std: Array.from({ length: channels }, () => mean(preprocessing.std)),
  };
}

/**
 * A preset with the user's changes. Places and names of the layers stay, so that checkpoints of the original still fit.
 *
 * @throws ZooError `usage` for a value out of range.
 */
export function configure(spec: ModelSpec, options: SpecOptions = {}): ModelSpec {
  const { width = 1, dropout, lrn } = options;
  if (!(width > 0 && width <= 16)) throw new ZooError('usage', `width: must be above 0 and at most 16, not ${width}.`);
  if (dropout !== undefined && !(dropout >= 0 && dropout < 1))
    throw new ZooError('usage', `dropout: must be at least 0 and below 1, not ${dropout}.`);
  const channels = positiveInteger(options.inChannels ?? spec.input[2], 'inChannels');
  const groups = Math.max(
    ...leaves(spec.layers)
      .filter((layer): layer is Conv => layer.kind === 'conv')
      .map((layer) => layer.groups),
  );

  function change(node: Node): Node {
    switch (node.kind) {
      case 'block':
        return { ...node, layers: node.layers.map(change) };
      case 'conv':
        return { ...node, filters: scaled(node.filters, width, groups) };
      case 'dense':
        return node.units === 'classes' ? node : { ...node, units: scaled(node.units, width, 1) };
      case 'dropout':
        return { ...node, rate: dropout ?? node.rate };
      case 'lrn':
        // alpha 0 and k 1 divide by 1: the layer keeps its place, and the names of those behind it.
        return lrn === false ? { ...node, alpha: 0, k: 1 } : { ...node, ...lrn };
      default:
        return node;
    }
  }

  const size = options.inputSize === undefined ? undefined : positiveInteger(options.inputSize, 'inputSize');
  const { resizeShorterSide, ...preprocessing } = forChannels(spec.preprocessing, channels);
  const shorterSide =
    resizeShorterSide === undefined
      ? undefined
      : Math.round((resizeShorterSide * (size ?? spec.input[0])) / spec.input[0]);
  return {
    ...spec,
    input: [size ?? spec.input[0], size ?? spec.input[1], channels],
    classes: positiveInteger(options.classes ?? spec.classes, 'classes'),
    preprocessing: shorterSide === undefined ? preprocessing : { ...preprocessing, resizeShorterSide: shorterSide },
    layers: width === 1 && dropout === undefined && lrn === undefined ? spec.layers : spec.layers.map(change),
  };
}
