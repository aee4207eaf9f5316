import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type Convolution, filterShape, geometry, inputShape, outputShape } from './convolution.ts';
import { coreOf } from './core.ts';
import { address, view, type WasmBackend } from './heap.ts';
import { keptPanels, usedAgain } from './kept-panels.ts';
import { subPixels } from './sub-pixels.ts';

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

/** The gradient of the input, all phases of the stride at once: see assembly/sub-pixels.ts. */
function convolveBackSubPixels(
  heap: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  c: Convolution,
  blocks: Convolution,
  dx: TensorInfo,
): void {
  const core = coreOf(heap);
  const turned = heap.makeOutput(filterShape(blocks), 'float32');
  core.run('subPixelFilter', address(heap, filter), address(heap, turned), core.list(geometry(c)));
  const phases = convolve(heap, dy, turned, blocks);
  const counts = [blocks.outHeight, blocks.outWidth] as const;
  core.run('spreadSubPixels', address(heap, phases), address(heap, dx), core.list(geometry(c)), ...counts);
  heap.disposeData(turned.dataId);
  heap.disposeData(phases.dataId);
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
  const blocks = subPixels(c);
  if (blocks) {
    convolveBackSubPixels(heap, dy, filter, c, blocks, dx);
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
