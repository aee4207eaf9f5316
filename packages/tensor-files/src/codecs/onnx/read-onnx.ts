import { damaged } from '../../damaged.ts';
import type { Contents } from '../../format.ts';
import type { MeteredBytes } from '../../meter.ts';
import { fieldBatches } from '../../protobuf/fields.ts';
import type { OpenSibling } from '../../sources/byte-source.ts';
import type { StoredTensor } from '../../tensor.ts';
import { withNodes } from './constants.ts';
import { type Node, readNode } from './read-node.ts';
import { pairOf, readTensor } from './read-tensor.ts';

/** Field numbers of onnx.proto. */
const model = { graph: 7, metadata: 14 } as const;
const graph = { node: 1, initializer: 5 } as const;

/**
 * The constants of an ONNX model (ModelProto of onnx.proto) by their names, and the texts of its metadata: initializers, also in files
 * beside it (external data), and Constant nodes. Whole numbers come as the floats that the graph's operators make of them, where their
 * scales are constants too. What the graph says of its layers comes as `network`.
 *
 * @throws ZooError `corrupt-file` when it is damaged, `not-found` when a file beside it is missing.
 */
export async function readOnnx(source: MeteredBytes, beside: OpenSibling): Promise<Contents> {
  const initializers = new Map<string, StoredTensor>();
  const nodes: Node[] = [];
  const metadata: Record<string, string> = {};
  let graphs = 0;
  for await (const batch of fieldBatches(source, 0, source.size))
    for (const field of batch) {
      if (field.wire !== 2) continue;
      if (field.number === model.graph) {
        graphs += 1;
        for await (const batch of fieldBatches(source, field.start, field.end))
          for (const inner of batch) {
            if (inner.wire !== 2) continue;
            if (inner.number === graph.node) nodes.push(await readNode(source, inner));
            if (inner.number !== graph.initializer) continue;
            const stored = await readTensor(source, inner, beside);
            if (initializers.has(stored.name)) throw damaged(source.name, `has two tensors of the name ${stored.name}`);
            initializers.set(stored.name, stored);
          }
      }
      if (field.number === model.metadata) {
        const [key, value] = await pairOf(source, field);
        if (key !== '' && key !== '__proto__') metadata[key] = value;
      }
    }
  if (graphs !== 1) throw damaged(source.name, `has ${graphs} graphs, expected one, so it is no whole .onnx file`);
  const constants = await withNodes(initializers, nodes, source, beside);
  const { withNetwork } = await import('./with-network.ts');
  return { ...withNetwork(constants, nodes), metadata };
}
