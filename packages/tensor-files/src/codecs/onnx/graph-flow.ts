import type { Constants } from './constants.ts';
import type { Node } from './read-node.ts';

/** An operator as the graph calls it. */
export interface GraphNames {
  name: string;
  type: string;
}

/** Which names of a graph depend on the network's input, and how the others are made. */
export interface GraphFlow {
  isConstant(name: string): boolean;
  /** Whether it is a scale of numbers that are rounded as they come. */
  isScale(name: string): boolean;
  /** The operator that makes a product's weight another one than the file's tensor; nothing where that is not to be seen. */
  operatorOf(weight: string): GraphNames | undefined;
}

/** What makes no other numbers of a weight, or those that were dequantised already. */
const sameNumbers = ['Identity', 'Cast', 'Reshape', 'Unsqueeze', 'Squeeze', 'Transpose', 'DequantizeLinear'];

/** Names of the parts of weights that are put together by their names. */
const parts = /(?:_g|_v|original[01])$/;

/** How far a weight is followed back: weight normalisation is some ten operators. */
const maxDepth = 16;
const maxNodes = 256;

export function graphFlow(nodes: readonly Node[], constants: Constants): GraphFlow {
  const computed = new Set<string>(['']);
  const scales = new Set<string>();
  const makers = new Map<string, Node>();
  const isConstant = (name: string) => computed.has(name) || scales.has(name) || constants.has(name);
  for (const node of nodes) {
    makers.set(node.output, node);
    // `y`, `y_scale` and `y_zero_point`.
    if (node.op === 'DynamicQuantizeLinear') for (const one of node.moreOutputs) scales.add(one);
    // A shape depends on the size of pictures alone.
    const fixed = node.op === 'Shape' || node.inputs.every(isConstant);
    if (fixed) (node.inputs.some((one) => scales.has(one)) ? scales : computed).add(node.output);
  }
  /** Whether a name is made of constants that are parts of weights. Each operator is looked at once, however many need it. */
  const isOfParts = (weight: string): boolean => {
    const seen = new Set([weight]);
    for (const name of seen) {
      const inputs = seen.size < maxNodes ? makers.get(name)?.inputs : undefined;
      if (!inputs && parts.test(name)) return true;
      for (const one of inputs?.slice(0, maxNodes) ?? []) seen.add(one);
    }
    return false;
  };
  const operatorOf = (weight: string): GraphNames | undefined => {
    let maker = makers.get(weight);
    for (let depth = 0; maker && sameNumbers.includes(maker.op) && depth < maxDepth; depth++)
      maker = makers.get(maker.inputs[0] ?? '');
    if (!maker || maker.op === 'Constant' || isOfParts(weight)) return undefined;
    return { name: maker.name, type: maker.op };
  };
  return { isConstant, isScale: (name) => scales.has(name), operatorOf };
}
