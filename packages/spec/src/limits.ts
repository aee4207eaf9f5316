import { elements } from '@zoo/core';
import type { ShapedLayer, ShapedModel } from './infer-shapes.ts';

/** The largest side, and the largest number of channels, filters, units or classes. */
export const maxSize = 65_536;

/** The most elements that the input, one layer's output, or all weights together may have: 4 GiB. */
export const maxElements = 2 ** 30;

/** The most layers, blocks included. The deepest networks of this family have some 30. */
export const maxLayers = 1000;

/** A convolution with a table of connections is computed as a whole one, through a matrix of its connections. */
function denseFilterSize({ layer, input, weights: [weight] }: ShapedLayer): number {
  if (layer.kind !== 'conv' || !layer.connections) return 0;
  return (input.at(-1) ?? 0) * layer.filters * Math.max(layer.kernel ** 2, weight?.shape[0] ?? 0);
}

/** Describes what exceeds the memory that networks of the family need; undefined if nothing does. */
export function sizeProblem({ spec, layers, parameters }: ShapedModel): string | undefined {
  const held: [string, number][] = [
    ['the input', elements(spec.input)],
    ...layers.map((layer): [string, number] => [
      `layer ${layer.path}`,
      Math.max(layer.parameters, elements(layer.output), denseFilterSize(layer)),
    ]),
  ];
  held.push(['the network', parameters + layers.reduce((sum, layer) => sum + denseFilterSize(layer), 0)]);
  const [what, most] = held.find(([, count]) => count > maxElements) ?? [];
  return what === undefined ? undefined : `${what} holds ${most} elements, at most ${maxElements}`;
}
