import type { DataId, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { view, type WasmBackend } from './heap.ts';
import { single } from './run-kernel.ts';

const matricesSeen = new WeakSet<DataId>();

const isMatrix = ({ shape }: TensorInfo): boolean => shape.slice(0, -2).every((size) => size === 1);

/**
 * True for the first product of a small batch with a large matrix of weights. tfjs packs a right operand before it
 * multiplies, and keeps that while the tensor lives: cheap for weights that stay, but half a second for the 38 million
 * of AlexNet's first dense layer, which a training step makes anew.
 */
export function meetsNewWeights(a: TensorInfo, b: TensorInfo): boolean {
  const [rows = 0, columns = 0] = b.shape.slice(-2);
  const [batch = 0] = a.shape.slice(-2);
  if (!isMatrix(a) || !isMatrix(b) || a.shape.length !== b.shape.length) return false;
  if (rows * columns < 2 ** 20 || 4 * batch > columns) return false;
  return !matricesSeen.has(b.dataId);
}

/** Rows of the scratch that weights are turned into: small enough to stay in the cache, wide enough for the product. */
const panel = 64;

/** Copies columns `first .. first + count` of `from` into rows of `to`. */
function turnPanel(
  from: Float32Array,
  to: Float32Array,
  rows: number,
  columns: number,
  first: number,
  count: number,
): void {
  for (let start = 0; start < rows; start += panel) {
    const end = Math.min(rows, start + panel);
    for (let column = 0; column < count; column++) {
      let source = start * columns + first + column;
      for (let row = start; row < end; row++, source += columns) to[column * rows + row] = from[source] ?? 0;
    }
  }
}

/** `a . b` as `(b^T . a^T)^T`, a panel of `b` at a time, so that it is `a` that gets packed. */
export function productWithNewWeights(
  backend: WasmBackend,
  stock: KernelFunc,
  a: TensorInfo,
  b: TensorInfo,
): TensorInfo {
  const [rows = 0, columns = 0] = b.shape.slice(-2);
  const [batch = 0] = a.shape.slice(-2);
  matricesSeen.add(b.dataId);
  const turnedA = backend.makeOutput([rows, batch], 'float32');
  const [fromA, toA] = [view(backend, a), view(backend, turnedA)];
  for (let row = 0; row < batch; row++)
    for (let column = 0; column < rows; column++) toA[column * batch + row] = fromA[row * rows + column] ?? 0;
  const scratch = backend.makeOutput([panel, rows], 'float32');
  const output = backend.makeOutput([...a.shape.slice(0, -1), columns], 'float32');
  for (let first = 0; first < columns; first += panel) {
    const count = Math.min(panel, columns - first);
    turnPanel(view(backend, b), view(backend, scratch), rows, columns, first, count);
    const left = { ...scratch, shape: [count, rows] };
    const attrs = { transposeA: false, transposeB: false };
    const part = single(stock({ inputs: { a: left, b: turnedA }, backend, attrs }));
    const [from, to] = [view(backend, part), view(backend, output)];
    for (let column = 0; column < count; column++)
      for (let row = 0; row < batch; row++) to[row * columns + first + column] = from[column * batch + row] ?? 0;
    backend.disposeData(part.dataId);
  }
  backend.disposeData(scratch.dataId);
  backend.disposeData(turnedA.dataId);
  return output;
}
