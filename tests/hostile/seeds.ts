import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { writeBatch } from '../../packages/loaders/src/sets/cifar-batch.ts';
import { bmpFiles } from '../../packages/loaders/src/testing/bmp-files.ts';
import { onnxGraphBytes } from '../../packages/tensor-files/src/codecs/onnx/onnx-graph-bytes.ts';
import { tinyGraph } from '../../packages/tensor-files/src/testing/tiny-graph.ts';
import { scalarsMessage, versionMessage } from '../../packages/trainers/src/tensorboard/event-message.ts';
import { tfRecord } from '../../packages/trainers/src/tensorboard/tfrecord.ts';
import type { Files } from './bomb.ts';
import { tarEntry, tarHeader } from './bombs/sets.ts';
import { big, forgedZip, joined, list, little, zeros } from './bytes.ts';
import type { ReaderName } from './readers.ts';
import { runRecord, smallSpec } from './small-run.ts';

/** A small good file of a format, from which others are made by damage. */
export interface Seed {
  name: string;
  reader: ReaderName;
  files: Files;
}

const fixtures = [
  'net.pth',
  'odd.pth',
  'checkpoint.pth',
  'net-legacy.pth',
  'odd-legacy.pth',
  'odd.safetensors',
  'v1.npy',
  'v3.npy',
  'dictionary-3.npy',
  'stored.npz',
  'deflated.npz',
  'v1.caffemodel',
  'v2.caffemodel',
  'mean.binaryproto',
  'net.weights.h5',
  'net.h5',
  'earliest.h5',
  'net.keras',
  'qoperator.onnx',
] as const;
const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../packages/tensor-files/fixtures/${name}`, import.meta.url)));

async function onnx(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of onnxGraphBytes(tinyGraph)) pieces.push(piece.slice());
  return joined(...pieces);
}

const safetensors = (tensors: object, metadata: object, data: Uint8Array) => {
  const header = JSON.stringify({ ...(Object.keys(metadata).length > 0 && { __metadata__: metadata }), ...tensors });
  return joined(little(header.length, 8), header, data);
};
/** A model of `smallSpec`, as `saveWeights` writes it. */
const smallModel = safetensors(
  {
    'conv1.weight': { dtype: 'F32', shape: [2, 3, 3, 3], data_offsets: [0, 216] },
    'conv1.bias': { dtype: 'F32', shape: [2], data_offsets: [216, 224] },
    '3.weight': { dtype: 'F32', shape: [2, 72], data_offsets: [224, 800] },
    '3.bias': { dtype: 'F32', shape: [2], data_offsets: [800, 808] },
  },
  { 'zoo.spec': JSON.stringify(smallSpec), 'zoo.labels': '["a","b"]' },
  zeros(808),
);
const one = { a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } };
const topology = {
  class_name: 'Sequential',
  config: { name: 's', layers: [{ class_name: 'Dense', config: { name: 'd', units: 2, activation: 'relu' } }] },
};
const tfjs = {
  format: 'layers-model',
  modelTopology: topology,
  weightsManifest: [
    {
      paths: ['1.bin', '2.bin'],
      weights: [
        { name: 'd/kernel', shape: [2, 2], dtype: 'float32' },
        { name: 'd/bias', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', min: 0, scale: 0.1 } },
      ],
    },
  ],
  userDefinedMetadata: { note: 'n' },
};

/** A noisy picture: one of a single colour has hardly a byte that means something. */
const noise = Uint8Array.from({ length: 24 * 20 * 3 }, (_, i) => (i * 7919 + (i >> 3) * 104_729) % 256);
const picture = async (format: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif', options: object = {}) =>
  new Uint8Array(
    await sharp(noise, { raw: { width: 24, height: 20, channels: 3 } })
      .toFormat(format, options)
      .toBuffer(),
  );
const bmp = (name: RegExp) => bmpFiles().find((one) => name.test(one.name))?.file ?? zeros(0);

const tar = () => {
  const data = joined('abc', zeros(509));
  return new Uint8Array(
    gzipSync(joined(tarHeader('folder/b.bin', 3), data, tarHeader('folder/a.bin', 3), data, zeros(1024))),
  );
};

/** A shard of two pictures, one with a long name, and a class as a number and as JSON. */
const shard = (image: Uint8Array) => {
  const long = `${'deep/'.repeat(30)}b`;
  const record = ` path=${long}.png\n`;
  return joined(
    tarEntry('a.png', image),
    tarEntry('a.cls', '1'),
    tarEntry('PaxHeader', `${record.length + 3}${record}`, 'x'),
    tarEntry('b.png', image),
    tarEntry('././@LongLink', `${long}.json\0`, 'L'),
    tarEntry('b.json', '{"width":24,"label":0}'),
    zeros(1024),
  );
};

/** TensorBoard's file of a training of five steps. */
const eventFile = () =>
  joined(
    tfRecord(versionMessage(1e9)),
    list(5, (index) => tfRecord(scalarsMessage({ step: index + 1, scalars: [{ tag: 'loss/train', value: 2 }] }, 1e9))),
  );

export async function seeds(): Promise<Seed[]> {
  const weights = (name: string, files: Files): Seed => ({ name, reader: 'weights', files });
  const pictures = (name: string, file: Uint8Array): Seed => ({ name, reader: 'picture', files: { [name]: file } });
  return [
    ...(await Promise.all(fixtures.map(async (name) => weights(name, { [name]: await fixture(name) })))),
    weights('tiny.onnx', { 'tiny.onnx': await onnx() }),
    weights('model.safetensors.index.json', {
      'model.safetensors.index.json': JSON.stringify({
        metadata: { total_size: 8 },
        weight_map: { a: 'one.safetensors' },
      }),
      'one.safetensors': safetensors(one, {}, zeros(8)),
    }),
    weights('model.json', { 'model.json': JSON.stringify(tfjs), '1.bin': zeros(10), '2.bin': zeros(8) }),
    { name: 'small.safetensors', reader: 'model', files: { 'small.safetensors': smallModel } },
    { name: 'spec.json', reader: 'spec', files: { 'spec.json': JSON.stringify(smallSpec) } },
    { name: 'recipe.json', reader: 'recipe', files: { 'recipe.json': JSON.stringify(smallSpec.recipe) } },
    { name: 'run.json', reader: 'run record', files: { 'run.json': JSON.stringify(runRecord) } },
    {
      name: 'pictures.jsonl',
      reader: 'run pictures',
      files: { 'pictures.jsonl': '{"part":"test","name":"a.png","sha256":"00"}\n{"part":"training","name":"b.png"}\n' },
    },
    { name: 'labels.txt', reader: 'labels', files: { 'labels.txt': '0: cat\n1: dog\n2: "hen"\n' } },
    {
      name: 'labels.json',
      reader: 'labels',
      files: { 'labels.json': '{"id2label": {"0": "cat", "1": ["n01", "dog"]}}' },
    },
    { name: 'labels.csv', reader: 'labels', files: { 'labels.csv': 'index,name\n1,"dog, ""big"""\n0,cat\n' } },
    { name: 'labels.yaml', reader: 'labels', files: { 'labels.yaml': 'nc: 2\nnames:\n  0: cat\n  1: "dog"\n' } },
    {
      name: 'labels.pbtxt',
      reader: 'labels',
      files: { 'labels.pbtxt': 'item { id: 1 name: "cat" }\nitem { id: 2 display_name: "dog" }\n' },
    },
    pictures('a.png', await picture('png')),
    pictures('interlaced.png', await picture('png', { progressive: true, palette: true })),
    pictures('a.jpg', await picture('jpeg')),
    { name: 'plain.jpg', reader: 'picture in a worker', files: { 'plain.jpg': await picture('jpeg') } },
    pictures('progressive.jpg', await picture('jpeg', { progressive: true })),
    pictures('a.webp', await picture('webp')),
    pictures('lossless.webp', await picture('webp', { lossless: true })),
    pictures('a.gif', await picture('gif')),
    pictures('a.tif', await picture('tiff', { compression: 'lzw' })),
    pictures('tiled.tif', await picture('tiff', { compression: 'deflate', tile: true })),
    pictures('a.avif', await picture('avif')),
    pictures('a.bmp', bmp(/24/)),
    pictures('runs.bmp', bmp(/runs of 8/)),
    {
      name: 'a-idx3-ubyte',
      reader: 'idx',
      files: { 'a-idx3-ubyte': joined(big(0x803, 4), ...list(3, () => big(2, 4)), zeros(8)) },
    },
    { name: 'batch.bin', reader: 'cifar', files: { 'batch.bin': writeBatch(zeros(3072 * 2), [1, 2]) } },
    { name: 'a.gz', reader: 'gzip', files: { 'a.gz': new Uint8Array(gzipSync('a text')) } },
    { name: 'a.tgz', reader: 'tar', files: { 'a.tgz': tar() } },
    { name: 'shard.tar', reader: 'shard', files: { 'shard.tar': shard(await picture('png')) } },
    {
      name: 'shard.tar.gz',
      reader: 'shard',
      files: { 'shard.tar.gz': new Uint8Array(gzipSync(shard(await picture('png')))) },
    },
    { name: 'a.tfevents', reader: 'event file', files: { 'a.tfevents': eventFile() } },
    {
      name: 'a.whl',
      reader: 'wheel',
      files: { 'a.whl': forgedZip([{ name: 'folder/a.bin', data: 'abc'.repeat(20), deflate: true }]) },
    },
  ];
}
