// The measurements behind the bounds of packages/kernels/src/wasm/choose-*.ts: at shapes on both sides of each bound, the time of the
// algorithm that is chosen beyond it as a share of the other's. One thread, minimum times, measured alternately:
// node bench/algorithms.mjs [--instructions relaxed] [--seconds 0.5]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import v8 from 'node:v8';
import ts from 'typescript';

// Node 20 has relaxed SIMD behind a flag.
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

const { values } = parseArgs({
  options: { instructions: { type: 'string', default: 'relaxed' }, seconds: { type: 'string', default: '0.5' } },
});
const generated = (name) =>
  readFileSync(new URL(`../packages/kernels/src/wasm/module/generated/${name}.ts`, import.meta.url), 'utf8');
const boundary = ts.transpile(generated('boundary'), { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ESNext });
const { Control, jobBytes, jobOffset, writeGeometry } = await import(
  `data:text/javascript,${encodeURIComponent(boundary)}`
);
const [base64] = /(?<=')[A-Za-z0-9+/=]{1000,}(?=')/.exec(generated(values.instructions));

// A heap of 1 GB: the block that threads share, tensors from 1 MB on, scratch from 512 MB on. What lies in tensors is zeros.
const memory = new WebAssembly.Memory({ initial: 1 << 14 });
const { exports: kernels } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(base64, 'base64')), {
  env: { memory },
});
const [control, scratch] = [1 << 16, 1 << 29];
new Int32Array(memory.buffer)[(control + Control.threads) / 4] = 1;
kernels.initialize(control);

/** Addresses of three tensors, far enough from one another. */
const [a, b, c] = [1 << 20, 1 << 27, 1 << 28];

const once = (call) => {
  const began = performance.now();
  call();
  return performance.now() - began;
};

/** Minimum times of both, measured alternately. */
function compare(title, other, chosen) {
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const until = performance.now() + 1000 * Number(values.seconds);
  for (let turn = 0; turn < 6 || performance.now() < until; turn++)
    [other, chosen].forEach((call, i) => {
      best[i] = Math.min(best[i], once(call));
    });
  const [slow, fast] = best;
  console.log(
    `  ${title.padEnd(44)} ${slow.toFixed(2).padStart(8)} ms  ${fast.toFixed(2).padStart(8)} ms  ${(fast / slow).toFixed(2)}`,
  );
}

const gemm = (rows, columns, depth, transposeA, transposeB) => () => {
  kernels.planMatMul(a, b, 0, c, 1, rows, columns, depth, transposeA, transposeB, 0, 0, 0);
  kernels.multiply(scratch);
};

console.log(`${values.instructions}, one thread. Products of few rows: gemm, few rows, share`);
for (const [rows, columns, depth] of [
  ...[1, 8, 32, 64, 96].map((count) => [count, 4096, 4096]),
  ...[64, 128, 256, 512].map((size) => [8, size, size]),
])
  for (const [transposed, name] of [
    [1, 'fewRowsTransposed'],
    [0, 'fewRows'],
  ])
    compare(
      `${rows} rows, ${columns} x ${depth}${transposed ? ', transposed' : ''}`,
      gemm(rows, columns, depth, 0, transposed),
      () => {
        kernels.planFewRows(rows, columns, depth);
        kernels[name](a, b, 0, c, rows, columns, depth, 0, scratch);
      },
    );

console.log('Products of little depth: gemm, shallow, share');
for (const [size, depth] of [
  [2048, 1],
  [2048, 8],
  [2048, 32],
  [2048, 64],
  [256, 8],
  [64, 8],
  [1024, 32],
])
  compare(`${size} x ${size}, depth ${depth}`, gemm(size, size, depth, 1, 0), () =>
    kernels.shallow(a, b, c, size, size, depth, 1, 0, scratch),
  );

/** A convolution of stride and padding the same along both axes. */
function convolution(batchSize, size, inChannels, taps, outChannels, stride = 1, padding = (taps - 1) / 2) {
  const out = Math.floor((size + 2 * padding - taps) / stride) + 1;
  const input = { batchSize, inHeight: size, inWidth: size, inChannels };
  const filter = { filterHeight: taps, filterWidth: taps, strideHeight: stride, strideWidth: stride };
  const output = { outHeight: out, outWidth: out, outChannels };
  return {
    ...input,
    ...filter,
    ...output,
    groups: 1,
    dilationHeight: 1,
    dilationWidth: 1,
    top: padding,
    left: padding,
  };
}
const placed = (shape) => {
  const address = control + jobOffset + jobBytes;
  writeGeometry(new Int32Array(memory.buffer, address), shape);
  return address;
};
const forward = (shape) => () => {
  kernels.planConv2d(a, b, 0, c, placed(shape), 0);
  kernels.multiply(scratch);
};
const filterGradient = (shape) => () => {
  kernels.planConv2dBackpropFilter(a, c, b, placed(shape));
  kernels.multiply(scratch);
};
const winograd = (shape, kept) => () => {
  const bytes = kernels.planWinograd(a, b, 0, c, placed(shape), 0);
  if (!kept) kernels.winogradPanels(scratch, scratch + bytes);
  kernels.winograd(scratch, scratch + bytes);
};

console.log("Convolutions of 3x3 taps: gemm, Winograd's, share");
for (const [channels, batch, size] of [
  [128, 1, 12],
  [128, 1, 24],
  [128, 1, 32],
  [128, 4, 32],
  [16, 4, 32],
  [8, 4, 32],
  [32, 4, 32],
  [384, 1, 13],
]) {
  const shape = convolution(batch, size, channels, 3, channels);
  const tiles = batch * Math.ceil(size / 4) ** 2;
  compare(`${channels} channels, ${tiles} tiles`, forward(shape), winograd(shape, false));
}
console.log('The same, the panels of the filter kept');
for (const [channels, size] of [
  [128, 4],
  [128, 8],
  [128, 12],
  [384, 13],
])
  compare(
    `${channels} channels, ${Math.ceil(size / 4) ** 2} tiles`,
    forward(convolution(1, size, channels, 3, channels)),
    winograd(convolution(1, size, channels, 3, channels), true),
  );
console.log('Their filter gradient');
for (const [channels, batch, size] of [
  [128, 1, 24],
  [128, 1, 32],
  [128, 4, 32],
  [16, 4, 32],
]) {
  const shape = convolution(batch, size, channels, 3, channels);
  compare(`${channels} channels, ${batch * Math.ceil(size / 4) ** 2} tiles`, filterGradient(shape), () => {
    kernels.planWinogradBackpropFilter(a, c, b, placed(shape));
    kernels.winogradBackpropFilter(scratch);
  });
}

console.log('Convolutions of few channels: gemm, read from the image, share');
for (const shape of [
  convolution(4, 224, 3, 11, 64, 4, 2),
  convolution(4, 64, 3, 5, 32),
  convolution(4, 64, 3, 7, 32),
  convolution(4, 32, 8, 5, 32),
  convolution(4, 32, 12, 3, 32),
  convolution(4, 32, 15, 5, 32),
])
  compare(
    `${shape.inChannels} channels, ${shape.filterHeight}x${shape.filterWidth}, depth ${shape.inChannels * shape.filterHeight ** 2}`,
    forward(shape),
    () => {
      kernels.planFewChannels(a, b, 0, c, placed(shape), 0);
      kernels.fewChannels(scratch);
    },
  );
console.log('Their filter gradient');
for (const shape of [
  convolution(4, 224, 3, 11, 64, 4, 2),
  convolution(16, 6, 3, 5, 32),
  convolution(16, 8, 3, 5, 32),
  convolution(16, 16, 3, 5, 32),
])
  compare(
    `${shape.inChannels} channels, ${shape.filterHeight}x${shape.filterWidth}, lines of ${shape.outWidth} windows`,
    filterGradient(shape),
    () => {
      kernels.planFewChannelsBackpropFilter(a, c, b, placed(shape));
      kernels.fewChannels(scratch);
    },
  );

console.log("The input's gradient, with a stride: phase by phase, all phases at once, share");
for (const shape of [
  convolution(2, 224, 3, 11, 64, 4, 2),
  convolution(2, 64, 3, 7, 32, 2, 3),
  convolution(2, 64, 16, 5, 32, 2, 2),
]) {
  const { strideHeight: stride, filterHeight: taps, outChannels, inChannels } = shape;
  const [across, blocks] = [Math.ceil(taps / stride), Math.ceil(shape.inHeight / stride) + 1];
  const phases = convolution(
    shape.batchSize,
    shape.outHeight,
    outChannels,
    across,
    stride * stride * inChannels,
    1,
    across - 1,
  );
  compare(
    `${inChannels} channels, ${taps}x${taps}, stride ${stride}`,
    () => {
      for (let row = 0; row < stride; row++)
        for (let column = 0; column < stride; column++) {
          kernels.planConv2dBackpropInput(c, b, a, placed(shape), row, column);
          kernels.multiply(scratch);
        }
    },
    () => {
      kernels.subPixelFilter(b, a, placed(shape));
      forward({ ...phases, outHeight: blocks, outWidth: blocks })();
      kernels.spreadSubPixels(c, a, placed(shape), blocks, blocks);
    },
  );
}
