import { elements, type StoredTensor } from '@zoo/tensor-files';
import { type Derived, type Tensors, unreadableWeight } from './derived.ts';

/** Magnitudes and directions by their names: torch.nn.utils.weight_norm, and torch.nn.utils.parametrizations.weight_norm since 2.0. */
const forms = [
  { ends: /^(.*\.)?(\w+)_g$/, direction: (before: string, name: string) => `${before}${name}_v` },
  {
    ends: /^(.*\.)?parametrizations\.(\w+)\.original0$/,
    direction: (before: string, name: string) => `${before}parametrizations.${name}.original1`,
  },
];

/** The axis that each magnitude belongs to; -1 for one magnitude of all; undefined where they do not fit. */
function axisOf(magnitude: readonly number[], direction: readonly number[]): number | undefined {
  const axis = magnitude.findIndex((size) => size !== 1);
  if (axis < 0) return -1;
  const fits = magnitude.length === direction.length && elements(magnitude) === direction[axis];
  return fits && magnitude[axis] === direction[axis] ? axis : undefined;
}

/** `weight = g * v / |v|`, the norm taken over all axes but the one that `g` runs along. */
function normed(name: string, g: StoredTensor, v: StoredTensor): StoredTensor {
  const { shape } = v;
  const axis = axisOf(g.shape, shape);
  if (axis === undefined)
    return unreadableWeight(
      name,
      shape,
      `is made by weight norm of magnitudes [${g.shape}] and directions [${shape}], which do not fit`,
      'Call remove_weight_norm() before saving',
    );
  const read = async () => {
    const [magnitudes, values] = [await g.read(), (await v.read()).slice()];
    const count = magnitudes.length;
    const inner = axis < 0 ? values.length : elements(shape.slice(axis + 1));
    const place = (index: number) => Math.floor(index / inner) % count;
    const squares = new Float64Array(count);
    for (const [index, value] of values.entries()) squares[place(index)] = (squares[place(index)] ?? 0) + value * value;
    const factors = magnitudes.map((magnitude, at) => magnitude / Math.sqrt(squares[at] ?? 1));
    return values.map((value, index) => value * (factors[place(index)] ?? 1));
  };
  return { name, dtype: 'F32', shape, read };
}

/** Weights that are stored as magnitudes and directions (Salimans & Kingma 2016). */
export function weightNorms(tensors: Tensors): Derived[] {
  return [...tensors.values()].flatMap((g): Derived[] => {
    for (const { ends, direction } of forms) {
      const [, before = '', name] = ends.exec(g.name) ?? [];
      const v = name === undefined ? undefined : tensors.get(direction(before, name));
      if (v && name !== undefined)
        return [{ tensor: normed(before + name, g, v), step: 'weight norm', parts: [g.name, v.name] }];
    }
    return [];
  });
}
