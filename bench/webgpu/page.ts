// One page, one run: this project and onnxruntime-web on the same adapter, the same network, weights and pictures.
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { inMemory } from '@zoo/loaders';
import { sgd, train, warmUp } from '@zoo/trainers';
import { onnxBytes } from '@zoo/weights';
import * as ort from 'onnxruntime-web/webgpu';
import '../../tests/browser/wasm-files.ts';

const query = new URLSearchParams(location.search);
const width = Number(query.get('width') ?? 0.25);
const batches = (query.get('batches') ?? '1,8').split(',').map(Number);
const repeats = Number(query.get('repeats') ?? 5);

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** Milliseconds of two contenders, measured alternately so that both run under the same load. */
async function duel(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let i = -1; i < repeats; i++)
    for (const [index, work] of [first, second].entries()) {
      const start = performance.now();
      await work();
      if (i >= 0) times[index]?.push(performance.now() - start);
    }
  return [median(times[0]), median(times[1])];
}

async function run(): Promise<object> {
  const backend = await useBackend('webgpu', { software: true });
  const model = alexnet('torchvision', { width, seed: 1 });
  const start = performance.now();
  await warmUp(model, { training: true });
  const warmUpSeconds = round((performance.now() - start) / 1000);

  const pieces: BlobPart[] = [];
  for await (const piece of onnxBytes(model)) pieces.push(Uint8Array.from(piece));
  const graph = new Uint8Array(await new Blob(pieces).arrayBuffer());
  const session = await ort.InferenceSession.create(graph, { executionProviders: ['webgpu'] });
  const forward = [];
  for (const batch of batches) {
    const pixels = Float32Array.from({ length: batch * 224 * 224 * 3 }, (_, i) => Math.sin(i));
    // Channels first, as PyTorch and ONNX have it.
    const planes = Float32Array.from(pixels, (_, i) => {
      const [n, c, place] = [Math.floor(i / (3 * 224 * 224)), Math.floor(i / (224 * 224)) % 3, i % (224 * 224)];
      return pixels[(n * 224 * 224 + place) * 3 + c] ?? 0;
    });
    let ours: ArrayLike<number> = [];
    let theirs: ArrayLike<number> = [];
    const [zoo, onnx] = await duel(
      async () => {
        const y = tf.tidy(() => model.predict(tf.tensor4d(pixels, [batch, 224, 224, 3])));
        if (y instanceof tf.Tensor) ours = await y.data();
        tf.dispose(y);
      },
      async () => {
        const results = await session.run({
          [session.inputNames[0] ?? '']: new ort.Tensor('float32', planes, [batch, 3, 224, 224]),
        });
        const values = await results[session.outputNames[0] ?? '']?.getData();
        if (values instanceof Float32Array) theirs = values;
      },
    );
    const difference = Array.from(ours).reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (theirs[i] ?? Number.NaN))),
      0,
    );
    forward.push({
      batch,
      zooMs: round(zoo),
      onnxruntimeMs: round(onnx),
      ratio: round(zoo / onnx, 2),
      largestDifference: difference,
    });
  }

  const batchSize = batches.at(-1) ?? 8;
  const steps: number[] = [];
  const pixels = new Uint8Array(batchSize * (repeats + 1) * 224 * 224 * 3).map((_, i) => i * 31);
  const labels = new Uint8Array(batchSize * (repeats + 1)).map((_, i) => i % 1000);
  const pictures = inMemory({
    name: 'noise',
    classes: Array.from({ length: 1000 }, (_, i) => String(i)),
    pixels,
    labels,
    height: 224,
    width: 224,
    channels: 3,
  });
  let before = performance.now();
  for await (const { type } of train(model, pictures, {
    epochs: 1,
    batchSize,
    optimizer: sgd({ learningRate: 0.001 }),
  })) {
    if (type === 'step') steps.push(performance.now() - before);
    before = performance.now();
  }
  return {
    adapter: backend.detail,
    browser: navigator.userAgent,
    onnxruntimeWeb: ort.env.versions.web,
    width,
    warmUpSeconds,
    forward,
    trainingStep: { batch: batchSize, zooMs: round(median(steps.slice(1))), onnxruntimeMs: null },
  };
}

const result = await run().catch((error: unknown) => ({ error: error instanceof Error ? error.stack : String(error) }));
const element = document.getElementById('result');
if (element) element.textContent = JSON.stringify(result, null, 2);
document.title = 'done';
