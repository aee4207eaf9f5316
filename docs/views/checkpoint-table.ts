import type { ShapedModel } from '@zoo/spec';
import { escaped, htmlTable } from './html.ts';
import { thousands } from './numbers.ts';

/** The tensors of a checkpoint, in the order of the original's `state_dict`. */
export function checkpointTable({ layers }: ShapedModel): string {
  const weights = layers.flatMap((layer) => layer.weights);
  return htmlTable(
    [{ title: 'Tensor' }, { title: 'Shape', numeric: true }, { title: 'Elements', numeric: true }],
    weights.map(({ name, shape, trainable }) => [
      `<code>${escaped(name)}</code>${trainable ? '' : ' <span class="aside">not learned</span>'}`,
      `[${shape.join(', ')}]`,
      thousands(shape.reduce((product, size) => product * size, 1)),
    ]),
  );
}
