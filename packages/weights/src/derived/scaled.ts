import { blocksOf, dequantised, elements, type Scale, type StoredTensor } from '@zoo/tensor-files';
import { type Derived, type Tensors, unreadableWeight } from './derived.ts';

const whole: readonly StoredTensor['dtype'][] = ['I64', 'I32', 'I16', 'I8', 'U64', 'U32', 'U16', 'U8', 'BOOL'];
const float8: readonly StoredTensor['dtype'][] = ['F8_E4M3', 'F8_E5M2'];

/** Whether a tensor holds integers, which are weights only together with a scale. */
export const isWhole = ({ dtype }: StoredTensor): boolean => whole.includes(dtype);

const isFloat = ({ dtype }: StoredTensor): boolean => ['F64', 'F32', 'F16', 'BF16'].includes(dtype);

const scaleEnds = ['_scale', '.scale', '_scales', '.scales', '._scale'];
const zeroPointEnds = ['_zero_point', '.zero_point', '_zero_points', '.zero_points', '_zp'];

/** What is put behind the name of a weight where its whole numbers lie: by optimum-quanto, onnxruntime, and scripts. */
const ofWhole = /(?:\._data|_quantized|_u?int8|_q)$/;

/** The name of the weight, and of its tensor where that is another one. */
const namesOf = ({ name }: StoredTensor): string[] => [...new Set([name, name.replace(ofWhole, '')])];

function beside(tensors: Tensors, names: readonly string[], ends: readonly string[]): StoredTensor | undefined {
  const found = names.flatMap((name) => ends.map((end) => tensors.get(name + end)));
  return found.find((tensor) => tensor !== undefined);
}

/** `scales` of a layer beside its `weight`, as gpt-fast has them: one for each output. A single number is how outputs are rounded. */
function ofLayer(tensors: Tensors, { name, shape }: StoredTensor, ends: readonly string[]): StoredTensor | undefined {
  const [, layer] = /^(.*\.)weight$/.exec(name.replace(ofWhole, '')) ?? [];
  const found = layer === undefined ? undefined : beside(tensors, [layer.slice(0, -1)], ends);
  return found && found.shape.length > 0 && elements(found.shape) === shape[0] ? found : undefined;
}

/** Scales of `[outputs, 1]` are of filters as much as of rows. */
function spreadOver(shape: readonly number[], scale: readonly number[]): readonly number[] {
  const [outputs = 0, ...rest] = scale;
  const ofOutputs = rest.length > 0 && outputs === shape[0] && rest.every((size) => size === 1);
  return ofOutputs && scale.length < shape.length ? [outputs, ...shape.slice(1).map(() => 1)] : scale;
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
  const found = beside(tensors, namesOf(stored), ends) ?? ofLayer(tensors, stored, ['.scale', '.scales']);
  if (found && isFloat(found)) return { scale: found, parts: [found.name] };
  return stored.dtype === 'I8' ? rowMaxima(tensors, stored.name) : undefined;
}

/**
 * Whole numbers and float8 with scales beside them, as PyTorch scripts and safetensors of compressed models have them:
 * `NAME` (or `NAME_quantized`) and `NAME_scale`, or `scales` of the layer, with `NAME_zero_point` where there is one. `value = (stored - zeroPoint) * scale`. Scales in one row belong
 * to the outputs, the first axis; of Keras' kernels the last, and those divide.
 */
export function scaled(tensors: Tensors): Derived[] {
  return [...tensors.values()].flatMap((stored): Derived[] => {
    if (!isWhole(stored) && !float8.includes(stored.dtype)) return [];
    const { shape, dtype } = stored;
    const names = namesOf(stored);
    const name = names.at(-1) ?? stored.name;
    const found = name === stored.name || !tensors.has(name) ? scaleOf(tensors, stored) : undefined;
    if (!found) return [];
    const zeroPoint =
      beside(tensors, names, zeroPointEnds) ?? ofLayer(tensors, stored, ['.zero_point', '.zero_points']);
    const axis = ofKeras.test(stored.name) ? shape.length - 1 : 0;
    const spread = (one: Scale): Scale => ({ shape: spreadOver(shape, one.shape), read: () => one.read() });
    const scale = spread(found.scale);
    const zeros = zeroPoint && spread(zeroPoint);
    const parts = [stored.name, ...found.parts, ...(zeroPoint ? [zeroPoint.name] : [])];
    const fits = [scale, ...(zeros ? [zeros] : [])].every((one) => blocksOf(shape, one.shape, axis));
    const tensor = fits
      ? { ...dequantised(stored, { scale, axis, ...(zeros && { zeroPoint: zeros }) }), name }
      : unreadableWeight(
          name,
          shape,
          `is [${shape}] of ${dtype}, but its scales are [${scale.shape}]${zeros ? ` and its zero points [${zeros.shape}]` : ''}, which do not fit`,
          'Dequantise it where it was written, and save floats',
        );
    return [{ tensor, step: 'dequantised', parts }];
  });
}
