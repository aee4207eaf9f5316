// onnxruntime on the zoo's own ONNX files: node onnxruntime.mjs web|node THREADS FOLDER
import path from 'node:path';
import { presetSpec } from '@zoo/alexnet';
import { once, serve, timed } from './serve.mjs';

const [kind, threads, folder] = process.argv.slice(2);
const ort = await import(`onnxruntime-${kind}`);
if (kind === 'web') ort.env.wasm.numThreads = Number(threads);

const sessionOf = once((network) =>
  ort.InferenceSession.create(path.join(folder, `${network}.onnx`), {
    executionProviders: [kind === 'web' ? 'wasm' : 'cpu'],
    intraOpNumThreads: Number(threads),
  }),
);

await serve(`onnxruntime-${kind} ${ort.env.versions.common}, ${threads} threads`, {
  async forward(network, batch) {
    const session = await sessionOf(network);
    const [height, width, channels] = presetSpec(`alexnet/${network}`).input;
    const images = Float32Array.from({ length: batch * channels * height * width }, (_, i) => Math.sin(i));
    const input = new ort.Tensor('float32', images, [batch, channels, height, width]);
    return await timed(async () => {
      const outputs = await session.run({ [session.inputNames[0]]: input });
      await outputs[session.outputNames[0]].getData();
    });
  },
});
