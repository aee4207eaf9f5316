// What the wasm kernels reach at the sizes of a network's layers, beside the bare loop that no product of matrices can exceed:
// node bench/kernels.mjs [--network torchvision] [--batch 8] [--threads 1] [--seconds 0.5] [--out FILE.json]
// A grouped convolution is measured beside the same layer in one group, of which it needs a share of the operations.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** The module as it is committed: the relaxed one where this engine has it. */
function compiledModule() {
  const folder = new URL('../packages/kernels/src/wasm/module/generated/', import.meta.url);
  for (const name of ['relaxed', 'simd128']) {
    const [base64] = /(?<=')[A-Za-z0-9+/=]{1000,}(?=')/.exec(readFileSync(new URL(`${name}.ts`, folder), 'utf8'));
    const bytes = Buffer.from(base64, 'base64');
    if (WebAssembly.validate(bytes)) return { name, module: new WebAssembly.Module(bytes) };
  }
  throw new Error('This engine has no WebAssembly SIMD.');
}

/** Billions of operations a second of tiles on panels in the first cache. */
function bareRate(module, rows, seconds) {
  const memory = new WebAssembly.Memory({ initial: 512 });
  const { bareTiles } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const [a, b, c, depth, times, columns] = [1 << 20, 1 << 21, 1 << 22, 256, 2000, 8];
  const once = () => {
    const began = performance.now();
    bareTiles(a, b, c, depth, times);
    return performance.now() - began;
  };
  const until = performance.now() + 1000 * seconds;
  let best = Number.POSITIVE_INFINITY;
  while (performance.now() < until) best = Math.min(best, once());
  return (2 * rows * columns * depth * times) / best / 1e6;
}

if (!isMainThread) {
  parentPort.postMessage(bareRate(workerData.module, workerData.rows, workerData.seconds));
} else {
  const { values } = parseArgs({
    options: {
      network: { type: 'string', default: 'torchvision' },
      batch: { type: 'string', default: '8' },
      threads: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '0.5' },
      out: { type: 'string' },
    },
  });
  const [threads, batch, seconds] = [Number(values.threads), Number(values.batch), Number(values.seconds)];
  const tf = await import('@tensorflow/tfjs-core');
  const { presetSpec } = await import('@zoo/alexnet');
  const { useBackend } = await import('@zoo/backends');
  const { inferShapes } = await import('@zoo/spec');
  const { shown } = await import('./times.mjs');

  const { name, module } = compiledModule();
  const rows = name === 'relaxed' ? 6 : 4;
  const rates = await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { module, rows, seconds: 2 } });
      return await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    }),
  );
  const bare = rates.reduce((sum, rate) => sum + rate, 0);
  const backend = await useBackend('wasm', { threads });
  console.log(`${backend.detail}, ${name}, batch ${batch}. The bare loop: ${shown(bare)} GFLOP/s`);

  /** Of each call the fastest of its runs: the time of the kernel when nothing else runs. Several calls are measured alternately. */
  async function ratesOf(calls) {
    const run = ({ kernel, inputs, attributes }) => {
      const began = performance.now();
      tf.dispose(tf.engine().runKernel(kernel, inputs, attributes));
      return performance.now() - began;
    };
    const best = calls.map(() => Number.POSITIVE_INFINITY);
    // Engines replace a function's first, slow code between calls.
    for (let i = 0; i < 3; i++) {
      calls.forEach(run);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const until = performance.now() + 1000 * seconds * calls.length;
    do
      calls.forEach((call, i) => {
        best[i] = Math.min(best[i], run(call));
      });
    while (performance.now() < until);
    return best.map((milliseconds, i) => ({ milliseconds, gigaflops: calls[i].operations / milliseconds / 1e6 }));
  }

  const results = [];
  function report(layer, work, measured) {
    const share = measured.gigaflops / bare;
    const ratio = measured.ratio === undefined ? '' : `, ${measured.ratio.toFixed(2)} of the time ungrouped`;
    results.push({ layer, work, ...measured, share });
    console.log(
      `  ${layer.padEnd(25)} ${work.padEnd(16)} ${shown(measured.milliseconds).padStart(6)} ms  ${shown(measured.gigaflops).padStart(5)} GFLOP/s  ${(100 * share).toFixed(0).padStart(3)} %${ratio}`,
    );
  }

  /** The calls of a convolution of a layer's sizes, in so many groups. */
  function callsOf({ kernel, stride, padding }, input, output, groups) {
    const [x, dy] = [tf.randomNormal([batch, ...input]), tf.randomNormal([batch, ...output])];
    const filter = tf.randomNormal([kernel, kernel, input[2] / groups, output[2]]);
    const operations = 2 * batch * output[0] * output[1] * filter.size;
    const pad = [
      [0, 0],
      [padding, padding],
      [padding, padding],
      [0, 0],
    ];
    const [prefix, attributes] =
      groups === 1
        ? ['Conv2D', { strides: [stride, stride], pad, dataFormat: 'NHWC', dilations: [1, 1] }]
        : ['GroupedConv2D', { stride, padding, groups, dilation: 1 }];
    const shapes = { ...attributes, inputShape: x.shape, filterShape: filter.shape };
    return {
      forward: { kernel: prefix, inputs: { x, filter }, attributes, operations },
      'input gradient': { kernel: `${prefix}BackpropInput`, inputs: { dy, filter }, attributes: shapes, operations },
      'filter gradient': { kernel: `${prefix}BackpropFilter`, inputs: { x, dy }, attributes: shapes, operations },
    };
  }

  for (const { path, layer, input, output } of inferShapes(presetSpec(`alexnet/${values.network}`)).layers) {
    if (layer.kind === 'conv') {
      const { kernel, groups } = layer;
      const title = `${path} ${kernel}x${kernel}`;
      const calls = callsOf(layer, input, output, groups);
      const ungrouped = groups > 1 ? callsOf(layer, input, output, 1) : undefined;
      for (const [work, call] of Object.entries(calls)) {
        const [own, whole] = await ratesOf(ungrouped ? [call, ungrouped[work]] : [call]);
        if (whole) {
          const ratio = own.milliseconds / whole.milliseconds;
          report(`${title}, ${groups} groups`, work, { ...own, ratio });
          report(`${title}, ungrouped`, work, whole);
        } else report(title, work, own);
      }
      tf.dispose([calls, ungrouped]);
    } else if (layer.kind === 'dense') {
      const [x, dy] = [tf.randomNormal([batch, input[0]]), tf.randomNormal([batch, output[0]])];
      const weight = tf.randomNormal([output[0], input[0]]);
      const title = `${path} ${input[0]} to ${output[0]}`;
      for (const [work, a, b, transposeA, transposeB] of [
        ['forward', x, weight, false, true],
        ['input gradient', dy, weight, false, false],
        ['weight gradient', dy, x, true, false],
      ]) {
        const [a3, b3] = [tf.expandDims(a), tf.expandDims(b)];
        const operations = 2 * batch * weight.size;
        const call = {
          kernel: 'BatchMatMul',
          inputs: { a: a3, b: b3 },
          attributes: { transposeA, transposeB },
          operations,
        };
        report(title, work, ...(await ratesOf([call])));
        tf.dispose([a3, b3]);
      }
      tf.dispose([x, dy, weight]);
    }
  }
  if (values.out)
    await writeFile(values.out, `${JSON.stringify({ ...values, instructions: name, bare, results }, undefined, 2)}\n`);
  process.exit(0);
}
