import { tanh } from '@zoo/spec';
import { describeLayer } from './testing/describe-layer.ts';

for (const [amplitude, gain] of [
  [1, 1],
  [1.7159, 2 / 3],
] as const)
  describeLayer(`Tanh of amplitude ${amplitude}`, {
    layer: tanh({ amplitude, gain }),
    input: [3, 4, 2],
    reference: (x) => ({ ...x, values: x.values.map((value) => amplitude * Math.tanh(gain * value)) }),
  });
