import { elements, type StoredTensor } from '@zoo/tensor-files';
import { type Derived, type Tensors, unreadableWeight } from './derived.ts';

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

/** `W v`, `W` as a matrix whose rows are one axis. */
function rowProducts(shape: readonly number[], axis: number, values: Float32Array, v: Float32Array): Float64Array {
  const rows = shape[axis] ?? 1;
  const inner = elements(shape.slice(axis + 1));
  const products = new Float64Array(rows);
  for (const [index, value] of values.entries()) {
    const outer = Math.floor(index / inner);
    const row = outer % rows;
    const column = Math.floor(outer / rows) * inner + (index % inner);
    products[row] = (products[row] ?? 0) + value * (v[column] ?? 0);
  }
  return products;
}

/** `u . W v`, and how far `u` points as `W v` does, from 0 to 1. */
function along(products: Float64Array, u: Float32Array): { sigma: number; cosine: number } {
  const sum = (value: (at: number) => number) => products.reduce((all, _, at) => all + value(at), 0);
  const sigma = sum((at) => (u[at] ?? 0) * (products[at] ?? 0));
  const lengths = Math.sqrt(sum((at) => (u[at] ?? 0) ** 2) * sum((at) => (products[at] ?? 0) ** 2));
  return { sigma, cosine: lengths === 0 ? 0 : Math.abs(sigma) / lengths };
}

/**
 * `weight = W / (u . W v)`, as PyTorch computes it when it does not train: `W` as a matrix whose rows are the first axis, or another one
 * (`dim`). The lengths of the vectors say which; of a square matrix that they are singular vectors, `u` along `W v`.
 */
function divided(name: string, weight: StoredTensor, u: StoredTensor, v: StoredTensor): StoredTensor {
  const { shape } = weight;
  const [rows, columns] = [elements(u.shape), elements(v.shape)];
  const axes = [...shape.keys()].filter((axis) => shape[axis] === rows && elements(shape) === rows * columns);
  if (axes.length === 0)
    return unreadableWeight(
      name,
      shape,
      `is made by spectral norm of [${shape}] and vectors of ${rows} and ${columns}, which do not fit its rows and columns`,
      'Call remove_spectral_norm() before saving',
    );
  const read = async () => {
    const [values, left, right] = [await weight.read(), await u.read(), await v.read()];
    const found = axes.map((axis) => along(rowProducts(shape, axis, values, right), left));
    const [first, ...others] = found;
    // The first axis is PyTorch's default: another one has to speak for itself.
    const other = others.find(({ cosine }) => cosine > 0.9);
    const { sigma } = (first && first.cosine < 0.9 ? other : undefined) ?? first ?? { sigma: 1 };
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
      return [
        { tensor: unreadableWeight(whole, weight.shape, what, advice), step: 'spectral norm', parts: [weight.name] },
      ];
    }
    return [];
  });
}
