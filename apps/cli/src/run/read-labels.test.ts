import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelsFor, readLabels } from './read-labels.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-labels-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = path.join(folder, 'labels');
  await writeFile(file, text);
  return readLabels(file);
}

describe('names of classes', () => {
  it.each([
    ['lines', '\uFEFFtench\r\ngoldfish, Carassius auratus\r\n\r\n'],
    ["Caffe's synset_words.txt", 'n01440764 tench\nn01443537 goldfish, Carassius auratus\n'],
    ['a JSON array', '["tench", "goldfish, Carassius auratus"]'],
    ['a JSON object by numbers', '{"1": "goldfish, Carassius auratus", "0": "tench"}'],
    [
      "Keras' imagenet_class_index.json",
      '{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish, Carassius auratus"]}',
    ],
    [
      "transformers' config.json",
      '{"model_type": "x", "id2label": {"0": "tench", "1": "goldfish, Carassius auratus"}}',
    ],
    ['a dictionary of Python', "{0: 'tench',\n 1: 'goldfish, Carassius auratus',\n}"],
    ['lines of YAML', "0: tench\n1: 'goldfish, Carassius auratus'\n"],
    ['lines of CSV', '0,tench\n1,"goldfish, Carassius auratus"\n'],
    ['lines of CSV with titles', 'index,name\n0,tench\n1,"goldfish, Carassius auratus"\n'],
    ['lines that count from 1', '1 tench\n2 goldfish, Carassius auratus\n'],
    ['numbers by names', '{"goldfish, Carassius auratus": 1, "tench": 0}'],
  ])('are read from %s', async (_, text) => {
    expect(await read(text)).toEqual(['tench', 'goldfish, Carassius auratus']);
  });

  it('are put in the order of their numbers', async () => {
    expect(await read('2,c\n0,a\n1,b\n')).toEqual(['a', 'b', 'c']);
  });

  it('may be alike where signs stand behind their numbers', async () => {
    expect(await read('0: crane\n1: crane\n')).toEqual(['crane', 'crane']);
  });

  it('keep quotes of the other kind as Python writes them', async () => {
    expect(await read(`{0: "jack-o'-lantern", 1: 'the "best"', 2: 'it\\'s'}`)).toEqual([
      "jack-o'-lantern",
      'the "best"',
      "it's",
    ]);
  });

  it.each([
    ['1 star\n2 stars\n3 stars', ['1 star', '2 stars', '3 stars']],
    ['3 doors\n5 windows', ['3 doors', '5 windows']],
    ['0\n1\n2', ['0', '1', '2']],
    [
      '2001: A Space Odyssey\n2010: The Year We Make Contact',
      ['2001: A Space Odyssey', '2010: The Year We Make Contact'],
    ],
    ['80 km/h\n30 km/h', ['80 km/h', '30 km/h']],
  ])('keep numbers of their own: %j', async (text, names) => {
    expect(await read(text)).toEqual(names);
  });

  it.each([
    ['{"0": "a", "2": "b"}', 'class 1 is missing'],
    ['0: a\n1: b\n3: d', 'class 2 is missing'],
    ['index,name\n1,a\n2,b\n4,d', 'class 3 is missing'],
    ['{"a": "b"}', 'has the key "a"'],
    ['["a", 3]', 'class 1 is 3'],
    ['["a"', 'is damaged JSON'],
    ['a\n\nb', 'class 1 has no name'],
  ])('are refused in %s', async (text, message) => {
    await expect(read(text)).rejects.toThrow(`${message}, expected one name a line, or JSON:`);
  });

  it('must be as many as the classes', async () => {
    expect(labelsFor(2, ['x', 'y'], undefined)).toEqual(['x', 'y']);
    expect(labelsFor(2, ['x', 'y'], { file: 'f', labels: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(() => labelsFor(3, [], { file: 'names.txt', labels: ['a', 'b'] })).toThrow(
      '--labels names.txt: names 2 classes, but the network has 3. Take the file that belongs to these weights.',
    );
    await expect(readLabels(path.join(folder, 'none'))).rejects.toThrow(
      'none: cannot be read, expected one name a line',
    );
  });
});
