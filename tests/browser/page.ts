import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { TestProject } from 'vitest/node';
import { modelFile, presetNames, smallModel } from '../small-models.ts';
import { decodedPictures } from './decoded-pictures.ts';
import { startFileServer } from './file-server.ts';
import { shardsForPage } from './shards.ts';

/** What a page of Chromium has: WebGPU on its own software adapter, nothing of Node's, model files that Node has written, pictures that it has decoded, and a server. */
export default async function page(project: TestProject): Promise<() => void> {
  project.provide('complete', process.env.ZOO_TESTS === 'complete');
  project.provide('webgpu', true);
  project.provide('node', false);
  project.provide('nodeGpu', false);
  // Keeps tfjs from advertising other backends.
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const files: Record<string, string> = {};
  for (const name of presetNames) {
    files[name] = await modelFile(smallModel(name));
    tf.disposeVariables();
  }
  project.provide('modelFiles', files);
  project.provide('pictures', await decodedPictures());
  project.provide('shards', await shardsForPage());
  const { url, stop } = await startFileServer();
  project.provide('fileServer', url);
  return stop;
}
