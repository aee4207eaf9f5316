import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { requireWeights } from './require-weights.ts';

it.each([
  ['saved_model.pb', /: is a SavedModel of TensorFlow, which the zoo doesn't read\. In TensorFlow, save the model as/],
  ['__0_0.distcp', /: is a distributed checkpoint of PyTorch, .* Make one file of it: python -m torch\.distributed/],
  ['model.json', /: is a folder, not a file of weights\. Name its model\.json\./],
  ['model.safetensors.index.json', /: is a folder, not a file of weights\. Name its \.safetensors\.index\.json\./],
  ['model.safetensors', /: is a folder, not a file of weights\. Name its model\.safetensors\./],
  ['pytorch_model.bin', /: is a folder, not a file of weights\. Name its pytorch_model\.bin\./],
  ['notes.txt', /run\.json: cannot be read, expected the record of a run/],
])('a folder with %s is told as what it is', async (name, message) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-folder-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, name), '');
  expect(() => requireWeights(folder)).toThrow(message);
});
