import type { ShapedNode } from '@zoo/spec';

/** A line of the original's `forward` is no module: PyTorch and torchinfo know nothing of it. */
export const isListed = (node: ShapedNode): boolean =>
  node.kind === 'block' || node.layer.kind !== 'flatten' || !node.layer.call;
