import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';

export type Shape4D = [number, number, number, number];
type Padding = Parameters<typeof backend_util.computeConv2DInfo>[4];

export const shape4D = (shape: unknown): Shape4D => {
  if (Array.isArray(shape) && shape.length === 4) {
    const [a, b, c, d] = shape;
    if ([a, b, c, d].every(Number.isInteger)) return [a, b, c, d];
  }
  throw new ZooError('backend', `@zoo/kernels: expected a shape of 4 numbers, got ${JSON.stringify(shape)}.`);
};

export const pair = (value: unknown): [number, number] => {
  if (typeof value === 'number') return [value, value];
  if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number') return [value[0], value[1]];
  throw new ZooError('backend', `@zoo/kernels: expected one or two numbers, got ${JSON.stringify(value)}.`);
};

const isPadding = (pad: unknown): pad is Padding =>
  pad === 'same' || pad === 'valid' || typeof pad === 'number' || (Array.isArray(pad) && pad.length === 4);

export const rounding = (mode: unknown) => (mode === 'ceil' || mode === 'round' || mode === 'floor' ? mode : undefined);

export const padding = (pad: unknown): Padding => {
  if (isPadding(pad)) return pad;
  throw new ZooError('backend', `@zoo/kernels: unknown padding ${JSON.stringify(pad)}.`);
};

/** Geometry of a convolution as tfjs computes it. */
export type ConvInfo = ReturnType<typeof backend_util.computeConv2DInfo>;

/** Geometry of a convolution from the attributes that tfjs gives its kernels and those of its gradients. */
export const convInfo = (inputShape: Shape4D, filterShape: Shape4D, attrs: NamedAttrMap, depthwise = false): ConvInfo =>
  backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    pair(attrs.strides),
    pair(attrs.dilations ?? 1),
    padding(attrs.pad),
    rounding(attrs.dimRoundingMode),
    depthwise,
  );

/** Geometry of a pool from the attributes that tfjs gives its gradient kernels. */
export const poolInfo = (inputShape: Shape4D, attrs: NamedAttrMap) =>
  backend_util.computePool2DInfo(
    inputShape,
    pair(attrs.filterSize),
    pair(attrs.strides),
    1,
    padding(attrs.pad),
    rounding(attrs.dimRoundingMode),
  );
