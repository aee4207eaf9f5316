import { elements } from '@zoo/core';
import type { ShapedLayer, ShapedModel } from './infer-shapes.ts';

/** The largest side, and the largest number of channels, filters, units or classes. */
export const MAX_SIZE = 65_536;

/** The most numbers that the input, one layer's output, or all weights together may hold: 4 GiB. */
export const MAX_NUMBERS = 2 ** 30;

/** The most layers, blocks included. The deepest networks of this family have some 30. */
export const MAX_LAYERS = 1000;

/** A convolution with a table of connections is computed as a whole one, through a matrix of its connections. */
function spread({ layer, input, weights: [weight] }: ShapedLayer): number {
  if (layer.kind !== 'conv' || !layer.connections) return 0;
  return (input.at(-1) ?? 0) * layer.filters * Math.max(layer.kernel ** 2, weight?.shape[0] ?? 0);
}

/** What asks for more memory than any network of the family needs, in words, or undefined when nothing does. */
export function excess({ spec, layers, parameters }: ShapedModel): string | undefined {
  const held: [string, number][] = [
    ['the input', elements(spec.input)],
    ...layers.map((layer): [string, number] => [
      `layer ${layer.path}`,
      Math.max(layer.parameters, elements(layer.output), spread(layer)),
    ]),
  ];
  held.push(['the network', parameters + layers.reduce((sum, layer) => sum + spread(layer), 0)]);
  const [what, numbers] = held.find(([, count]) => count > MAX_NUMBERS) ?? [];
  return what === undefined ? undefined : `${what} holds ${numbers} numbers, at most ${MAX_NUMBERS}`;
}
