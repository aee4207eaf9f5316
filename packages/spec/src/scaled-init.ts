import { elements } from '@zoo/core';
import { inferShapes, type ShapedLayer } from './infer-shapes.ts';
import { type Init, type Initializer, isWeighted, type Node } from './layer.ts';
import type { ModelSpec } from './model-spec.ts';

/** Inputs of one output, by the weight's shape in PyTorch's layout. */
export const fanIn = ({ weights }: Pick<ShapedLayer, 'weights'>): number =>
  elements((weights[0]?.shape ?? []).slice(1));

/** Only a stated deviation is for one number of inputs; the others follow the layer's own. */
const isDeviation = (initializer: Initializer): initializer is { normal: number } =>
  typeof initializer === 'object' && 'normal' in initializer;

function initOf(layer: ShapedLayer, original: ShapedLayer, init: Init): Partial<Init> | undefined {
  if (!isWeighted(layer.layer)) return undefined;
  const { weight } = { ...init, ...layer.layer.init };
  if (!isDeviation(weight) || fanIn(layer) === fanIn(original)) return undefined;
  const normal = weight.normal * Math.sqrt(fanIn(original) / fanIn(layer));
  return { ...layer.layer.init, weight: { normal: Number(normal.toPrecision(4)) } };
}

/**
 * Initial values for layers that have fewer or more inputs than in the preset: `σ · √(n / n')`, so that what they give varies as
 * much from picture to picture as in the preset. With the paper's 0.01, a tenth of its width would let nothing through: each
 * layer's outputs are three times as small as there, the last one's two thousand times, and its gradients with them.
 * The first layer, which sees pixels, keeps its own.
 */
export function withScaledInit(spec: ModelSpec, original: ModelSpec): ModelSpec {
  const originals = inferShapes(original).layers;
  const first = originals.findIndex(({ layer }) => isWeighted(layer));
  const changes = new Map<string, Partial<Init>>();
  for (const [index, layer] of inferShapes(spec).layers.entries()) {
    const before = originals[index];
    const init = before && index !== first ? initOf(layer, before, spec.init) : undefined;
    if (init) changes.set(layer.path, init);
  }
  if (changes.size === 0) return spec;

  // The walk of `inferShapes`, whose paths these are: a line of `forward` has no number.
  function walk(nodes: readonly Node[], prefix: string): Node[] {
    let modules = 0;
    return nodes.map((node) => {
      const isCall = node.kind === 'flatten' && node.call;
      const path = `${prefix}${node.name ?? (isCall ? 'flatten' : modules)}`;
      if (!isCall) modules += 1;
      if (node.kind === 'block') return { ...node, layers: walk(node.layers, `${path}.`) };
      const init = changes.get(path);
      return init && isWeighted(node) ? { ...node, init } : node;
    });
  }
  return { ...spec, layers: walk(spec.layers, '') };
}
