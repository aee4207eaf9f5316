import { isMatrix } from '../model-tensors.ts';
import { type Derived, type Tensors, unreadableWeight } from './derived.ts';

/**
 * `weight_orig`, `weight_bar`, `weight_mu`, `raw_weight`: what is put before or behind the name says that the weight is computed from it.
 * Those of recurrent layers (`weight_ih_l0`) are weights.
 */
const form =
  /^(.*[./])?(?:(?:raw|orig|original|latent|float|real|master|mu)_(weight|kernel|bias)|(weight|kernel|bias)_(?![ih]h_)[a-z]\w*)$/i;

const isFloat = (dtype: string): boolean => /^(?:F|BF)/.test(dtype);

/**
 * Weights that the code of a layer computes, in a way that the file does not say: an equalised learning rate (Karras et al. 2018), a
 * Bayesian layer, somebody's own spectral norm. None of them is taken for the weight itself.
 */
export function reparametrised(tensors: Tensors): Derived[] {
  const found = new Map<string, string[]>();
  for (const { name, shape, dtype } of tensors.values()) {
    const [, before = '', second, first] = form.exec(name) ?? [];
    const role = first ?? second;
    if (role === undefined || !isFloat(dtype) || shape.length === 0) continue;
    const whole = `${before}${role.toLowerCase()}`;
    if ((role.toLowerCase() !== 'bias' && !isMatrix({ shape })) || tensors.has(whole)) continue;
    found.set(whole, [...(found.get(whole) ?? []), name]);
  }
  return [...found].map(([whole, parts]) => ({
    tensor: unreadableWeight(
      whole,
      tensors.get(parts[0] ?? '')?.shape ?? [],
      `is stored as ${parts.join(' and ')}, from which its layer computes it (equalised learning rate, spectral norm, a Bayesian layer), and the file does not say how`,
      'Compute the weights where they were written, and save them under the names of the plain network',
    ),
    parts,
  }));
}
