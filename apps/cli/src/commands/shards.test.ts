import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunPictures } from '../run/run-pictures.ts';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { twoColours, writeShard } from '../testing/shards.ts';
import { jsonLines, zoo, zooIn } from '../testing/zoo.ts';

const network = ['alexnet/cifar10-quick', '--width', '0.1', '--epochs', '1', '--batch-size', '4', '--threads', '1'];

let folder = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const train = (data: string, out: string, ...more: string[]) =>
  zooIn(folder, 'train', ...network, '--data', data, '--out', out, ...more);
const recordOf = (out: string) => readRunRecord(inFolder(out, 'run.json'));
const picturesOf = (out: string) => readRunPictures(inFolder(out, 'pictures.jsonl'));
const threads = ['--threads', '1'];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-cli-shards-'));
  await writeShard(inFolder('all', 'train-000.tar'), twoColours(10));
  await writeShard(inFolder('all', 'train-001.tar.gz'), twoColours(10, 10));
  await writeFile(inFolder('all', 'classnames.txt'), 'blue\nred\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo train --data SHARDS', () => {
  it('trains on a pattern, holds some out by their names, and records pictures, classes and hashes', async () => {
    const pattern = 'all/train-{000..000}.tar::all/train-{001..001}.tar.gz';
    const ended = await train(pattern, 'run');
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: expect.not.stringContaining('zoo:') });
    const { data } = await recordOf('run');
    const patterns = ['train-{000..000}.tar', 'train-{001..001}.tar.gz'].map((name) => inFolder('all', name));
    expect(data).toEqual({
      given: patterns.join('::'),
      name: 'train',
      classes: ['blue', 'red'],
      training: data.training,
      test: data.test,
      shards: { training: patterns },
    });
    expect(data.training + data.test).toBe(20);
    expect(data.test).toBeGreaterThanOrEqual(2);
    const pictures = await picturesOf('run');
    expect(pictures).toHaveLength(20);
    expect(pictures.find(({ name }) => name === 'train-001.tar.gz/0011.png')).toEqual({
      part: expect.stringMatching(/^(?:training|test)$/),
      name: 'train-001.tar.gz/0011.png',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      class: 'red',
    });
    // A folder of the same shards holds out the same pictures.
    expect((await train('all', 'run-of-folder')).code).toBe(0);
    expect(await picturesOf('run-of-folder')).toEqual(pictures);
    expect((await recordOf('run-of-folder')).data).toMatchObject({ given: inFolder('all'), classes: ['blue', 'red'] });
  });

  it('is tested and verified on what it held out, and resumed, wherever the shards are', async () => {
    const { test, training } = (await recordOf('run')).data;
    const tested = await zoo('eval', inFolder('run'), '--json', ...threads);
    expect(jsonLines(tested.out)[0]).toMatchObject({ examples: test, classes: ['blue', 'red'] });
    expect(await zoo('verify', inFolder('run'), ...threads)).toMatchObject({ code: 0 });
    await cp(inFolder('all'), inFolder('moved'), { recursive: true });
    const moved = await zoo('eval', inFolder('run'), '--data', inFolder('moved'), '--json', ...threads);
    expect(moved.err).toContain(`holds the pictures that ${inFolder('run')} was trained on. Testing on those that`);
    expect(jsonLines(moved.out)[0]).toMatchObject({ examples: test });
    const resumed = await zoo('train', '--resume', inFolder('run'), '--epochs', '2', '--json', ...threads);
    expect({ code: resumed.code, err: resumed.err }).toEqual({ code: 0, err: expect.any(String) });
    expect((await recordOf('run')).data).toMatchObject({ test, training });
  });

  it('names what is missing or changed in the shards, a class, too', async () => {
    await cp(inFolder('all'), inFolder('changing'), { recursive: true });
    expect((await train('changing', 'changing-run')).code).toBe(0);
    const [first, second, ...others] = twoColours(10);
    if (!first || !second) throw new Error('no pictures');
    await writeShard(inFolder('changing', 'train-000.tar'), [
      { ...first, label: ['cls', '1'] },
      { ...second, seed: 77 },
      ...others.slice(1),
      { ...first, key: 'later', seed: 99 },
    ]);
    const { code, err } = await zoo('train', '--resume', inFolder('changing-run'), '--epochs', '2', ...threads);
    expect(code).toBe(1);
    expect(err).toContain('its pictures are not those that');
    for (const line of [
      'missing  train-000.tar/0002.png',
      'changed  train-000.tar/0000.png',
      'changed  train-000.tar/0001.png',
      'new      train-000.tar/later.png',
    ])
      expect(err).toContain(line);
  });

  it('finds the parts of a folder by names of shards or of sub-folders, and takes others by --val', async () => {
    for (const [where, training, test] of [
      ['flat', 'set-train-0.tar', 'set-val-0.tar'],
      ['deep', path.join('train', '0.tar'), path.join('test', '0.tar')],
    ] as const) {
      await writeShard(inFolder(where, training), twoColours(8));
      await writeShard(inFolder(where, test), twoColours(4, 50));
      await writeFile(inFolder(where, 'classnames.json'), '["blue", "red"]');
      expect(await train(where, `${where}-run`)).toMatchObject({ code: 0 });
      expect((await recordOf(`${where}-run`)).data).toMatchObject({
        classes: ['blue', 'red'],
        training: 8,
        test: 4,
        shards: { training: [inFolder(where, training)], test: [inFolder(where, test)] },
      });
    }
    expect(await train('flat/set-train-0.tar', 'val-run', '--val', 'deep/test/0.tar')).toMatchObject({ code: 0 });
    expect((await recordOf('val-run')).data).toMatchObject({
      name: 'set-train-0',
      shards: { training: [inFolder('flat', 'set-train-0.tar')], test: [inFolder('deep', 'test', '0.tar')] },
    });
    expect(await train('flat', 'named-run', '--train', 'set-train-{0..0}.tar', '--val', 'set-val-0.tar')).toMatchObject(
      { code: 0 },
    );
    expect((await recordOf('named-run')).data).toMatchObject({ given: inFolder('flat'), training: 8, test: 4 });
    expect(await zoo('eval', inFolder('named-run'), '--json', ...threads)).toMatchObject({
      code: 0,
      out: expect.stringContaining('"examples":4'),
    });
  });

  it('names damaged pictures, and goes on without them by --skip-damaged', async () => {
    const pictures = twoColours(12).map((one, index) => (index === 3 ? { ...one, cut: 300 } : one));
    await writeShard(inFolder('damaged', '0.tar'), pictures);
    const stopped = await train('damaged/0.tar', 'damaged-run');
    expect(stopped).toMatchObject({ code: 1, out: '' });
    expect(stopped.err).toContain('1 of 12 pictures cannot be read. Replace them, or pass --skip-damaged');
    expect(stopped.err).toContain('0.tar/0003.png: damaged or cut short PNG file');
    expect((await train('damaged/0.tar', 'damaged-run', '--skip-damaged', '--workers', '2')).code).toBe(0);
    expect((await recordOf('damaged-run')).data).toMatchObject({ classes: ['0', '1'] });
  });

  it('says what is wrong in the words of the option', async () => {
    await writeShard(
      inFolder('one', '0.tar'),
      twoColours(4).map((one) => ({ ...one, label: ['txt', 'cat'] })),
    );
    await writeShard(inFolder('mixed', '0.tar'), [
      ...twoColours(2),
      { key: 'x', colour: 'red', seed: 5, label: ['txt', 'cat'] },
    ]);
    await pictureFolder(inFolder('colours'), ['blue', 'red'], 2);
    const wrongs: readonly (readonly [string[], number, string])[] = [
      [
        ['all/train-{000..003}.tar'],
        1,
        `--data all/train-{000..003}.tar: ${inFolder('all/train-001.tar')} is not there.`,
      ],
      [['https://host/a.tar'], 2, '--data https://host/a.tar: shards are read from the disk. Download them first.'],
      [['all/train-{9..0}.tar'], 2, '{9..0} is no range of shards'],
      [['all/train-000.tar', '--val', 'all'], 2, `names ${inFolder('all/train-000.tar')} as the training part does.`],
      [['all/train-000.tar', '--val', 'x'], 1, 'x is no folder. Name a folder or shards by their path.'],
      [['all/train-000.tar', '--val', 'all/train-{000..000}.tar'], 2, 'names'],
      [['all/train-000.tar', '--train', 'all', '--val', 'all/train-001.tar.gz'], 2, '--train: --data names the shards'],
      [['all/train-000.tar', '--train', 'all'], 2, '--train: --data names the shards'],
      [
        ['all/train-000.tar', '--val', 'all/train-000.tar'],
        2,
        '--val all/train-000.tar: is what --data names too. Test on other pictures.',
      ],
      [
        ['colours', '--val', 'all/train-000.tar'],
        2,
        `--data ${inFolder('colours')}: has no shards, as --val ${inFolder('all/train-000.tar')} has. Name shards for both parts, or folders of pictures for both.`,
      ],
      [
        ['all', '--val', 'colours'],
        2,
        `--val ${inFolder('colours')}: has no shards, as --data ${inFolder('all')} has.`,
      ],
      [
        ['all/train-000.tar', '--val', 'colours'],
        2,
        `--val ${inFolder('colours')}: has no shards, as --data ${inFolder('all/train-000.tar')} has.`,
      ],
      [
        ['all', '--train', inFolder('colours'), '--val', 'train-001.tar.gz'],
        2,
        `--train ${inFolder('colours')}: has no shards, as --val ${inFolder('all/train-001.tar.gz')} has.`,
      ],
      [['one/0.tar'], 1, '0: all pictures are of one class, cat, expected at least two.'],
      [['mixed/0.tar'], 1, 'Name the classes in classnames.txt or classnames.json beside the shards.'],
    ];
    for (const [words, code, message] of wrongs) {
      const [data = '', ...more] = words;
      const ended = await train(data, 'wrong', ...more);
      expect(ended.err).toContain(message);
      expect(ended.code).toBe(code);
      if (!more.includes('--train')) expect(ended.err).not.toContain('--train');
    }
    const notices = await readFile(inFolder('run', 'report.html'), 'utf8');
    expect(notices).not.toContain('of several classes');
  });
});

describe('zoo eval --data SHARDS', () => {
  it('takes numbers for the classes of the network', async () => {
    await writeShard(inFolder('numbers', 'a.tar'), twoColours(6, 70));
    const weights = inFolder('run', 'weights.safetensors');
    const tested = await zoo('eval', weights, '--data', inFolder('numbers', 'a.tar'), '--json', ...threads);
    expect({ code: tested.code, err: tested.err }).toEqual({ code: 0, err: expect.any(String) });
    expect(jsonLines(tested.out)[0]).toMatchObject({ examples: 6, classes: ['blue', 'red'], notes: [] });
  });
});
