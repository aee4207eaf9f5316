import { inferShapes, type ModelSpec, type ShapedNode } from '@zoo/spec';
import { isListed } from './is-listed.ts';
import { torchModule } from './torch-module.ts';

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

function container(type: string, nodes: readonly ShapedNode[]): string {
  const lines = nodes.filter(isListed).map((node) => `  (${node.name}): ${indented(repr(node))}\n`);
  return lines.length === 0 ? `${type}()` : `${type}(\n${lines.join('')})`;
}

function repr(node: ShapedNode): string {
  if (node.kind === 'block') return container('Sequential', node.nodes);
  const { type, details } = torchModule(node);
  return `${type}(${details})`;
}

/**
 * The network as PyTorch's `print(model)` shows the original, character for character (PyTorch 2.15; some older ones leave out
 * `bias=True` of batch normalisations).
 *
 * Every ReLU prints as working in place, and an alpha of convention `tensorflow` as PyTorch's, which is as many times as large as it has neighbours.
 *
 * @throws ZooError `spec` when the layers do not fit together.
 */
export const torchRepr = (spec: ModelSpec): string => container(spec.className, inferShapes(spec).nodes);
