import { blocksOf, dequantised, type Scale, type StoredTensor } from '@zoo/tensor-files';
import { type Derived, refused, type Tensors } from './derived.ts';

const whole: readonly StoredTensor['dtype'][] = ['I64', 'I32', 'I16', 'I8', 'U64', 'U32', 'U16', 'U8', 'BOOL'];
const float8: readonly StoredTensor['dtype'][] = ['F8_E4M3', 'F8_E5M2'];

/** Whether a tensor holds whole numbers, which are weights only together with a scale. */
export const isWhole = ({ dtype }: StoredTensor): boolean => whole.includes(dtype);

const isFloat = ({ dtype }: StoredTensor): boolean => ['F64', 'F32', 'F16', 'BF16'].includes(dtype);

const scaleEnds = ['_scale', '.scale', '_scales'];
const zeroPointEnds = ['_zero_point', '.zero_point', '_zero_points', '_zp'];

function beside(tensors: Tensors, name: string, ends: readonly string[]): StoredTensor | undefined {
  return ends.map((end) => tensors.get(name + end)).find((tensor) => tensor !== undefined);
}

/** The scales of bitsandbytes' LLM.int8(): `X.SCB` beside `X.weight`, the largest of each row, which stands for 127. */
function rowMaxima(tensors: Tensors, name: string): { scale: Scale; parts: string[] } | undefined {
  const maxima = name.endsWith('.weight') && tensors.get(name.replace(/weight$/, 'SCB'));
  if (!maxima) return undefined;
  const read = async () => (await maxima.read()).map((value) => value / 127);
  return { scale: { shape: maxima.shape, read }, parts: [maxima.name] };
}

/** Kernels of Keras, by name and, as its third format has them, by number. */
const ofKeras = /(?:kernel(?::\d+)?|\/vars\/0)$/;

/** What Keras 3 keeps for a kernel of whole numbers divides them (keras/src/layers/core/dense.py, `_int8_call`). */
function divisors(tensors: Tensors, name: string): { scale: Scale; parts: string[] } | undefined {
  // The third format numbers a dense layer's variables: kernel, bias, scale.
  const found = tensors.get(/\/vars\/0$/.test(name) ? name.replace(/0$/, '2') : `${name}_scale`);
  if (!found || !isFloat(found)) return undefined;
  const read = async () => (await found.read()).map((value) => 1 / value);
  return { scale: { shape: found.shape, read }, parts: [found.name] };
}

function scaleOf(tensors: Tensors, stored: StoredTensor): { scale: Scale; parts: string[] } | undefined {
  if (ofKeras.test(stored.name)) return divisors(tensors, stored.name);
  // DeepSeek's float8: the name says inverse, the number is multiplied by.
  const ends = float8.includes(stored.dtype) ? [...scaleEnds, '_scale_inv'] : scaleEnds;
  const found = beside(tensors, stored.name, ends);
  if (found && isFloat(found)) return { scale: found, parts: [found.name] };
  return stored.dtype === 'I8' ? rowMaxima(tensors, stored.name) : undefined;
}

/**
 * Whole numbers and float8 with scales beside them, as PyTorch scripts and safetensors of compressed models have them:
 * `NAME` and `NAME_scale`, with `NAME_zero_point` where there is one. `value = (stored - zeroPoint) * scale`. Scales in one row belong
 * to the outputs, the first axis; of Keras' kernels the last, and those divide.
 */
export function scaled(tensors: Tensors): Derived[] {
  return [...tensors.values()].flatMap((stored): Derived[] => {
    if (!isWhole(stored) && !float8.includes(stored.dtype)) return [];
    const found = scaleOf(tensors, stored);
    if (!found) return [];
    const zeroPoint = beside(tensors, stored.name, zeroPointEnds);
    const axis = ofKeras.test(stored.name) ? stored.shape.length - 1 : 0;
    const { scale } = found;
    const parts = [stored.name, ...found.parts, ...(zeroPoint ? [zeroPoint.name] : [])];
    const fits = [scale, ...(zeroPoint ? [zeroPoint] : [])].every(({ shape }) => blocksOf(stored.shape, shape, axis));
    const tensor = fits
      ? dequantised(stored, { scale, axis, ...(zeroPoint && { zeroPoint }) })
      : refused(
          stored.name,
          stored.shape,
          `is [${stored.shape}] of ${stored.dtype}, but its scales are [${scale.shape}]${zeroPoint ? ` and its zero points [${zeroPoint.shape}]` : ''}, which do not fit`,
          'Dequantise it where it was written, and save floats',
        );
    return [{ tensor, step: 'dequantised', parts }];
  });
}
