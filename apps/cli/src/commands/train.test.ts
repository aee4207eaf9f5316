import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseNumber, parseString } from '@zoo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder } from '../testing/pictures.ts';
import { field, fieldsOf, jsonLines, startZoo, zoo } from '../testing/zoo.ts';

const network = ['alexnet/cifar10-quick', '--width', '0.1'];
const training = ['--epochs', '4', '--batch-size', '4', '--threads', '1'];

let folder = '';
let pictures = '';
let trained = '';
let output = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const train = (out: string, ...more: string[]) =>
  zoo('train', ...network, '--data', pictures, ...training, '--out', out, ...more);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-cli-'));
  pictures = await pictureFolder(inFolder('colours'), ['blue', 'green', 'red'], 14);
  trained = inFolder('trained');
  const { code, out, err } = await train(trained, '--json');
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('zoo:') });
  output = out;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo train', () => {
  it('prints its events as JSON lines, and nothing else', () => {
    const events = jsonLines(output);
    const ofType = (type: string) => events.filter((event) => field(event, 'type', parseString) === type);
    expect(ofType('step')).toHaveLength(4 * 10);
    expect(fieldsOf(ofType('step')[0])).toEqual([
      'type',
      'epoch',
      'step',
      'loss',
      'accuracy',
      'learningRate',
      'imagesPerSecond',
    ]);
    expect(ofType('epoch')).toHaveLength(4);
    expect(fieldsOf(ofType('epoch')[0])).toEqual([
      'type',
      'epoch',
      'loss',
      'accuracy',
      'learningRate',
      'seconds',
      'waitedForData',
      'imagesPerSecond',
      'validation',
    ]);
    expect(ofType('epoch')[0]).toMatchObject({
      validation: { loss: expect.any(Number), top1: expect.any(Number), top5: 1 },
    });
    expect(ofType('checkpoint').at(-1)).toEqual({
      type: 'checkpoint',
      path: path.join(trained, 'checkpoint.safetensors'),
    });
    const last = ofType('epoch').at(-1);
    expect(field(last, 'accuracy', parseNumber(0, 1))).toBeGreaterThan(0);
    const measure = (name: string) => field(last, 'validation', (value) => field(value, name, parseNumber()));
    expect(events.at(-1)).toEqual({
      type: 'done',
      run: trained,
      epochs: 4,
      seconds: expect.any(Number),
      loss: measure('loss'),
      top1: measure('top1'),
      top5: measure('top5'),
      examples: 3,
      weights: path.join(trained, 'weights.safetensors'),
      report: path.join(trained, 'report.html'),
    });
  });

  it('leaves a record, pictures and a report of what it learned', async () => {
    const { state, data, epochs, steps, evaluation, options } = await readRunRecord(path.join(trained, 'run.json'));
    expect({ state, classes: data.classes, training: data.training, test: data.test }).toEqual({
      state: 'finished',
      classes: ['blue', 'green', 'red'],
      training: 39,
      test: 3,
    });
    expect(options.recipe).toMatchObject({ epochs: 4, batchSize: 4 });
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(steps.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (_, step) => (step + 1) / 10));
    for (const { epoch, loss } of epochs) {
      const own = steps.slice(10 * (epoch - 1), 10 * epoch);
      expect(own.reduce((sum, one) => sum + one.loss * one.examples, 0) / 39).toBeCloseTo(loss, 5);
    }
    expect(evaluation?.confusion.flat().reduce((sum, count) => sum + count)).toBe(3);
    const report = await readFile(path.join(trained, 'report.html'), 'utf8');
    expect(report).toContain('Loss and accuracy over the epochs');
    expect(report).not.toMatch(/(src|href)="(?!data:)/);
    const words = report.replaceAll(/<[^>]*>/g, '');
    expect(words).toContain(`train alexnet/cifar10-quick --width 0.1 --data ${pictures} --epochs 4`);
    for (const [title, text] of [
      ['preset', 'alexnet/cifar10-quick'],
      ['width', '0.1 of the preset&#39;s'],
      ['hidden widths', '3, 3, 6, 6 (the preset&#39;s: 32, 32, 64, 64)'],
      ['initial weights', 'random'],
      ['frozen layers', 'none'],
      ['names of the classes', 'blue, green, red'],
      ['training pictures', '39'],
      ['batch size', '4'],
      ['seed', '0'],
    ])
      expect(report).toContain(`<th scope="row">${title}</th><td>${text}</td>`);
    for (const title of [
      'parameters',
      'optimiser',
      'learning rate',
      'schedule',
      'backend',
      'machine',
      'started',
      'ended',
    ])
      expect(report).toContain(`<th scope="row">${title}</th>`);
    for (const file of ['curves.svg', 'confusion.svg'])
      expect(await readFile(path.join(trained, file), 'utf8')).toMatch(
        /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*<\/svg>$/s,
      );
  });

  it('says in a line what becomes of pictures of another size', async () => {
    const { err } = await train(inFolder('size'), '--epochs', '1', '--limit', '6');
    expect(err).toMatch(/^colours: the first picture is 24 x 24; each is scaled to 32 x 32/m);
  });

  it('goes on after Ctrl-C as if nothing had happened', async () => {
    const run = inFolder('interrupted');
    const args = ['train', ...network, '--data', pictures, ...training, '--out', run, '--json'];
    const { child, hasPrinted, ended } = startZoo(args);
    await hasPrinted('"epoch":2,"step":3');
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toContain('Finishing the step, saving a checkpoint ...');
    expect(err).toContain(`Resume with: npx zoo train --resume ${run}`);
    expect((await readRunRecord(path.join(run, 'run.json'))).state).toBe('interrupted');
    expect((await zoo('classify', run, path.join(pictures, 'red'), '--json')).code).toBe(0);

    expect((await zoo('train', '--resume', run, '--threads', '1')).code).toBe(0);
    const measures = async (of: string) => {
      const { epochs, steps, evaluation } = await readRunRecord(path.join(of, 'run.json'));
      return {
        evaluation,
        epochs: epochs.map(({ seconds: _, imagesPerSecond: __, waitedForData: ___, ...rest }) => rest),
        steps: steps.map(({ seconds: _, ...rest }) => rest),
      };
    };
    expect(await measures(run)).toEqual(await measures(trained));
  });

  it('stops after --max-minutes, tests what there is, and can be made longer', async () => {
    const run = inFolder('limited');
    const limited = await train(run, '--epochs', '60000', '--max-minutes', '0.02');
    expect(limited.code).toBe(0);
    expect(limited.out).toMatch(/^stopped by --max-minutes 0\.02 after [\d.]+ of 60,000 epochs/m);
    expect(limited.out).toMatch(/Test accuracy {2}\d+\.\d %, on 3 pictures$/m);
    expect(limited.out).toContain(`Resume         npx zoo train --resume ${run}\n`);
    expect(limited.out).toContain(`Next           npx zoo classify ${run} my-picture.jpg\n`);
    const record = await readRunRecord(path.join(run, 'run.json'));
    expect(record.epochs.length).toBeLessThan(1000);
    expect(record.steps.length).toBeLessThanOrEqual(400);
    expect(record.steps.reduce((sum, { seconds }) => sum + seconds, 0)).toBeGreaterThan(0);
    const longer = await zoo('train', '--resume', run, '--epochs', String(record.epochs.length + 1));
    expect(longer.code).toBe(0);
    const { epochs, options, spec } = await readRunRecord(path.join(run, 'run.json'));
    expect(epochs).toHaveLength(record.epochs.length + 1);
    expect([options.recipe.epochs, spec.recipe.epochs]).toEqual([epochs.length, epochs.length]);
  });

  it('refuses an empty name, as that of a variable that is not set', async () => {
    const answers = [
      await zoo('train', ...network, '--data', pictures, '--epochs', '1', '--out', ''),
      await zoo('train', ...network, '--data='),
      await zoo('eval', ''),
    ];
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(answers.map(({ err }) => err.split(', expected')[0])).toEqual([
      'zoo: --out: is empty',
      'zoo: --data: is empty',
      'zoo: argument 2: is empty',
    ]);
  });

  it('refuses an output folder among the pictures, also behind a link', async () => {
    const link = inFolder('link');
    await symlink(pictures, link);
    for (const out of [pictures, path.join(pictures, 'red', 'run'), path.join(link, 'run')]) {
      const { code, err } = await train(out);
      expect(code).toBe(2);
      expect(err).toContain(`zoo: --out ${out}: lies in ${pictures}, whose folders are classes of pictures`);
    }
    expect((await readdir(pictures)).sort()).toEqual(['blue', 'green', 'red']);
  });

  it('refuses to make a finished run longer by nothing, or another one', async () => {
    const [again, other] = await Promise.all([
      zoo('train', '--resume', trained),
      zoo('train', '--resume', trained, '--lr', '1'),
    ]);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('has done its 4 epochs') });
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('--lr: is fixed by') });
  });

  it('refuses an output folder that is in use, unless told to overwrite it', async () => {
    const run = inFolder('overwritten');
    await train(run, '--epochs', '1', '--limit', '6');
    expect(await train(run)).toMatchObject({ code: 2, err: expect.stringContaining('holds a run already') });
    expect((await train(run, '--epochs', '1', '--limit', '6', '--overwrite')).code).toBe(0);
    const others = inFolder('others');
    await cp(pictures, others, { recursive: true });
    expect(await train(others, '--overwrite')).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds other files already (blue, green, red)'),
    });
  });

  it('names a file that stands where the output folder should be', async () => {
    const file = inFolder('file');
    await writeFile(file, '');
    for (const out of [file, path.join(file, 'run')])
      expect(await train(out)).toMatchObject({ code: 1, err: expect.stringContaining('is a file, or lies in one') });
  });

  it('says that the disk is full', async () => {
    const disk = await mkdtemp(path.join(os.tmpdir(), 'zoo-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      console.warn('disk full: not tried, because this user may not mount a small disk');
      await rm(disk, { recursive: true });
      return;
    }
    try {
      const run = path.join(disk, 'run');
      const { code, err } = await zoo(
        'train',
        'alexnet/cifar10-quick',
        '--data',
        pictures,
        '--limit',
        '6',
        '--epochs',
        '1',
        '--out',
        run,
      );
      expect(code).toBe(1);
      expect(err).toContain(`${path.join(run, 'checkpoint.safetensors')}: cannot be written, the disk is full`);
    } finally {
      execFileSync('umount', [disk]);
      await rm(disk, { recursive: true });
    }
  });

  it('refuses what does not go together, before anything is fetched', async () => {
    const out = inFolder('refused');
    const refusals = await Promise.all([
      zoo('train', 'alexnet/papper', '--data', pictures, '--out', out),
      zoo('train', 'alexnet/paper', '--data', 'cifar1', '--out', out),
      zoo('train', 'alexnet/paper', '--data', pictures, '--input-size', '20', '--out', out),
      zoo('train', 'alexnet/paper', '--data', pictures, '--epoch', '2'),
      zoo('train', 'alexnet/paper', '--data', pictures, '--epochs', '0'),
      zoo('train', 'alexnet/paper', '--data', pictures, '--optimizer', 'adam', '--momentum', '0.9'),
      zoo('train', ...network, '--data', pictures, '--classes', '5', '--out', out),
      zoo('train', ...network, '--data', pictures, '--seed', '9007199254740993'),
      zoo('train', ...network, '--data', pictures, '--seed', 'one'),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2]);
    const messages = refusals.map(({ err }) => err);
    expect(messages[0]).toContain('did you mean alexnet/paper?');
    expect(messages[1]).toContain('did you mean cifar10?');
    expect(messages[2]).toMatch(/^zoo: alexnet\/paper: layer 8 \(features\.7, maxPool\).* \[20, 20, 3\]/);
    expect(messages[3]).toBe("zoo: unknown option '--epoch'. Did you mean --epochs?\n");
    expect(messages[4]).toContain('Expected a whole number from 1 to 65536.');
    expect(messages[5]).toContain('adam has none');
    expect(messages[6]).toContain('--classes 5: colours has 3 classes');
    expect(messages[7]).toContain('Expected a whole number from 0 to 9007199254740991.');
    expect(messages[8]).toContain('Expected a whole number of at least 0.');
  });

  it('refuses weights that are not there, before a backend starts', async () => {
    const { code, err } = await train(inFolder('no-weights'), '--weights', inFolder('nothing.pth'));
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^zoo: .*nothing\.pth: no such file or folder/),
    });
  });

  it('takes the channels of the pictures, and makes them grey where that is asked for', async () => {
    const train = (run: string, ...args: string[]) =>
      zoo(
        'train',
        'lenet/modern',
        '--data',
        pictures,
        '--epochs',
        '1',
        '--backend',
        'cpu',
        '--out',
        inFolder(run),
        ...args,
      );
    const [colour, grey] = await Promise.all([train('colour'), train('grey', '--in-channels', '1')]);
    expect([colour.code, grey.code]).toEqual([0, 0]);
    expect(colour.err).toContain(
      'so lenet/modern takes 3 channels here, not 1. --in-channels 1 makes the pictures grey',
    );
    expect((await readRunRecord(inFolder('colour/run.json'))).spec.input[2]).toBe(3);
    expect(grey.err).toContain('its pictures are in colour, and --in-channels is for grey ones: they are made grey.');
    expect((await readRunRecord(inFolder('grey/run.json'))).spec.input[2]).toBe(1);
    const tested = await zoo('eval', inFolder('grey'), '--backend', 'cpu', '--json');
    expect(tested.code).toBe(0);
  });

  it('trains a recipe for colours on grey pictures without what it does to colours, and does not leave out what was asked for', async () => {
    const train = (run: string, ...args: string[]) => {
      const small = [
        '--width',
        '0.02',
        '--input-size',
        '67',
        '--in-channels',
        '1',
        '--epochs',
        '1',
        '--backend',
        'cpu',
      ];
      return zoo('train', 'alexnet/paper', '--data', pictures, ...small, '--out', inFolder(run), ...args);
    };
    const [few, named, asked] = await Promise.all([
      train('few-grey'),
      train('named-grey', '--recipe', 'paper'),
      train('asked-grey', '--augment', 'flip,pca-colour'),
    ]);
    expect([few.code, named.code, asked.code]).toEqual([0, 0, 2]);
    for (const { err } of [few, named])
      expect(err).toContain('alexnet/paper takes 1 channel here, so its training is without PCA colour shifts.');
    const { recipe } = (await readRunRecord(inFolder('named-grey/run.json'))).options;
    expect(recipe.augment.map(({ kind }) => kind)).toEqual(['randomCrop', 'horizontalFlip']);
    expect(recipe.source).toContain('; changed here: epochs, augmentation');
    expect(asked.err).toContain(
      '--augment: pca-colour is for pictures of 3 channels, and alexnet/paper takes 1 channel here. Leave it out, or pass --in-channels 3.',
    );
    expect(existsSync(inFolder('asked-grey'))).toBe(false);
  });

  it('names a damaged picture among the others', async () => {
    const damaged = await pictureFolder(inFolder('damaged'), ['blue', 'red'], 6);
    const file = path.join(damaged, 'red', '3.png');
    await writeFile(file, (await readFile(file)).subarray(0, 400));
    const { code, err } = await zoo(
      'train',
      ...network,
      '--data',
      damaged,
      '--out',
      inFolder('damaged-run'),
      ...training,
    );
    expect(code).toBe(1);
    expect(err).toContain(`${file}: damaged or cut short PNG file`);
  });
});
