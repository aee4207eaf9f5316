import { afterEach, describe, expect, it, vi } from 'vitest';

// What pages and Node have, and some environments of test runners have not: jsdom in Jest, for one. Code that needs one of these says
// so when it is called; an import works without.
const missing = [
  'TextEncoder',
  'TextDecoder',
  'Response',
  'Request',
  'Headers',
  'fetch',
  'ReadableStream',
  'Blob',
  'File',
];

const packages: Readonly<Record<string, () => Promise<unknown>>> = {
  core: () => import('@zoo/core'),
  spec: () => import('@zoo/spec'),
  fetch: () => import('@zoo/fetch'),
  'tensor-files': () => import('@zoo/tensor-files'),
  'tensor-files/onnx': () => import('@zoo/tensor-files/onnx'),
  'tensor-files/pytorch': () => import('@zoo/tensor-files/pytorch'),
  loaders: () => import('@zoo/loaders'),
  layers: () => import('@zoo/layers'),
  alexnet: () => import('@zoo/alexnet'),
  weights: () => import('@zoo/weights'),
  trainers: () => import('@zoo/trainers'),
  inspect: () => import('@zoo/inspect'),
};

afterEach(() => void vi.unstubAllGlobals());

describe('without newer globals', () => {
  it.each(Object.entries(packages))('@zoo/%s is imported', async (_, load) => {
    vi.resetModules();
    for (const name of missing) vi.stubGlobal(name, undefined);
    expect(await load()).toBeTypeOf('object');
  });
});
