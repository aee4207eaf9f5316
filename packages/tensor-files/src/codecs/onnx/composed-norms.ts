import type { GraphFlow } from './graph-flow.ts';
import type { Node } from './read-node.ts';

/** What PyTorch writes local response normalisation as: `x / (k + alpha * mean of squares) ** beta`. */
const operators = ['Pow', 'Add', 'Mul', 'AveragePool', 'Pad', 'Reshape', 'Unsqueeze', 'Squeeze', 'Cast', 'Identity'];

/** How many operators one may be made of. */
const maxNodes = 16;

/** The operators between an input and its divisor, where they are a local response normalisation. */
function divisorOf(input: string, divisor: string, makers: ReadonlyMap<string, Node>, flow: GraphFlow): Set<Node> {
  const found = new Set<Node>();
  const waiting = [divisor];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === input || flow.isConstant(name)) continue;
    const maker = makers.get(name);
    if (!maker || !operators.includes(maker.op) || found.size >= maxNodes || maker.inputs.length > maxNodes)
      return new Set();
    if (!found.has(maker)) waiting.push(...maker.inputs);
    found.add(maker);
  }
  const has = (op: string) => [...found].some((node) => node.op === op);
  return has('Pow') && has('AveragePool') ? found : new Set();
}

/** Operators that are local response normalisation only together, with the place of each in it. */
export function composedNorms(nodes: readonly Node[], flow: GraphFlow): Map<Node, 'inner' | 'last'> {
  const makers = new Map(nodes.map((node) => [node.output, node]));
  const norms = new Map<Node, 'inner' | 'last'>();
  for (const node of nodes) {
    const [input = '', divisor = ''] = node.inputs;
    if (node.op !== 'Div' || flow.isConstant(divisor)) continue;
    const inner = divisorOf(input, divisor, makers, flow);
    if (inner.size === 0) continue;
    for (const one of inner) norms.set(one, 'inner');
    norms.set(node, 'last');
  }
  return norms;
}
