// Types alone: a bundle of a page without WebGPU holds nothing of the package.
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelFunc } from '@tensorflow/tfjs-core';
import { elements, ZooError } from '@zoo/core';
import { poolInfo, shape4D } from '../kernel-call/conv-attributes.ts';
import { input } from '../kernel-call/input.ts';

/** Each pixel gathers the gradients of the windows whose first maximum it is. Only a pixel that equals a maximum looks at those before it. */
const code = `
  fn main(index : i32) {
    if (index < uniforms.size) {
      let coords = getCoordsFromIndex(index);
      let here = getX(coords[0], coords[1], coords[2], coords[3]);
      var gradient = 0.0;
      for (var u = 0; u < uniforms.window[0]; u += 1) {
        let fromTop = coords[1] + uniforms.pads[0] - u;
        let row = fromTop / uniforms.strides[0];
        if (fromTop < 0 || row * uniforms.strides[0] != fromTop || row >= uniforms.windows[0]) { continue; }
        for (var v = 0; v < uniforms.window[1]; v += 1) {
          let fromLeft = coords[2] + uniforms.pads[1] - v;
          let column = fromLeft / uniforms.strides[1];
          if (fromLeft < 0 || column * uniforms.strides[1] != fromLeft || column >= uniforms.windows[1]) { continue; }
          if (here != getY(coords[0], row, column, coords[3])) { continue; }
          var first = true;
          for (var place = 0; place < u * uniforms.window[1] + v; place += 1) {
            let r = coords[1] - u + place / uniforms.window[1];
            let c = coords[2] - v + place % uniforms.window[1];
            if (r >= 0 && c >= 0 && c < uniforms.xShape[2] && getX(coords[0], r, c, coords[3]) == here) { first = false; }
          }
          if (first) { gradient += getDy(coords[0], row, column, coords[3]); }
        }
      }
      setOutputAtIndex(index, gradient);
    }
  }`;

function program(shape: number[]): WebGPUProgram {
  const workgroupSize: [number, number, number] = [64, 1, 1];
  const size = elements(shape);
  return {
    variableNames: ['x', 'y', 'dy'],
    uniforms: 'strides : vec2<i32>, pads : vec2<i32>, window : vec2<i32>, windows : vec2<i32>,',
    workgroupSize,
    size: true,
    outputShape: shape,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / workgroupSize[0]), 1, 1],
    shaderKey: 'zooMaxPoolGrad',
    getUserCode: () => code,
  };
}

const isWebgpu = (backend: unknown): backend is WebGPUBackend =>
  typeof backend === 'object' && backend !== null && 'runWebGPUProgram' in backend;

/** `MaxPoolGrad`: each window's gradient goes to the first pixel that holds its maximum. tfjs-backend-webgpu's own gives it to the last. */
export const maxPoolGrad: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  if (!isWebgpu(backend))
    throw new ZooError(
      'backend',
      'webgpu kernels: called with a backend that is not tfjs-backend-webgpu. Use tfjs-backend-webgpu 4.22.',
    );
  const [dy, x, y] = [input(inputs, 'dy'), input(inputs, 'input'), input(inputs, 'output')];
  const info = poolInfo(shape4D(x.shape), attrs);
  const pair = (a: number, b: number) => ({ type: 'int32', data: [a, b] });
  return backend.runWebGPUProgram(program([...x.shape]), [x, y, dy], x.dtype, [
    pair(info.strideHeight, info.strideWidth),
    pair(info.padInfo.top, info.padInfo.left),
    pair(info.filterHeight, info.filterWidth),
    pair(info.outHeight, info.outWidth),
  ]);
};
