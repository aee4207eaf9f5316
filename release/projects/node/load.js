// Reads what save.js wrote, perhaps with an earlier version of the zoo: node load.js FOLDER
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadModel, loadWeights } from '@zoo/weights';
import { answers, network, trained } from './training.js';

const folder = process.argv[2];
const expected = JSON.parse(await readFile(path.join(folder, 'answers.json'), 'utf8'));
const compare = async (model, what) => {
  for (const [place, answer] of (await answers(model)).entries())
    assert.ok(
      Math.abs(answer - expected[place]) < 1e-5,
      `${what}: logit ${place} is ${answer}, was ${expected[place]}`,
    );
};
for (const name of ['model.safetensors', 'model.json']) {
  const { model, labels } = await loadModel(path.join(folder, name));
  assert.deepEqual(labels, ['dark', 'light']);
  await compare(model, name);
}
for (const name of ['model.safetensors', 'model.pth', 'model.npz', 'model.json', 'checkpoint.safetensors']) {
  const model = network();
  await loadWeights(model, path.join(folder, name));
  await compare(model, name);
}
const resumed = await trained(network(), { epochs: 2, resume: path.join(folder, 'checkpoint.safetensors') });
assert.deepEqual(resumed, { reason: 'finished', epochs: 2 });
