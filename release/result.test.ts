import { expect, it } from 'vitest';
import { checkResult } from './result.ts';

const good = {
  backend: { name: 'wasm', threads: 2, detail: 'WebAssembly SIMD, 2 threads' },
  losses: [0.7],
  names: [
    'features.0.weight',
    'features.0.bias',
    'features.1.weight',
    'features.1.bias',
    'features.1.running_mean',
    'classifier.1.weight',
  ],
  first: Math.fround(0.16821987926959991),
};
const printed = (changes: object) => `zoo: a notice\n${JSON.stringify({ ...good, ...changes })}\n`;

it('finds the result among what a program prints', () => {
  expect(checkResult(printed({})).backend).toEqual({ name: 'wasm', threads: 2 });
});

it.each([
  ['nothing printed', 'Done.', 'no result was printed: Done.'],
  ['another backend', printed({ backend: { name: 'cpu', threads: 1 } }), 'it trained on cpu, not on wasm'],
  ['no step', printed({ losses: [] }), 'losses are [], not one positive number a step.'],
  ['no number', printed({ losses: [null] }), 'losses[0]: expected a number from -Infinity to Infinity, found null.'],
  ['other tensors', printed({ names: ['features.0.weight'] }), 'net.pth: no tensors features.0.bias'],
  ['another number', printed({ first: 0.2 }), 'net.pth: first number 0.2, not 0.1682'],
])('refuses %s', (_what, text, message) => {
  expect(() => checkResult(text)).toThrow(message);
});
