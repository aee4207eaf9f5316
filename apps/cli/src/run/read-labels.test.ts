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

async function read(text: string | Buffer, name = 'labels', onNotice: (line: string) => void = () => {}) {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return [...(await readLabels(file, onNotice)).labels];
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

  it.each([
    ['CSV with doubled quotes', 'a.csv', 'id,name\n0,"a ""quoted"" one"\n1,"b, c"\n'],
    ['CSV with names first', 'b.csv', '"a ""quoted"" one",0\n"b, c",1\n'],
    ['CSV in any order', 'c.csv', 'name;index\n"b, c";1\n"a ""quoted"" one";0\n'],
    ['CSV of more columns', 'd.csv', 'class_index,wnid,class_name\n1,n2,"b, c"\n0,n1,"a ""quoted"" one"\n'],
    ['CSV of one column', 'e.csv', 'label\n"a ""quoted"" one"\n"b, c"\n'],
    ['TSV', 'f.tsv', '0\ta "quoted" one\n1\tb, c\n'],
    ['the data.yaml of YOLO', 'g.yaml', 'train: x\nnc: 2\nnames:\n  0: a "quoted" one\n  1: b, c\n'],
    ['the same under another name', 'g.txt', "nc: 2\nnames: ['a \"quoted\" one', 'b, c'] # two\n"],
    ['a list of YAML', 'h.yml', '- a "quoted" one\n- b, c\n'],
    ['numbers by names in YAML', 'i.yaml', 'a "quoted" one: 0\nb, c: 1\n'],
    [
      "a label map of TensorFlow's",
      'j.pbtxt',
      'item {\n  id: 2\n  name: \'b, c\'\n}\nitem { id: 1 name: \'/m/1\' display_name: "a \\"quoted\\" one" }\n',
    ],
    ['JSON lines', 'k.jsonl', '{"id": 1, "label": "b, c"}\n{"id": 0, "label": "a \\"quoted\\" one"}\n'],
    [
      'categories of COCO',
      'l.json',
      '{"categories": [{"id": 1, "name": "a \\"quoted\\" one"}, {"id": 2, "name": "b, c"}]}',
    ],
    ['a list of JavaScript', 'm.ts', 'export const NAMES: string[] = [\'a "quoted" one\', "b, c"];\n'],
    ['old line ends of the Mac', 'n.txt', 'a "quoted" one\rb, c\r'],
    ['Places365', 'o.txt', 'a "quoted" one 0\nb, c 1\n'],
    ['UTF-16, as PowerShell writes it', 'p.txt', Buffer.from('\uFEFFa "quoted" one\r\nb, c\r\n', 'utf16le')],
  ])('are read from %s', async (_, name, text) => {
    expect(await read(text, name)).toEqual(['a "quoted" one', 'b, c']);
  });

  it('are all text in YAML', async () => {
    expect(await read('names: [no, 1, ~]', 'data.yaml')).toEqual(['no', '1', '~']);
  });

  it('are read from Windows-1252, which is told, where they look like it', async () => {
    const notices: string[] = [];
    expect(await read(Buffer.from('cat\n\xe9t\xe9', 'latin1'), 'w.txt', (line) => notices.push(line))).toEqual([
      'cat',
      'été',
    ]);
    expect(notices).toEqual([
      `--labels ${path.join(folder, 'w.txt')}: is not UTF-8, and is read as Windows-1252 (Latin-1). Line 2 is "été": if that is wrong, save the file as UTF-8.`,
    ]);
    const quotes = Buffer.from('\x93Jake\x94\nd\x92or', 'latin1');
    expect(await read(quotes, 'w.txt')).toEqual(['“Jake”', 'd’or']);
    const russian = Buffer.from([0x63, 0x0a, 0xea, 0xee, 0xf8, 0xea, 0xe0]);
    await expect(read(russian)).rejects.toThrow('is not UTF-8 (line 2). Save it as UTF-8, expected');
    await expect(read(Buffer.from('cat\ndog', 'utf16le'))).rejects.toThrow('is no text in UTF-8');
  });

  it.each([
    ['xlsx.csv', 'PK\x03\x04', 'is a workbook of Excel or another ZIP archive. Save it as CSV (UTF-8)'],
    ['a.xls', '\xd0\xcf\x11\xe0', 'is a file of Excel or Word before 2007'],
    ['a.rtf', '{\\rtf1', 'is RTF'],
    ['a.pkl', '\x80\x04', 'is a pickle of Python'],
    ['a.npy', '\x93NUMPY', 'is an array of NumPy'],
    ['a.txt', '\n<!DOCTYPE html>', 'is a web page. Download the file itself, which sites call "raw"'],
    ['b.txt', 'version https://git-lfs.github.com/spec/v1\n', 'is a pointer of Git LFS'],
    ['a.yaml', 'names: [a, b', 'is damaged YAML'],
    ['a.json', 'cat\ndog', 'is damaged JSON'],
    ['a.pbtxt', 'item { id: 1 name: "a" }\nitem { name: "b" }', 'item 2 has no id'],
    ['b.pbtxt', 'item { id: 1 name: "a" }\nitem { id: 3 name: "b" }', 'class 2 is missing'],
    ['c.pbtxt', 'item { id: 1 name: "a" }\nitem { id: 1 name: "b" }', 'class 1 has two names'],
    [
      'a.csv',
      'image,label\n1.png,cat\n2.png,dog\n3.png,cat\n',
      'is a table of 2 columns ("image", "label"), of which none counts',
    ],
    ['b.csv', 'id,label\n0,cat\n1,dog\n2,cat\n3,dog\n', 'is a table of 2 columns ("id", "label")'],
    ['c.csv', 'class,probability\n0,0.5\n1,0.2\n', 'is a table of 2 columns'],
  ])('are refused in %s: %j', async (name, text, message) => {
    await expect(read(Buffer.from(text, 'latin1'), name)).rejects.toThrow(`${path.join(folder, name)}: ${message}`);
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
    ['level 0\nlevel 1\nlevel 2', ['level 0', 'level 1', 'level 2']],
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
    await expect(read(text)).rejects.toThrow(
      `${message}, expected one name a line, or JSON, YAML, CSV or pbtxt of names:`,
    );
  });

  it('must be as many as the classes', async () => {
    expect(labelsFor(2, ['x', 'y'], undefined)).toEqual(['x', 'y']);
    expect(labelsFor(2, ['x', 'y'], { file: 'f', labels: ['a', 'b'], form: 'a line each' })).toEqual(['a', 'b']);
    expect(() => labelsFor(3, [], { file: 'names.txt', labels: ['a', 'b'], form: 'a line each' })).toThrow(
      '--labels names.txt: names 2 classes, read a line each ("a", "b"), but the network has 3. Take the file that belongs to these weights.',
    );
    await expect(readLabels(path.join(folder, 'none'), () => {})).rejects.toThrow(
      'none: is not there, expected a file of one name a line',
    );
    await expect(readLabels(folder, () => {})).rejects.toThrow(`${folder}: is a folder, expected a file of one name`);
  });
});
