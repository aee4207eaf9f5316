import { gunzipSync, gzipSync } from 'node:zlib';
import { type Random, random } from '@zoo/core';
import { mutate } from '../../../packages/tensor-files/src/testing/mutate.ts';
import { tfRecord, tfRecords } from '../../../packages/trainers/src/tensorboard/tfrecord.ts';
import type { Files } from '../bomb.ts';
import { joined, little } from '../bytes.ts';
import type { Seed } from '../seeds.ts';
import { otherNpy, otherTar, otherZip } from './containers.ts';
import { otherJson } from './json.ts';
import { otherWords } from './numbers.ts';
import { otherPickle } from './pickles.ts';
import { otherAvif, otherJpeg, otherPng, otherTiff, otherWebp } from './pictures.ts';
import { otherProtobuf } from './protobuf.ts';

type Mutate = (bytes: Uint8Array, random: Random) => Uint8Array | Promise<Uint8Array>;

const json: Mutate = (bytes, random) => joined(otherJson(new TextDecoder().decode(bytes), random));
/** A header of JSON behind its length. */
const safetensors: Mutate = (bytes, random) => {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = joined(otherJson(new TextDecoder().decode(bytes.subarray(8, 8 + length)), random));
  return joined(
    little(random.integer(20) === 0 ? header.length + random.integer(9) - 4 : header.length, 8),
    header,
    bytes.subarray(8 + length),
  );
};
const lines: Mutate = (bytes, random) => {
  const all = new TextDecoder().decode(bytes).split('\n');
  const at = random.integer(all.length);
  const line = all[at] ?? '';
  all[at] = line.startsWith('{') ? otherJson(line, random) : line.repeat(random.integer(4));
  return joined(all.join('\n'));
};
/** A text inside gzip, whose checksum is right. */
const gzip: Mutate = (bytes, random) => new Uint8Array(gzipSync(mutate(new Uint8Array(gunzipSync(bytes)), random)));
const zip: Mutate = (bytes, random) =>
  otherZip(bytes, random, async (content, name) => ofFormat(name)(content, random));
/** Sizes and places of HDF5's superblock, headers and trees are numbers of two, four and eight bytes. */
const words: Mutate = (bytes, random) => otherWords(bytes, random);
const head: Mutate = (bytes, random) => otherWords(bytes, random, true, 0, Math.min(64, bytes.length));

const tar: Mutate = (bytes, random) => new Uint8Array(gunzipSync(otherTar(new Uint8Array(gzipSync(bytes)), random)));
/** An event file with a record of another content, whose checksums are right. */
const events: Mutate = async (bytes, random) => {
  const records = [...tfRecords(bytes)].map(({ content }) => content);
  const at = random.integer(records.length);
  const changed = await otherProtobuf(joined(records[at] ?? ''), random);
  return joined(records.map((content, index) => tfRecord(index === at ? changed : content)));
};

/** By the endings of names. */
const formats: readonly (readonly [RegExp, Mutate])[] = [
  [/\.jsonl$|labels\.txt$/, lines],
  [/\.json$/, json],
  [/\.safetensors$/, safetensors],
  [/legacy\.pth$|\.pkl$/, otherPickle],
  [/\.(pth|npz|keras|whl)$/, zip],
  [/\.npy$/, otherNpy],
  [/\.(onnx|caffemodel|binaryproto)$/, otherProtobuf],
  [/\.h5$/, words],
  [/\.png$/, otherPng],
  [/\.jpg$/, otherJpeg],
  [/\.webp$/, otherWebp],
  [/\.avif$/, otherAvif],
  [/\.tif$/, otherTiff],
  [/\.(gif|bmp)$|ubyte$/, head],
  [/\.(tgz|tar\.gz)$/, otherTar],
  [/\.tar$/, tar],
  [/\.tfevents$/, events],
  [/\.gz$/, gzip],
];
const ofFormat = (name: string): Mutate => formats.find(([ending]) => ending.test(name))?.[1] ?? mutate;

/** Mutation `number` of a seed's files: the first is changed as its format is made, one time in five some bytes after that, too. */
export async function mutated({ name, files }: Seed, number: number): Promise<Files> {
  const numbers = random(7, number, name.length);
  const [[first, content] = ['', ''], ...others] = Object.entries(files);
  let bytes: Uint8Array = joined(content);
  const rounds = 1 + Math.floor(3 * numbers.uniform() ** 3);
  for (let round = 0; round < rounds; round++) {
    try {
      bytes = await ofFormat(first)(bytes, numbers);
    } catch {
      // What is no file of its format any more is damaged byte by byte.
      bytes = mutate(bytes, numbers);
    }
  }
  if (numbers.integer(5) === 0) bytes = mutate(bytes, numbers);
  return { [first]: bytes, ...Object.fromEntries(others) };
}
