import type { Contents } from '../../format.ts';
import { withBiasRows } from './added-bias.ts';
import type { Constants } from './constants.ts';
import { graphLayers } from './graph-layers.ts';
import type { Node } from './read-node.ts';

/** The constants of a graph with what its operators say of the layers, and with the biases that it adds in operators of their own. */
export function withNetwork(constants: Constants, nodes: readonly Node[]): Pick<Contents, 'tensors' | 'network'> {
  const layers = graphLayers(nodes, constants);
  return { tensors: withBiasRows(constants.tensors, layers), network: { layers } };
}
