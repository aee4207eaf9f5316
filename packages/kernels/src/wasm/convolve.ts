import type { TensorInfo } from '@tensorflow/tfjs-core';
import { elements } from '@zoo/core';
import { address, view, type WasmBackend } from './backend.ts';
import { filterGradientAlgorithm, forwardAlgorithm, inputGradientAlgorithm } from './choose-convolution.ts';
import { type Convolution, filterShape, inputShape, outputShape } from './convolution.ts';
import { keptPanels, usedAgain } from './kept-panels.ts';
import { moduleOf } from './module-of.ts';

/** Convolves as planned last, with panels that are kept for the next time if the filter is given. */
function runWinograd(backend: WasmBackend, bytes: number, filter?: TensorInfo): void {
  const kernels = moduleOf(backend);
  const panelBytes = kernels.plan('planWinogradPanels');
  const kept = filter && keptPanels(backend, filter, panelBytes);
  const scratch = kernels.scratch(kept ? bytes : bytes + panelBytes);
  const panels = kept?.address ?? scratch + bytes;
  if (!kept?.filled) kernels.run('winogradPanels', scratch, panels);
  kernels.run('winograd', scratch, panels);
}

/** `y = bias + windows(x) . filter`, and with `relu` what of it is positive. */
export function convolve(
  backend: WasmBackend,
  x: TensorInfo,
  filter: TensorInfo,
  c: Convolution,
  { bias, relu = false }: { bias?: TensorInfo | undefined; relu?: boolean } = {},
): TensorInfo {
  const y = backend.makeOutput(outputShape(c), 'float32');
  if (elements(y.shape) === 0) return y;
  const kernels = moduleOf(backend);
  const args = [
    ...[address(backend, x), address(backend, filter), bias ? address(backend, bias) : 0, address(backend, y)],
    ...[kernels.geometry(c), relu],
  ] as const;
  const again = usedAgain(backend, filter, c.groups);
  switch (forwardAlgorithm(c, again, kernels.instructions)) {
    case 'winograd':
      runWinograd(backend, kernels.plan('planWinograd', ...args), again ? filter : undefined);
      break;
    case 'fewChannels':
      kernels.runPlanned('fewChannels', kernels.plan('planFewChannels', ...args));
      break;
    default:
      kernels.runPlanned('multiply', kernels.plan('planConv2d', ...args));
  }
  return y;
}

/** The gradient of the input, all phases of the stride at once: see assembly/convolution/sub-pixels.ts. */
function convolveBackSubPixels(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  c: Convolution,
  blocks: Convolution,
  dx: TensorInfo,
): void {
  const kernels = moduleOf(backend);
  const turned = backend.makeOutput(filterShape(blocks), 'float32');
  kernels.run('subPixelFilter', address(backend, filter), address(backend, turned), kernels.geometry(c));
  const phases = convolve(backend, dy, turned, blocks);
  const [from, to] = [address(backend, phases), address(backend, dx)];
  kernels.run('spreadSubPixels', from, to, kernels.geometry(c), blocks.outHeight, blocks.outWidth);
  backend.disposeData(turned.dataId);
  backend.disposeData(phases.dataId);
}

/** The gradient of the input, one phase of the stride after the other. */
function convolveBackPhases(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  c: Convolution,
  dx: TensorInfo,
): void {
  const kernels = moduleOf(backend);
  const addresses = [address(backend, dy), address(backend, filter), address(backend, dx)] as const;
  // Pixels that the stride stepped over.
  if (c.strideHeight > 1 || c.strideWidth > 1) view(backend, dx).fill(0);
  for (let row = 0; row < Math.min(c.strideHeight, c.inHeight); row++)
    for (let column = 0; column < Math.min(c.strideWidth, c.inWidth); column++) {
      const shape = kernels.geometry(c);
      const bytes = kernels.plan('planConv2dBackpropInput', ...addresses, shape, row, column);
      if (bytes > 0) kernels.runPlanned('multiply', bytes);
    }
}

/** The gradient of the input. */
export function convolveBackInput(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  c: Convolution,
): TensorInfo {
  const dx = backend.makeOutput(inputShape(c), 'float32');
  if (elements(dx.shape) === 0) return dx;
  const algorithm = inputGradientAlgorithm(c);
  if (algorithm === 'winograd') {
    const kernels = moduleOf(backend);
    const addresses = [address(backend, dy), address(backend, filter), address(backend, dx)] as const;
    runWinograd(backend, kernels.plan('planWinogradBackpropInput', ...addresses, kernels.geometry(c)));
  } else if (algorithm === 'gemm') convolveBackPhases(backend, dy, filter, c, dx);
  else convolveBackSubPixels(backend, dy, filter, c, algorithm, dx);
  return dx;
}

/** The gradient of the filter. */
export function convolveBackFilter(backend: WasmBackend, x: TensorInfo, dy: TensorInfo, c: Convolution): TensorInfo {
  const dFilter = backend.makeOutput(filterShape(c), 'float32');
  if (elements(dFilter.shape) === 0) return dFilter;
  const kernels = moduleOf(backend);
  const args = [
    ...[address(backend, x), address(backend, dy), address(backend, dFilter)],
    kernels.geometry(c),
  ] as const;
  switch (filterGradientAlgorithm(c)) {
    case 'winograd':
      kernels.runPlanned('winogradBackpropFilter', kernels.plan('planWinogradBackpropFilter', ...args));
      break;
    case 'fewChannels':
      kernels.runPlanned('fewChannels', kernels.plan('planFewChannelsBackpropFilter', ...args));
      break;
    default:
      kernels.runPlanned('multiply', kernels.plan('planConv2dBackpropFilter', ...args));
  }
  return dFilter;
}
