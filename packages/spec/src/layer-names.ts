import { nearestName, ZooError } from '@zoo/core';
import { inferShapes, type ShapedBlock, type ShapedLayer, type ShapedModel, type ShapedNode } from './infer-shapes.ts';
import type { LayerKind } from './layer.ts';
import type { ModelSpec } from './model-spec.ts';

/** Caffe's prefix for the names of a kind of layer; a number follows. */
const prefixes: Readonly<Partial<Record<LayerKind, string>>> = {
  conv: 'conv',
  dense: 'fc',
  relu: 'relu',
  tanh: 'tanh',
  lrn: 'norm',
  maxPool: 'pool',
  avgPool: 'pool',
  adaptiveAvgPool: 'pool',
  subsample: 'pool',
  batchNorm: 'bn',
  dropout: 'drop',
};

/** Where torchvision's AlexNet has its convolutions and dense layers, for networks of as many that name them otherwise. */
const torchvisionPaths = {
  conv: ['features.0', 'features.3', 'features.6', 'features.8', 'features.10'],
  dense: ['classifier.1', 'classifier.4', 'classifier.6'],
} as const;

const ofKind = ({ layers }: ShapedModel, kind: LayerKind): ShapedLayer[] =>
  layers.filter(({ layer }) => layer.kind === kind);

/**
 * Names by a layer's place: `conv1`, `relu1`, `pool5`. AlexNet's dense layers are counted on from its five convolutions, `fc6`;
 * those of smaller networks from 1, as in PyTorch's tutorials.
 */
function namesByPosition(model: ShapedModel): [name: string, layer: ShapedLayer][] {
  const names: [string, ShapedLayer][] = [];
  const convolutions = ofKind(model, 'conv').length;
  const before = convolutions < torchvisionPaths.conv.length ? convolutions : 0;
  let weighted = 0;
  for (const shaped of model.layers) {
    const { kind } = shaped.layer;
    if (kind === 'conv' || kind === 'dense') weighted += 1;
    const prefix = prefixes[kind];
    if (prefix !== undefined && weighted > 0)
      names.push([`${prefix}${weighted - (kind === 'dense' ? before : 0)}`, shaped]);
  }
  return names;
}

/** Common aliases: dense layers counted from 1, and torchvision's paths for the layers of AlexNet. */
function aliasesByPath(model: ShapedModel): [name: string, layer: ShapedLayer][] {
  const names: [string, ShapedLayer][] = [];
  const last = model.layers.at(-1);
  if (last) names.push(['logits', last]);
  for (const [index, layer] of ofKind(model, 'dense').entries()) names.push([`fc${index + 1}`, layer]);
  const known = new Set(model.layers.map(({ path }) => path));
  for (const [kind, paths] of Object.entries(torchvisionPaths)) {
    const own = model.layers.filter(({ layer }) => layer.kind === kind);
    if (own.length === paths.length && !known.has(paths[0]))
      names.push(...own.map((layer, index): [string, ShapedLayer] => [paths[index] ?? '', layer]));
  }
  return names;
}

const blocksOf = (nodes: readonly ShapedNode[]): ShapedBlock[] =>
  nodes.flatMap((node) => (node.kind === 'block' ? [node, ...blocksOf(node.nodes)] : []));

/** `Conv_1` as `conv1`, `module.features.0` as `features.0`. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(module|model)\./, '')
    .replace(/(?<=[a-z])[_ -](?=\d)/g, '');

/**
 * The short name of each layer by its path, where it has one of its own: the one in Caffe's original, otherwise the one that Caffe's
 * networks give to such a layer in such a place: `conv1`, `relu1`, `norm1`, `pool5`, `fc6`, `drop6`.
 */
export function shortLayerNames(model: ShapedModel): ReadonlyMap<string, string> {
  const byPosition = namesByPosition(model);
  const taken = new Set([
    ...blocksOf(model.nodes).map(({ path }) => path),
    ...model.layers.flatMap(({ path, layer }) => [path, ...(layer.caffe === undefined ? [] : [layer.caffe])]),
  ]);
  const names = new Map<string, string>();
  for (const { path, layer } of model.layers) {
    const [name] = byPosition.find(([, shaped]) => shaped.path === path) ?? [];
    const isOwn = name !== undefined && !taken.has(name) && byPosition.filter(([other]) => other === name).length === 1;
    if (layer.caffe !== undefined) names.set(path, layer.caffe);
    else if (isOwn) names.set(path, name);
  }
  return names;
}

/** Resolves a name. The preset's own names come before Caffe's, and these before aliases. */
function nodesNamed(model: ShapedModel, name: string): ShapedNode[] {
  const equal = (other: string | undefined) => other === name;
  const namings: (() => ShapedNode[])[] = [
    () => model.layers.filter(({ path }) => equal(path)),
    () => model.layers.filter(({ layer }) => equal(layer.caffe)),
    () => blocksOf(model.nodes).filter(({ path }) => equal(path)),
    ...[namesByPosition, aliasesByPath].map(
      (names) => () => names(model).flatMap(([other, layer]) => (equal(other) ? [layer] : [])),
    ),
  ];
  for (const naming of namings) {
    const found = [...new Set(naming())];
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * A layer or a block by any of its names: its path (`features.0`, `features`), which is PyTorch's name, Caffe's (`conv1`, `norm1`,
 * `pool5`, `fc7`), whether the original was Caffe's or not, or `logits` for the last layer. The preset's own names come first.
 * `Conv_1` and `module.features.0` are understood too.
 *
 * @throws ZooError `unknown-name` with the nearest name and all paths, `usage` for a name of several layers, naming them.
 */
export function nodeNamed(spec: ModelSpec, name: string): ShapedNode {
  const model = inferShapes(spec);
  const exact = nodesNamed(model, name);
  const [one, ...others] = exact.length > 0 ? exact : nodesNamed(model, plain(name));
  if (one && others.length === 0) return one;
  const title = `${spec.family}/${spec.preset}`;
  if (one)
    throw new ZooError(
      'usage',
      `${name}: is the name of several layers of ${title}. Name one: ${[one, ...others].map(({ path }) => path).join(' or ')}.`,
    );
  const paths = model.layers.map(({ path }) => path);
  const known = [...paths, ...blocksOf(model.nodes).map(({ path }) => path), ...shortLayerNames(model).values()];
  const nearest = nearestName(name, known);
  throw new ZooError(
    'unknown-name',
    `${name}: ${title} has no such layer${nearest === undefined ? '.' : `; did you mean ${nearest}?`} Layers: ${paths.join(', ')}.`,
  );
}

/**
 * A layer by any of its names, see `nodeNamed`. A block stands for its last layer.
 *
 * @throws ZooError as `nodeNamed`.
 */
export function layerNamed(spec: ModelSpec, name: string): ShapedLayer {
  let node = nodeNamed(spec, name);
  while (node.kind === 'block') {
    const last = node.nodes.at(-1);
    if (!last) throw new ZooError('spec', `${name}: is a block of ${spec.family}/${spec.preset} without layers.`);
    node = last;
  }
  return node;
}
