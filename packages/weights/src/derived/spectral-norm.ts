import { elements, type StoredTensor } from '@zoo/tensor-files';
import { type Derived, refused, type Tensors } from './derived.ts';

/** torch.nn.utils.spectral_norm, and torch.nn.utils.parametrizations.spectral_norm since 1.9: where its vectors lie. */
const forms = [
  {
    ends: /^(.*\.)?(\w+)_orig$/,
    vector: (before: string, name: string, letter: string) => `${before}${name}_${letter}`,
  },
  {
    ends: /^(.*\.)?parametrizations\.(\w+)\.original$/,
    vector: (before: string, name: string, letter: string) => `${before}parametrizations.${name}.0._${letter}`,
  },
];

/** `weight = W / (u · W v)`, `W` as a matrix whose rows are the first axis, as PyTorch computes it when it does not train. */
function divided(name: string, weight: StoredTensor, u: StoredTensor, v: StoredTensor): StoredTensor {
  const { shape } = weight;
  const [rows = 1] = shape;
  const columns = elements(shape.slice(1));
  if (elements(u.shape) !== rows || elements(v.shape) !== columns)
    return refused(
      name,
      shape,
      `is made by spectral norm of [${shape}] and vectors of ${elements(u.shape)} and ${elements(v.shape)}, which do not fit its rows and columns`,
      'Call remove_spectral_norm() before saving',
    );
  const read = async () => {
    const [values, left, right] = [await weight.read(), await u.read(), await v.read()];
    let sigma = 0;
    for (let row = 0; row < rows; row++) {
      let product = 0;
      for (let column = 0; column < columns; column++)
        product += (values[row * columns + column] ?? 0) * (right[column] ?? 0);
      sigma += product * (left[row] ?? 0);
    }
    return values.map((value) => value / sigma);
  };
  return { name, dtype: 'F32', shape, read };
}

/**
 * Weights that are divided by their largest singular value (Miyato et al. 2018). Other parametrisations, as orthogonal ones, are known by
 * their names and refused: what they compute is not in the file.
 */
export function spectralNorms(tensors: Tensors): Derived[] {
  return [...tensors.values()].flatMap((weight): Derived[] => {
    for (const { ends, vector } of forms) {
      const [, before = '', name] = ends.exec(weight.name) ?? [];
      if (name === undefined) continue;
      const [u, v] = ['u', 'v'].map((letter) => tensors.get(vector(before, name, letter)));
      const whole = before + name;
      if (u && v)
        return [{ tensor: divided(whole, weight, u, v), step: 'spectral norm', parts: [weight.name, u.name, v.name] }];
      if (!weight.name.includes('parametrizations.')) continue;
      const what = `is stored as ${weight.name}, under a parametrisation that the file does not say`;
      const advice = 'Call torch.nn.utils.parametrize.remove_parametrizations() before saving';
      return [{ tensor: refused(whole, weight.shape, what, advice), step: 'spectral norm', parts: [weight.name] }];
    }
    return [];
  });
}
