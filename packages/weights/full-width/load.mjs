// The zoo's half of check.py: loads what PyTorch wrote, and writes what PyTorch is to load.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { torchSource } from '@zoo/inspect';
import { specOf } from '@zoo/layers';
import { loadWeights, openTensors, saveWeights } from '@zoo/weights';

const [preset, folder] = process.argv.slice(2);
const file = (name) => path.join(folder, name);
tf.enableProdMode();
await useBackend('wasm');

const golden = await openTensors(file('golden.safetensors'));
const input = golden.tensors.get('input');
const values = await input.read();
const expected = await golden.tensors.get('logits').read();
const pixels = tf.tidy(() => tf.transpose(tf.tensor4d(values, input.shape), [0, 2, 3, 1]));

const results = {};
for (const name of ['zip.pth', 'legacy.pth', 'torch.safetensors']) {
  const model = alexnet(preset, { seed: 1 });
  const report = await loadWeights(model, file(name));
  if (report.rule !== 'spec' || report.unused.length > 0) throw new Error(`${name}: ${JSON.stringify(report)}`);
  const logits = model.predict(pixels);
  const ours = await logits.data();
  const largest = Math.max(...expected.map(Math.abs));
  results[name] = Math.max(...ours.map((value, place) => Math.abs(value - expected[place]))) / largest;
  if (name === 'torch.safetensors') {
    for (const ending of ['.pth', '.safetensors', '.onnx']) await saveWeights(model, file(`zoo${ending}`));
    await writeFile(file('model.py'), torchSource(specOf(model)));
  }
  model.dispose();
}
await golden.close();
process.stdout.write(JSON.stringify(results));
process.exit(0);
