import type { Layer, ShapedLayer } from '@zoo/spec';
import type { StatedLayer } from '@zoo/tensor-files';

/** A layer between two layers of products, in words in which files and presets can be compared. */
export interface Step<L> {
  /** `relu`, `maxPool`, `lrn`, ...; `other` for what is not compared. */
  kind: string;
  layer: L;
}

/** What lies between two convolutions or dense layers, in its order. */
export type Between<L> = readonly Step<L>[];

/** A network as the layers that multiply, and what comes before each and behind the last. */
export interface Parts<L> {
  products: readonly L[];
  between: readonly Between<L>[];
}

function partsOf<L>(layers: readonly L[], isProduct: (layer: L) => boolean, kind: (layer: L) => string): Parts<L> {
  const products: L[] = [];
  const between: Step<L>[][] = [[]];
  for (const layer of layers) {
    if (isProduct(layer)) {
      products.push(layer);
      between.push([]);
      continue;
    }
    const name = kind(layer);
    if (name !== '') between.at(-1)?.push({ kind: name, layer });
  }
  return { products, between: between.map(canonical) };
}

/** Functions that never fall, which may as well be applied before the largest of a window is taken as behind it. */
const rising = ['relu', 'tanh', 'sigmoid'];

/** The same computation in the one order that is compared: functions before max pools, none twice. */
function canonical<L>(steps: readonly Step<L>[]): Step<L>[] {
  const ordered: Step<L>[] = [];
  for (const step of steps) {
    let place = ordered.length;
    if (rising.includes(step.kind)) while (ordered[place - 1]?.kind === 'maxPool') place -= 1;
    const again = step.kind === 'relu' && ordered[place - 1]?.kind === 'relu';
    if (!again) ordered.splice(place, 0, step);
  }
  return ordered;
}

/** What a preset's layer is between products; nothing for one that changes no number outside training. */
function kindOfLayer(layer: Layer, { input }: ShapedLayer): string {
  switch (layer.kind) {
    case 'dropout':
    case 'flatten':
      return '';
    case 'adaptiveAvgPool':
      if (input[0] === layer.size && input[1] === layer.size) return '';
      return layer.size === 1 ? 'globalPool' : 'other';
    case 'tanh':
      return layer.amplitude === 1 && layer.gain === 1 ? 'tanh' : 'other';
    case 'subsample':
    case 'rbf':
      return 'other';
    default:
      return layer.kind;
  }
}

export const partsOfSpec = (layers: readonly ShapedLayer[]): Parts<ShapedLayer> =>
  partsOf(
    layers,
    ({ layer }) => layer.kind === 'conv' || layer.kind === 'dense',
    (placed) => kindOfLayer(placed.layer, placed),
  );

function kindOfStated(layer: StatedLayer): string {
  if (layer.kind === 'activation') return layer.function;
  if (layer.kind === 'flatten') return '';
  if (layer.kind === 'globalPool') return layer.of === 'average' ? 'globalPool' : 'globalMaxPool';
  const isNothing = layer.kind === 'avgPool' && String([layer.size, layer.stride]) === '1,1,1,1';
  return isNothing ? '' : layer.kind;
}

export const partsOfStated = (layers: readonly StatedLayer[]): Parts<StatedLayer> =>
  partsOf(layers, ({ kind }) => kind === 'conv' || kind === 'dense', kindOfStated);
