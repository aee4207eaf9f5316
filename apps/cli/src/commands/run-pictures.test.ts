import { createHash } from 'node:crypto';
import { copyFile, cp, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseInteger } from '@zoo/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunPicture, readRunPictures } from '../run/run-pictures.ts';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder, writePicture } from '../testing/pictures.ts';
import { field, jsonLines, zoo } from '../testing/zoo.ts';

let folder = '';
let data = '';
let run = '';
let pictures: RunPicture[] = [];
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const ofPart = (part: RunPicture['part']) => pictures.filter((one) => one.part === part);
const evaluate = (...more: string[]) => zoo('eval', run, '--json', '--threads', '1', ...more);
const examplesOf = (out: string) => field(jsonLines(out)[0], 'examples', parseInteger());
const resume = () => zoo('train', '--resume', run, '--epochs', '2', '--threads', '1');

/** A picture of the run's data, and where it is put while a test goes without it. */
const fileOf = ({ name }: RunPicture) => path.join(data, ...name.split('/'));
async function without(picture: RunPicture | undefined, work: () => Promise<void>): Promise<void> {
  if (!picture) throw new Error('no such picture');
  await rename(fileOf(picture), inFolder('aside.png'));
  try {
    await work();
  } finally {
    await rename(inFolder('aside.png'), fileOf(picture));
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-identity-'));
  data = await pictureFolder(inFolder('colours'), ['blue', 'red'], 20);
  run = inFolder('run');
  const network = ['alexnet/cifar10-quick', '--width', '0.1', '--epochs', '1', '--batch-size', '8', '--threads', '1'];
  const { code, err } = await zoo('train', ...network, '--data', data, '--limit', '30', '--out', run);
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('zoo:') });
  pictures = await readRunPictures(path.join(run, 'pictures.jsonl'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the pictures of a run', () => {
  it('are recorded with their part and hash, also those that it left out', async () => {
    const { data: recorded } = await readRunRecord(path.join(run, 'run.json'));
    expect(recorded).toMatchObject({ parts: { training: data }, training: 30 });
    const used = pictures.filter(({ sha256 }) => sha256 !== undefined);
    expect([used.length, ofPart('test').length]).toEqual([30 + recorded.test, recorded.test]);
    expect(pictures.map(({ name }) => name).toSorted()).toEqual(
      ['blue', 'red'].flatMap((name) => Array.from({ length: 20 }, (_, i) => `${name}/${i}.png`)).toSorted(),
    );
    for (const picture of used)
      expect(picture.sha256).toBe(
        createHash('sha256')
          .update(await readFile(fileOf(picture)))
          .digest('hex'),
      );
  });

  it('that were held out are tested on, and no others, however many come later', async () => {
    const before = await evaluate();
    expect(before).toMatchObject({ code: 0, err: expect.not.stringContaining('came after') });
    expect(examplesOf(before.out)).toBe(ofPart('test').length);
    for (let index = 0; index < 12; index++)
      await writePicture(path.join(data, 'red', `new-${index}.png`), 'red', 5000 + index);
    const [trained] = ofPart('training');
    if (trained) await copyFile(fileOf(trained), path.join(data, 'blue', '00.png'));
    await writePicture(path.join(data, 'green', '0.png'), 'green', 6000);
    try {
      const after = await evaluate();
      const withoutNotes = (out: string) => out.replace(/"notes":.*/, '');
      expect(withoutNotes(after.out)).toBe(withoutNotes(before.out));
      expect(after.err).toContain(
        `13 pictures came after ${run} began, and are not tested on. Pass --with-new to eval to do so.`,
      );
      expect(after.err).toContain(`1 picture of classes that ${run} does not know left out.`);
      const later = await evaluate('--with-new');
      expect(later.code).toBe(0);
      expect(examplesOf(later.out)).toBe(ofPart('test').length + 12);
      expect(later.err).toContain(`1 new picture left out: the same as one that ${run} was trained on.`);
      const resumed = await resume();
      expect(resumed).toMatchObject({ code: 1, err: expect.stringContaining(`that ${run} began with: 14 new.`) });
      expect(resumed.err).toContain('  new      red/new-0.png');
    } finally {
      for (const name of await readdir(path.join(data, 'red')))
        if (name.startsWith('new')) await rm(path.join(data, 'red', name));
      await rm(path.join(data, 'blue', '00.png'));
      await rm(path.join(data, 'green'), { recursive: true });
    }
  });

  it('that are missing or were swapped are named: a run does not go on without them', async () => {
    const [first, second] = ofPart('training').filter(({ sha256 }) => sha256 !== undefined);
    await without(first, async () => {
      const gone = await resume();
      expect(gone).toMatchObject({ code: 1, err: expect.stringContaining(`that ${run} began with: 1 missing.`) });
      expect(gone.err).toContain(`  missing  ${first?.name}`);
      expect(gone.err).toContain(`--weights ${run} starts with the weights of this one`);
      if (first && second) await copyFile(fileOf(second), fileOf(first));
      const swapped = await resume();
      expect(swapped).toMatchObject({ code: 1, err: expect.stringContaining(`that ${run} began with: 1 changed.`) });
      expect(swapped.err).toContain(`  changed  ${first?.name}`);
      // What was trained on does not concern a test.
      expect((await evaluate()).code).toBe(0);
    });
    expect((await resume()).code).toBe(0);
  });

  it('that were held out and are missing are named, and left out by --skip-damaged', async () => {
    const [first] = ofPart('test');
    await without(first, async () => {
      const refused = await evaluate();
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.err).toContain(`of the ${ofPart('test').length} pictures that ${run} held out, 1 missing.`);
      expect(refused.err).toContain(`  missing  ${first?.name}`);
      const went = await evaluate('--skip-damaged');
      expect(went.err).toContain(`  missing  ${first?.name}`);
      expect(examplesOf(went.out)).toBe(ofPart('test').length - 1);
    });
  });

  it('are known in another folder, and under other names', async () => {
    const other = inFolder('elsewhere');
    await cp(data, other, { recursive: true });
    const moved = await evaluate('--data', other);
    expect(moved.err).toContain(
      `elsewhere: holds the pictures that ${run} was trained on. Testing on those that it held out.`,
    );
    expect(examplesOf(moved.out)).toBe(ofPart('test').length);
    for (const name of await readdir(path.join(other, 'red')))
      await rename(path.join(other, 'red', name), path.join(other, 'red', `renamed-${name}`));
    const report = inFolder('renamed.html');
    const renamed = await evaluate('--data', other, '--report', report);
    expect(examplesOf(renamed.out)).toBe(40);
    const note = `elsewhere: ${run} was trained on 30 of these 40 pictures, so the result says little about others.`;
    expect(renamed.err).toContain(note);
    expect(jsonLines(renamed.out)[0]).toMatchObject({ notes: expect.arrayContaining([note]) });
    expect(await readFile(report, 'utf8')).toContain(`<li>${note}</li>`);
  });

  it('that stand in both parts are told of by the report of the run too', async () => {
    const both = inFolder('both');
    await pictureFolder(path.join(both, 'train'), ['blue', 'red'], 8);
    await cp(path.join(both, 'train'), path.join(both, 'test'), { recursive: true });
    const [twice, network] = [inFolder('twice'), ['alexnet/cifar10-quick', '--width', '0.1', '--epochs', '1']];
    const { code, err } = await zoo('train', ...network, '--data', both, '--out', twice, '--threads', '1');
    const note = 'both: 16 test pictures are copies of a training picture, so the result looks better than it is';
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(note) });
    expect(await readFile(path.join(twice, 'report.html'), 'utf8')).toContain(`<li>${note}`);
  });

  it('are needed: without their list nobody knows what was trained on', async () => {
    await rename(path.join(run, 'pictures.jsonl'), inFolder('list'));
    const { code, err } = await evaluate();
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('pictures.jsonl: cannot be read, so it is unknown which pictures'),
    });
    await rename(inFolder('list'), path.join(run, 'pictures.jsonl'));
  });
});
