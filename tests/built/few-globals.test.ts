import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

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

const packages = [
  'core',
  'spec',
  'fetch',
  'tensor-files',
  'tensor-files/onnx',
  'tensor-files/pytorch',
  'loaders',
  'layers',
  'alexnet',
  'cifar10-weights',
  'zfnet',
  'lenet',
  'weights',
  'trainers',
  'inspect',
];

// A process of its own, as the runner of these tests needs some of them itself; with the conditions that Jest's jsdom sets.
const load = (entry: string) => `
  for (const name of ${JSON.stringify(missing)}) delete globalThis[name];
  console.log(typeof TextDecoder, typeof require(${JSON.stringify(entry)}));`;

describe('without newer globals', () => {
  it.each(packages)('@zoo/%s is imported', async (name) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-C', 'browser', '-e', load(`@zoo/${name}`)]);
    expect(stdout.trim()).toBe('undefined object');
  });
});
