// Everything that a later version of the zoo has to read: node save.js FOLDER
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { saveWeights } from '@zoo/weights';
import { answers, network, trained } from './training.js';

const folder = process.argv[2];
await mkdir(folder, { recursive: true });
const model = network();
await trained(model, { epochs: 1, checkpoint: path.join(folder, 'checkpoint.safetensors') });
for (const name of ['model.safetensors', 'model.pth', 'model.npz', 'model.json'])
  await saveWeights(model, path.join(folder, name), { labels: ['dark', 'light'] });
await writeFile(path.join(folder, 'answers.json'), JSON.stringify(await answers(model)));
