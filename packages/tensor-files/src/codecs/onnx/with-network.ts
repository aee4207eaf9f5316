import type { Contents } from '../../format.ts';
import { withBiasRows } from './added-bias.ts';
import type { Constants } from './constants.ts';
import { graphLayers } from './graph-layers.ts';
import type { Node } from './read-node.ts';

/** Shapes, axes and indices among the constants: ONNX has them as 64-bit integers, and weights never. */
function shapesIn({ tensors }: Constants, nodes: readonly Node[]): string[] {
  const taken = new Set(nodes.flatMap(({ inputs }) => inputs));
  return [...tensors.values()].flatMap(({ name, dtype }) => (dtype === 'I64' && taken.has(name) ? [name] : []));
}

/** The constants of a graph with what its operators say of the layers, and with the biases that it adds in operators of their own. */
export function withNetwork(constants: Constants, nodes: readonly Node[]): Pick<Contents, 'tensors' | 'network'> {
  const layers = graphLayers(nodes, constants);
  const tensors = withBiasRows(constants.tensors, layers);
  return { tensors, network: { layers, parameters: shapesIn(constants, nodes) } };
}
