import { backend_util, type NamedAttrMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { ZooError } from '@zoo/core';
import { numberOf } from './attributes.ts';
import { padding, pair, rounding, type Shape4D } from './conv-attributes.ts';
import { coreOf } from './core.ts';
import { address, view, type WasmBackend } from './heap.ts';
import { keptPanels, usedAgain } from './kept-panels.ts';

/** A convolution as tfjs describes it, and its groups. */
export type Convolution = Pick<
  backend_util.Conv2DInfo,
  | 'batchSize'
  | 'inHeight'
  | 'inWidth'
  | 'inChannels'
  | 'filterHeight'
  | 'filterWidth'
  | 'outHeight'
  | 'outWidth'
  | 'outChannels'
  | 'strideHeight'
  | 'strideWidth'
  | 'dilationHeight'
  | 'dilationWidth'
> & { groups: number; top: number; left: number };

/** From the attributes of `Conv2D` and its gradients. */
export function convolution(inputShape: Shape4D, filterShape: Shape4D, attrs: NamedAttrMap): Convolution {
  const { dataFormat = 'NHWC', dilations = 1 } = attrs;
  if (dataFormat !== 'NHWC')
    throw new ZooError('backend', `wasm kernels: convolutions are NHWC, got ${dataFormat}. Transpose the images.`);
  const info = backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    pair(attrs.strides),
    pair(dilations),
    padding(attrs.pad),
    rounding(attrs.dimRoundingMode),
  );
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

/** In the order of the class `Geometry` of assembly/conv2d.ts. */
const geometry = (c: Convolution): number[] => [
  ...[c.batchSize, c.inHeight, c.inWidth, c.inChannels, c.filterHeight, c.filterWidth],
  ...[c.outHeight, c.outWidth, c.outChannels, c.groups, c.strideHeight, c.strideWidth],
  ...[c.dilationHeight, c.dilationWidth, c.top, c.left],
];

const inputShape = (c: Convolution): Shape4D => [c.batchSize, c.inHeight, c.inWidth, c.inChannels];
const filterShape = (c: Convolution): Shape4D => [
  c.filterHeight,
  c.filterWidth,
  c.inChannels / c.groups,
  c.outChannels,
];
export const outputShape = (c: Convolution): Shape4D => [c.batchSize, c.outHeight, c.outWidth, c.outChannels];

/** Convolves as planned last, with panels that are kept for the next time if the filter is given. */
function runWinograd(heap: WasmBackend, bytes: number, filter?: TensorInfo): void {
  const core = coreOf(heap);
  const panelBytes = core.plan('planWinogradPanels');
  const kept = filter && keptPanels(heap, filter, panelBytes);
  const scratch = core.scratch(kept ? bytes : bytes + panelBytes);
  const panels = kept?.address ?? scratch + bytes;
  if (!kept?.filled) core.run('winogradPanels', scratch, panels);
  core.run('winograd', scratch, panels);
}

/** `y = bias + windows(x) . filter`, and with `relu` what of it is positive. */
export function convolve(
  heap: WasmBackend,
  x: TensorInfo,
  filter: TensorInfo,
  c: Convolution,
  { bias, relu = false }: { bias?: TensorInfo | undefined; relu?: boolean } = {},
): TensorInfo {
  const y = heap.makeOutput(outputShape(c), 'float32');
  if (util.sizeFromShape(y.shape) === 0) return y;
  const core = coreOf(heap);
  const [from, weights, added, to] = [x, filter, bias, y].map((tensor) => (tensor ? address(heap, tensor) : 0));
  const places = [from ?? 0, weights ?? 0, added ?? 0, to ?? 0, core.list(geometry(c)), Number(relu)] as const;
  const again = usedAgain(heap, filter, c.groups);
  const bytes = core.plan('planWinograd', ...places, Number(again));
  if (bytes > 0) runWinograd(heap, bytes, again ? filter : undefined);
  else core.multiply(core.plan('planConv2d', ...places));
  return y;
}

/** The gradient of the input. */
export function convolveBackInput(heap: WasmBackend, dy: TensorInfo, filter: TensorInfo, c: Convolution): TensorInfo {
  const dx = heap.makeOutput(inputShape(c), 'float32');
  if (util.sizeFromShape(dx.shape) === 0) return dx;
  const core = coreOf(heap);
  const [slopes, weights, to] = [address(heap, dy), address(heap, filter), address(heap, dx)];
  const winograd = core.plan('planWinogradBackpropInput', slopes, weights, to, core.list(geometry(c)));
  if (winograd > 0) {
    runWinograd(heap, winograd);
    return dx;
  }
  // Pixels that the stride stepped over.
  if (c.strideHeight > 1 || c.strideWidth > 1) view(heap, dx).fill(0);
  for (let row = 0; row < Math.min(c.strideHeight, c.inHeight); row++)
    for (let column = 0; column < Math.min(c.strideWidth, c.inWidth); column++) {
      const bytes = core.plan('planConv2dBackpropInput', slopes, weights, to, core.list(geometry(c)), row, column);
      if (bytes > 0) core.multiply(bytes);
    }
  return dx;
}

/** The gradient of the filter. */
export function convolveBackFilter(heap: WasmBackend, x: TensorInfo, dy: TensorInfo, c: Convolution): TensorInfo {
  const dFilter = heap.makeOutput(filterShape(c), 'float32');
  if (util.sizeFromShape(dFilter.shape) === 0) return dFilter;
  const core = coreOf(heap);
  const places = [x, dy, dFilter].map((tensor) => address(heap, tensor));
  const [from = 0, slopes = 0, to = 0] = places;
  const winograd = core.plan('planWinogradBackpropFilter', from, slopes, to, core.list(geometry(c)));
  if (winograd > 0) core.run('winogradBackpropFilter', core.scratch(winograd));
  else core.multiply(core.plan('planConv2dBackpropFilter', from, slopes, to, core.list(geometry(c))));
  return dFilter;
}
