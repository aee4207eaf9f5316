import type { ShapedNode } from '@zoo/spec';

/** A call in the original's `forward` is not a module: PyTorch and torchinfo do not list it. */
export const isListed = (node: ShapedNode): boolean =>
  node.kind === 'block' || node.layer.kind !== 'flatten' || !node.layer.call;
