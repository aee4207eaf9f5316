import { alphaOnMean, type Layer, type Lrn, passesThrough, type ShapedLayer } from '@zoo/spec';
import type { FlattenOrder, StatedLayer, StatedNetwork } from '@zoo/tensor-files';
import { type Between, partsOfSpec, partsOfStated, type Step } from './steps.ts';
import { sameWindow, statedWindow, type Window, windowText } from './windows.ts';

/** What a network would have to be, to compute what a file says: changes of layers by their paths, and what no change of parameters can fix. */
export interface Comparison {
  /** Layers with other parameters in the file. */
  changes: ReadonlyMap<string, Layer>;
  /** For each of the changes, and in its words, what differs. */
  differences: readonly string[];
  /** What contradicts the preset, in words that begin with a layer of the file. */
  contradictions: readonly string[];
  /** Layers of the file that are not understood, in such words. */
  unknown: readonly string[];
  /** The order of the axes when the file's network flattens its maps. */
  flattened: FlattenOrder | undefined;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(Math.abs(a), Math.abs(b));

type Stated<K extends StatedLayer['kind']> = Extract<StatedLayer, { kind: K }>;

const lrnText = (size: number, alpha: number, beta: number, k: number, region: string): string =>
  `${size} neighbours ${region === 'within-channel' ? 'within a channel' : 'across channels'}, alpha ${Number(alpha.toPrecision(6))} on the mean of their squares, beta ${beta}, k ${k}`;

export const words = (steps: Between<unknown>): string =>
  steps.length === 0 ? 'nothing' : steps.map(({ kind }) => kind).join(', ');

/** A layer of a file by its name and kind. */
export const called = ({ name, type }: StatedLayer): string => (name === '' ? type : `${name.slice(0, 100)} (${type})`);

/** Compares a file's network with a preset, of the layers that stand in the same places. */
export function compareNetworks(
  layers: readonly ShapedLayer[],
  { layers: statedLayers }: StatedNetwork,
  preset: string,
): Comparison {
  const changes = new Map<string, Layer>();
  const differences: string[] = [];
  const contradictions: string[] = [];
  const unknown: string[] = [];
  const stated = partsOfStated(statedLayers);
  const ours = partsOfSpec(layers);
  const differ = (layer: StatedLayer, theirs: string, path: string, own: string) =>
    `${called(layer)} has ${theirs}, but ${path} of ${preset} has ${own}`;

  function compareWindows(
    layer: Stated<'conv' | 'maxPool' | 'avgPool'>,
    placed: ShapedLayer,
    size: readonly [number, number],
    own: { kernel: number; stride: number; padding: number },
  ): void {
    const { stride, padding } = layer;
    if (!stride || padding === undefined) return;
    for (const axis of [0, 1] as const) {
      const theirs = statedWindow(axis, placed.input[axis] ?? 1, size[axis], { ...layer, stride, padding });
      const mine: Window = {
        size: own.kernel,
        stride: own.stride,
        before: own.padding,
        count: placed.output[axis] ?? 1,
      };
      if (sameWindow(theirs, mine)) continue;
      contradictions.push(differ(layer, `windows ${windowText(theirs)}`, placed.path, `windows ${windowText(mine)}`));
      return;
    }
  }

  function compareLrn(layer: Stated<'lrn'>, path: string, own: Lrn): void {
    const same =
      layer.size === own.size &&
      layer.region === own.region &&
      near(layer.alpha, alphaOnMean(own)) &&
      near(layer.beta, own.beta) &&
      near(layer.k, own.k);
    if (same) return;
    const { size, alpha, beta, k, region } = layer;
    changes.set(path, { ...own, size, alpha, beta, k, region, convention: 'caffe' });
    differences.push(
      differ(
        layer,
        lrnText(size, alpha, beta, k, region),
        path,
        lrnText(own.size, alphaOnMean(own), own.beta, own.k, own.region),
      ),
    );
  }

  function compareStep({ layer }: Step<StatedLayer>, { layer: placed }: Step<ShapedLayer>): void {
    const { layer: own, path } = placed;
    if (layer.kind === 'lrn' && own.kind === 'lrn') compareLrn(layer, path, own);
    if (layer.kind === 'batchNorm' && own.kind === 'batchNorm') {
      if (!layer.ofChannels) contradictions.push(`${called(layer)} normalises another axis than that of the channels`);
      if (near(layer.epsilon, own.epsilon)) return;
      const momentum = layer.momentum === undefined ? own.momentum : 1 - layer.momentum;
      changes.set(path, { ...own, epsilon: layer.epsilon, momentum });
      differences.push(differ(layer, `epsilon ${layer.epsilon}`, path, `epsilon ${own.epsilon}`));
    }
    if ((layer.kind === 'maxPool' || layer.kind === 'avgPool') && layer.kind === own.kind)
      compareWindows(layer, placed, layer.size, { kernel: own.size, stride: own.stride, padding: own.padding });
  }

  /** Steps that the preset has and the file has not may be normalisations alone: those let their input through. */
  function compareBetween(theirs: Between<StatedLayer>, mine: Between<ShapedLayer>, before: StatedLayer): void {
    if ([...theirs, ...mine].some(({ kind }) => kind === 'other' || kind === 'unsaid')) return;
    const kinds = words(theirs);
    if (kinds === words(mine)) {
      for (const [index, step] of theirs.entries()) {
        const own = mine[index];
        if (own) compareStep(step, own);
      }
      return;
    }
    const rest = mine.filter(({ kind }) => kind !== 'lrn');
    const silent = mine.flatMap(({ layer: { layer, path } }) => (layer.kind === 'lrn' ? [{ layer, path }] : []));
    if (kinds === words(rest)) {
      for (const { layer, path } of silent) {
        if (passesThrough(layer)) continue;
        changes.set(path, { ...layer, alpha: 0, k: 1 });
        differences.push(`the file has no normalisation there, but ${path} of ${preset} is one`);
      }
      compareBetween(theirs, rest, before);
      return;
    }
    const from = mine[0]?.layer.path;
    const where = from === undefined ? '' : ` from ${from} on`;
    contradictions.push(`before ${called(before)} the file has ${kinds}, but ${preset} has ${words(mine)}${where}`);
  }

  const saysMore = stated.between.some((steps) => steps.length > 0);
  for (const [index, layer] of stated.products.entries()) {
    const placed = ours.products[index];
    if (!placed || placed.layer.kind !== layer.kind) break;
    const own = placed.layer;
    if (saysMore) compareBetween(stated.between[index] ?? [], ours.between[index] ?? [], layer);
    if (layer.kind === 'conv' && own.kind === 'conv') compareWindows(layer, placed, [own.kernel, own.kernel], own);
  }
  for (const [index, layer] of stated.products.slice(0, ours.products.length).entries()) {
    const strange = stated.between[index]?.find(({ kind }) => kind === 'other');
    // A preset's own layers that are not compared may be what the file says.
    if (strange && !ours.between[index]?.some(({ kind }) => kind === 'other'))
      unknown.push(`before ${called(layer)} the file has ${called(strange.layer)}, which is not understood`);
  }
  const firstDense = statedLayers.findIndex(({ kind }) => kind === 'dense');
  const flatten = statedLayers.slice(0, Math.max(0, firstDense)).findLast(({ kind }) => kind === 'flatten');
  return {
    changes,
    differences,
    contradictions,
    unknown,
    flattened: flatten?.kind === 'flatten' ? flatten.order : undefined,
  };
}
