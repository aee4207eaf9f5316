import { tensorFile } from '@zoo/testing/tensor-file';
import { describe, expect, it } from 'vitest';
import { withDerived } from './with-derived.ts';

const fileOf = (...tensors: readonly (readonly [name: string, shape: readonly number[]])[]) =>
  tensorFile(
    tensors.map(([name, shape]) => ({
      name,
      shape,
      data: () => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1),
    })),
  );

describe('weights that a layer computes', () => {
  it.each([['weight_orig'], ['weight_bar'], ['raw_weight'], ['weight_mu', 'weight_rho'], ['kernel_latent']])(
    'are refused by their names: %s %s',
    (...names) => {
      const whole = withDerived(fileOf(...names.map((name) => [`a.${name}`, [2, 2]] as const)));
      const [tensor, ...others] = whole.tensors.values();
      expect(others).toEqual([]);
      expect(tensor?.unreadable?.message).toMatch(
        new RegExp(
          `a\\.(?:weight|kernel): is stored as a\\.${names.join(' and a\\.')}, from which its layer computes it`,
        ),
      );
    },
  );

  it.each([
    ['a weight beside it', ['a.weight', 'a.float_weight']],
    ['recurrent layers', ['a.weight_ih_l0', 'a.weight_hh_l0']],
    ['numbers', ['a.weight_1', 'conv1_weight']],
  ])('are none with %s', (_, names) => {
    const whole = withDerived(fileOf(...names.map((name) => [name, [2, 2]] as const)));
    expect([...whole.tensors.keys()]).toEqual(names);
    expect([...whole.tensors.values()].some(({ unreadable }) => unreadable)).toBe(false);
  });
});
