import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openBinaryproto, openCaffemodel } from './caffe.ts';
import { formats } from './formats.ts';
import { openHdf5, openKeras } from './hdf5.ts';
import { openNpy, openNpz } from './npy.ts';
import { onnxGraphBytes, openOnnx } from './onnx.ts';
import type { Open } from './open-file.ts';
import { openTensors } from './open-tensors.ts';
import { openPytorch } from './pytorch.ts';
import { openSafetensors } from './safetensors.ts';
import { tinyGraph } from './testing/tiny-graph.ts';
import { openTfjs } from './tfjs.ts';

/** A file of each format, and the reader of that format alone. */
const examples: Readonly<Record<string, { name: string; open: Open; bytes?: () => AsyncIterable<Uint8Array> }>> = {
  pytorch: { name: 'net.pth', open: openPytorch },
  'pytorch-legacy': { name: 'net-legacy.pth', open: openPytorch },
  npy: { name: 'v1.npy', open: openNpy },
  keras: { name: 'net.keras', open: openKeras },
  npz: { name: 'stored.npz', open: openNpz },
  hdf5: { name: 'net.h5', open: openHdf5 },
  safetensors: { name: 'odd.safetensors', open: openSafetensors },
  sharded: {
    name: 'model.safetensors.index.json',
    open: openSafetensors,
    async *bytes() {
      yield new TextEncoder().encode('{"weight_map": {}}');
    },
  },
  tfjs: {
    name: 'model.json',
    open: openTfjs,
    async *bytes() {
      yield new TextEncoder().encode('{"weightsManifest": []}');
    },
  },
  caffemodel: { name: 'v2.caffemodel', open: openCaffemodel },
  binaryproto: { name: 'mean.binaryproto', open: openBinaryproto },
  onnx: { name: 'tiny.onnx', open: openOnnx, bytes: () => onnxGraphBytes(tinyGraph) },
};

async function exampleOf(format: string): Promise<File> {
  const { name = '', bytes } = examples[format] ?? {};
  if (!bytes) return new File([await readFile(new URL(`../fixtures/${name}`, import.meta.url))], name);
  const parts: BlobPart[] = [];
  for await (const piece of bytes()) parts.push(new Uint8Array(piece));
  return new File(parts, name);
}

describe('the table of formats', () => {
  it('has each format once', () => {
    expect(formats.map(({ name }) => name)).toEqual(Object.keys(examples));
  });

  it.each(formats)('$name: is found by what a file holds, or its ending, and read alone as well', async (format) => {
    const example = await exampleOf(format.name);
    const found = await openTensors(example);
    const alone = await examples[format.name]?.open(example);
    expect(found.format).toBe(format.name);
    expect(alone?.format).toBe(format.name);
    expect([...(alone?.tensors.keys() ?? [])]).toEqual([...found.tensors.keys()]);
    expect(alone?.metadata).toEqual(found.metadata);
    // By the content alone, where that shows it.
    if (format.recognised) expect((await openTensors(new Blob([example]))).format).toBe(format.name);
  });
});
