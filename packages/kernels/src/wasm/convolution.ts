import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import { numberOf } from '../kernel-call/attributes.ts';
import { convInfo, type Shape4D } from '../kernel-call/conv-attributes.ts';
import type { Geometry } from './module/generated/boundary.ts';

/** A convolution as tfjs describes it, and its groups. */
export type Convolution = Geometry;

/** From the attributes of `Conv2D` and its gradients. */
export function convolution(inputShape: Shape4D, filterShape: Shape4D, attrs: NamedAttrMap): Convolution {
  const { dataFormat = 'NHWC' } = attrs;
  if (dataFormat !== 'NHWC')
    throw new ZooError('backend', `wasm kernels: convolutions are NHWC, got ${dataFormat}. Transpose the images.`);
  const info = convInfo(inputShape, filterShape, attrs);
  return { ...info, groups: 1, top: info.padInfo.top, left: info.padInfo.left };
}

/** From the attributes of `GroupedConv2D` and its gradients. */
export function groupedConvolution(inputShape: Shape4D, filterShape: Shape4D, attrs: NamedAttrMap): Convolution {
  const [batchSize, inHeight, inWidth, inChannels] = inputShape;
  const [filterHeight, filterWidth, , outChannels] = filterShape;
  const stride = numberOf(attrs, 'stride');
  const dilation = numberOf(attrs, 'dilation');
  const around = numberOf(attrs, 'padding');
  const out = (size: number, taps: number) => Math.floor((size + 2 * around - dilation * (taps - 1) - 1) / stride) + 1;
  return {
    ...{ batchSize, inHeight, inWidth, inChannels, filterHeight, filterWidth, outChannels },
    ...{ outHeight: out(inHeight, filterHeight), outWidth: out(inWidth, filterWidth) },
    ...{ strideHeight: stride, strideWidth: stride, dilationHeight: dilation, dilationWidth: dilation },
    ...{ groups: numberOf(attrs, 'groups'), top: around, left: around },
  };
}

export const inputShape = (c: Convolution): Shape4D => [c.batchSize, c.inHeight, c.inWidth, c.inChannels];
export const filterShape = (c: Convolution): Shape4D => [
  c.filterHeight,
  c.filterWidth,
  c.inChannels / c.groups,
  c.outChannels,
];
export const outputShape = (c: Convolution): Shape4D => [c.batchSize, c.outHeight, c.outWidth, c.outChannels];
