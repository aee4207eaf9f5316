import { elements, type StoredTensor } from '@zoo/tensor-files';
import type { Derived, Tensors } from './derived.ts';

/** What torch.ao's quantisation-aware training keeps beside a weight. */
const scaleOfWeight = /^(.*\bweight)_fake_quant(?:izer)?\.scale$/;

/** To the nearest whole number, halves to even ones, as PyTorch rounds. */
function rounded(value: number): number {
  const nearest = Math.round(value);
  return nearest - value === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

/** As many bits as the largest weight takes in units of its scale: they are not in the file. A little more is cut off. */
function largestOf(units: number): number {
  for (let bits = 2; bits < 8; bits++) if (units <= 1.12 * 2 ** (bits - 1)) return 2 ** (bits - 1);
  return 2 ** 7;
}

/** The numbers that the layer computed with: `clamp(round(w / scale)) * scale`. */
async function roundedValues(
  weight: StoredTensor,
  scale: StoredTensor,
  zeroPoint: StoredTensor,
  enabled: StoredTensor | undefined,
): Promise<Float32Array> {
  const [values, scales, zeros] = [(await weight.read()).slice(), await scale.read(), await zeroPoint.read()];
  const inner = values.length / scales.length;
  const stepOf = (index: number) => scales[Math.floor(index / inner)] ?? 1;
  const units = values.reduce((largest, value, index) => Math.max(largest, Math.abs(value / stepOf(index))), 0);
  // Before the first step of training no scale has been found yet.
  if ((await enabled?.read())?.[0] === 0 || units < 1) return values;
  // With a zero point the range is the weights' own.
  const largest = zeros.some((zero) => zero !== 0) ? Number.POSITIVE_INFINITY : largestOf(units);
  for (const [index, value] of values.entries()) {
    const step = stepOf(index);
    values[index] = Math.max(-largest, Math.min(largest - 1, rounded(value * Math.fround(1 / step)))) * step;
  }
  return values;
}

/**
 * Weights of quantisation-aware training (torch.ao.nn.qat): floats, which their layers round whenever they compute. Scales of one row
 * belong to the outputs, the first axis.
 */
export function fakeQuantised(tensors: Tensors): Derived[] {
  return [...tensors.values()].flatMap((scale): Derived[] => {
    const [, name = ''] = scaleOfWeight.exec(scale.name) ?? [];
    const [weight, folder] = [tensors.get(name), scale.name.replace(/scale$/, '')];
    const zeroPoint = tensors.get(`${folder}zero_point`);
    const count = elements(scale.shape);
    const fits = count === 1 || count === weight?.shape[0];
    if (!weight || !zeroPoint || !fits || elements(zeroPoint.shape) !== count) return [];
    const enabled = tensors.get(`${folder}fake_quant_enabled`);
    const parts = [name, ...[...tensors.keys()].filter((one) => one.startsWith(folder))];
    const read = () => roundedValues(weight, scale, zeroPoint, enabled);
    return [{ tensor: { name, dtype: 'F32', shape: weight.shape, read }, step: 'rounded as in training', parts }];
  });
}
