import { type Derived, type Tensors, unreadableWeight } from './derived.ts';

const advice = 'Dequantise the model where it was quantised, and save floats';

/** Weights of which several lie in one integer, by the tensors that say so; none of them is read. */
export function packed(tensors: Tensors): Derived[] {
  return [...tensors.values()].flatMap(({ name, shape }): Derived[] => {
    const [, layer = ''] = /^(.*\.)?(?:qweight|weight_packed)$/.exec(name) ?? [];
    const integers = /(?:^|\.)(?:qweight|weight_packed)$/.test(name);
    if (integers) {
      const what = `is stored as packed integers (${name}), as GPTQ and AWQ keep it`;
      return [{ tensor: unreadableWeight(`${layer}weight`, shape, what, advice), parts: [name] }];
    }
    if (!fourBits.some((end) => tensors.has(`${name}.${end}`))) return [];
    return [
      { tensor: unreadableWeight(name, shape, 'is stored as 4-bit values of bitsandbytes', advice), parts: [name] },
    ];
  });
}

/** What bitsandbytes keeps beside a weight of 4 bits. */
const fourBits = ['quant_state.bitsandbytes__nf4', 'quant_state.bitsandbytes__fp4', 'absmax'];
