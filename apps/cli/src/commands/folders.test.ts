import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseString } from '@zoo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder, writePicture } from '../testing/pictures.ts';
import { field, jsonLines, zoo, zooIn } from '../testing/zoo.ts';

const network = ['alexnet/cifar10-quick', '--width', '0.1'];
const training = ['--epochs', '1', '--batch-size', '4', '--threads', '1'];

let folder = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const train = (data: string, out: string, ...more: string[]) =>
  zoo('train', ...network, '--data', data, ...training, '--out', inFolder(out), ...more);
const recordOf = (out: string) => readRunRecord(inFolder(out, 'run.json'));

async function damage(file: string): Promise<void> {
  await writeFile(file, (await readFile(file)).subarray(0, 400));
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-folders-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo train on somebody’s folder', () => {
  it('finds parts by their usual names, and takes others by --train and --val', async () => {
    await pictureFolder(inFolder('usual', 'Training_Set'), ['blue', 'red'], 4);
    await pictureFolder(inFolder('usual', 'Validation_Set'), ['blue', 'red'], 2);
    expect(await train(inFolder('usual'), 'usual-run')).toMatchObject({ code: 0 });
    expect((await recordOf('usual-run')).data).toMatchObject({ classes: ['blue', 'red'], training: 8, test: 4 });

    await pictureFolder(inFolder('own', 'lernen'), ['blue', 'red'], 4);
    await pictureFolder(inFolder('own', 'pruefen'), ['blue', 'red'], 2);
    const refused = await train(inFolder('own'), 'own-run');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--train and --val') });
    expect(refused.err).toContain('lernen and pruefen hold the same sub-folders (blue, red)');
    expect(await train(inFolder('own'), 'own-run', '--train', 'lernen')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--train: names one part of the pictures, expected two. Pass --val too'),
    });
    expect(await train(inFolder('own'), 'own-run', '--train', 'lernen', '--val', 'x')).toMatchObject({
      code: 1,
      err: expect.stringContaining(`--val x: ${inFolder('own', 'x')} is no folder.`),
    });
    expect((await train(inFolder('own'), 'own-run', '--train', 'lernen', '--val', 'pruefen')).code).toBe(0);
    expect((await recordOf('own-run')).data).toMatchObject({
      classes: ['blue', 'red'],
      training: 8,
      test: 4,
      parts: { training: inFolder('own', 'lernen'), test: inFolder('own', 'pruefen') },
    });
    const [evaluated, resumed] = [
      await zoo('eval', inFolder('own-run'), '--json', '--threads', '1'),
      await zoo('train', '--resume', inFolder('own-run'), '--epochs', '2', '--threads', '1'),
    ];
    expect(evaluated).toMatchObject({ code: 0, out: expect.stringContaining('"examples":4') });
    expect(resumed.code).toBe(0);
  });

  it('trains on the training part, or on the whole folder, where --val alone says what to test on', async () => {
    await pictureFolder(inFolder('parted', 'train'), ['blue', 'red'], 4);
    await pictureFolder(inFolder('parted', 'test'), ['blue', 'red'], 3);
    await pictureFolder(inFolder('parted', 'late'), ['blue', 'red'], 2);
    const parted = await train(inFolder('parted'), 'parted-run', '--val', 'late');
    expect(parted).toMatchObject({ code: 0 });
    expect((await recordOf('parted-run')).data).toMatchObject({
      training: 8,
      test: 4,
      parts: { training: inFolder('parted', 'train'), test: inFolder('parted', 'late') },
    });
    // By a path from the present folder, and all of a folder to train on.
    const far = path.relative(process.cwd(), inFolder('parted', 'test'));
    expect(await train(inFolder('parted', 'train'), 'whole-run', '--val', far)).toMatchObject({ code: 0 });
    expect((await recordOf('whole-run')).data).toMatchObject({
      training: 8,
      test: 6,
      parts: { training: inFolder('parted', 'train'), test: inFolder('parted', 'test') },
    });
    expect((await zoo('train', '--resume', inFolder('whole-run'), '--epochs', '2', '--threads', '1')).code).toBe(0);
    await rename(inFolder('parted', 'train'), inFolder('parted', 'moved'));
    expect(await zoo('train', '--resume', inFolder('whole-run'), '--epochs', '3', '--threads', '1')).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        `${inFolder('whole-run')} goes on with the pictures that it began with: put them back there, or train another run`,
      ),
    });
    await rename(inFolder('parted', 'moved'), inFolder('parted', 'train'));
    const within = [inFolder('parted', 'train'), inFolder('parted', 'train', 'blue')];
    for (const test of within)
      expect(await train(inFolder('parted', 'train'), 'none', '--val', test)).toMatchObject({
        code: 2,
        err: expect.stringContaining(
          `--val ${test}: lies in ${inFolder('parted', 'train')}, all of which is trained on. Pass --train too`,
        ),
      });
    for (const [more, message] of [
      [['--val', 'late'], '--val: cifar10 has parts of its own. Leave it out.'],
      [['--train', 'late'], '--train: cifar10 has parts of its own. Leave it out.'],
      [['--train', 'late', '--val', 'later'], '--train, --val: cifar10 has parts of its own. Leave them out.'],
    ] as const)
      expect(await train('cifar10', 'none', ...more)).toMatchObject({
        code: 2,
        err: expect.stringContaining(`zoo: ${message}`),
      });
  });

  it('names options that a command has, and that were typed', async () => {
    await pictureFolder(inFolder('unclear', 'lernen'), ['blue', 'red'], 2);
    await pictureFolder(inFolder('unclear', 'pruefen'), ['blue', 'red'], 2);
    await pictureFolder(inFolder('twice', 'train'), ['blue', 'red'], 2);
    await pictureFolder(inFolder('twice', 'training'), ['blue', 'red'], 2);
    await pictureFolder(inFolder('twice', 'test'), ['blue', 'red'], 2);
    expect((await train(inFolder('parted'), 'to-test-run')).code).toBe(0);
    const weights = inFolder('to-test-run', 'weights.safetensors');
    for (const data of ['unclear', 'twice']) {
      const [trained, tested] = [
        await train(inFolder(data), 'none'),
        await zoo('eval', weights, '--data', inFolder(data)),
      ];
      expect(trained).toMatchObject({ code: 1, err: expect.stringContaining('for testing: --train and --val.') });
      expect(tested).toMatchObject({ code: 1, err: expect.not.stringContaining('--train') });
      expect(tested.err).toMatch(/say which one is to be tested on: --data with its path\./i);
    }
    const here = await zooIn(inFolder('parted'), 'train', ...network, '--data', '.', ...training);
    expect(here.code).toBe(2);
    expect(here.err).toMatch(/^zoo: runs\S+: the folder of the run lies in .+ Pass an --out elsewhere\.$/m);
  });

  it('refuses one class with the reason', async () => {
    await pictureFolder(inFolder('one'), ['blue'], 6);
    expect(await train(inFolder('one'), 'one-run')).toMatchObject({
      code: 1,
      err: expect.stringContaining('one: has one class, blue, expected at least two.'),
    });
  });

  it('tests on every class, however few pictures it has, and says what it left out', async () => {
    await pictureFolder(inFolder('few'), ['blue', 'green', 'red'], 3);
    for (const name of ['1.heic', '2.heic', '._0.png', 'Thumbs.db']) await writeFile(inFolder('few', 'red', name), 'x');
    await mkdir(inFolder('few', '__MACOSX', 'red'), { recursive: true });
    const { code, err } = await train(inFolder('few'), 'few-run');
    expect(code).toBe(0);
    expect(err).toContain('few: 2 files are no pictures that can be read, and are left out: 2 .heic.');
    const { data, evaluation } = await recordOf('few-run');
    expect(data).toMatchObject({ classes: ['blue', 'green', 'red'], training: 6, test: 3 });
    expect(evaluation?.confusion.map((row) => row.reduce((sum, one) => sum + one))).toEqual([1, 1, 1]);
  });

  it('names all damaged pictures before it trains, and goes on without them by --skip-damaged', async () => {
    const data = await pictureFolder(inFolder('broken'), ['blue', 'red'], 8);
    const bad = [path.join(data, 'blue', '2.png'), path.join(data, 'red', '5.png')];
    for (const file of bad) await damage(file);
    const stopped = await train(data, 'broken-run', '--json');
    expect(stopped).toMatchObject({ code: 1, out: '' });
    expect(stopped.err).toContain('broken: 2 of 16 pictures cannot be read. Replace them, or pass --skip-damaged');
    for (const file of bad) expect(stopped.err).toContain(`${file}: damaged or cut short PNG file`);

    const went = await train(data, 'broken-run', '--skip-damaged');
    expect(went.code).toBe(0);
    for (const file of bad) expect(went.err).toContain(`${file}: damaged or cut short PNG file`);
    const { data: recorded, options } = await recordOf('broken-run');
    expect([recorded.training + recorded.test, options.skipDamaged]).toEqual([14, true]);
    expect((await zoo('train', '--resume', inFolder('broken-run'), '--epochs', '2', '--threads', '1')).code).toBe(0);

    const whole = inFolder('to-test');
    await cp(data, whole, { recursive: true });
    const [refused, tested] = [
      await zoo('eval', path.join(inFolder('broken-run'), 'weights.safetensors'), '--data', whole),
      await zoo('eval', path.join(inFolder('broken-run'), 'weights.safetensors'), '--data', whole, '--skip-damaged'),
    ];
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('to-test: 2 of 16 pictures cannot be read.'),
    });
    expect(tested).toMatchObject({ code: 0, out: expect.stringContaining('14 test pictures of to-test') });
  });

  it('classify and features go on after a damaged picture, and end with 1', async () => {
    const mixed = inFolder('mixed');
    for (const index of [0, 1, 2]) await writePicture(path.join(mixed, `${index}.png`), 'red', index);
    await damage(path.join(mixed, '1.png'));
    for (const name of ['._0.png', 'notes.txt']) await writeFile(path.join(mixed, name), 'x');
    const run = inFolder('few-run');
    const shown = await zoo('classify', run, mixed);
    expect(shown.code).toBe(1);
    expect(shown.out).toContain('0.png');
    expect(shown.out).toContain('2.png');
    expect(shown.err).toContain(`${path.join(mixed, '1.png')}: damaged or cut short PNG file`);
    expect(shown.err).toContain('zoo: 1 of 3 pictures could not be read: see above.');
    expect(shown.err).toContain('1 file is no picture that can be read, and is left out: 1 .txt.');
    const forPrograms = await zoo('classify', run, mixed, '--json');
    expect(forPrograms.code).toBe(1);
    expect(jsonLines(forPrograms.out).map((line) => Object.keys(line ?? {}).join())).toEqual([
      'image,top',
      'image,error',
      'image,top',
    ]);
    expect(field(jsonLines(forPrograms.out)[1], 'error', parseString)).toContain('damaged or cut short PNG file');
    const numbers = await zoo('features', run, mixed, '--layer', 'features', '--out', inFolder('rows.npy'));
    expect(numbers).toMatchObject({ code: 1, out: expect.stringContaining('features [2, ') });
    expect(numbers.err).toContain('1 of 3 pictures could not be read');
  });
});
