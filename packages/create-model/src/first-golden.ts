import { summary, torchRepr } from '@zoo/inspect';
import { inferShapes, type ModelSpec } from '@zoo/spec';

/**
 * The first file that a new package's tests compare with. Logits, loss and gradients are PyTorch's, of the template's network;
 * print, table and tensors are the zoo's own for the new one, until you run `fixtures/generate.py`.
 */
export function firstGolden(recorded: string, spec: ModelSpec): string {
  const { layers, parameters } = inferShapes(spec);
  const tensors = layers.flatMap(({ weights }) => weights.map(({ name, shape }) => [name, shape]));
  const golden: Record<string, unknown> = {
    ...JSON.parse(recorded),
    versions: { print: 'the zoo, not yet PyTorch: run generate.py' },
    parameters,
    tensors: Object.fromEntries(tensors),
    print: torchRepr(spec),
    torchinfo: summary(spec),
  };
  return `${JSON.stringify(golden, null, 1)}\n`;
}
