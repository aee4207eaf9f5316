import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArray, parseNumber, parseString } from '@zoo/core';
import { openTensors, saveTensors } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder, writePicture } from '../testing/pictures.ts';
import { field, fieldsOf, jsonLines, zoo } from '../testing/zoo.ts';

const network = ['alexnet/cifar10-quick', '--width', '0.1'];
const training = ['--epochs', '4', '--batch-size', '4', '--threads', '1'];

let folder = '';
let pictures = '';
let trained = '';
const inFolder = (...parts: string[]) => path.join(folder, ...parts);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-cli-'));
  pictures = await pictureFolder(inFolder('colours'), ['blue', 'green', 'red'], 14);
  trained = inFolder('trained');
  const { code, err } = await zoo('train', ...network, '--data', pictures, ...training, '--out', trained);
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining('zoo:') });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('zoo eval and classify', () => {
  it('tests a run on its own data as training did', async () => {
    const { out } = await zoo('eval', trained, '--json', '--threads', '1');
    const [result] = jsonLines(out);
    expect(fieldsOf(result)).toEqual(['loss', 'top1', 'top5', 'examples']);
    const { evaluation } = await readRunRecord(path.join(trained, 'run.json'));
    expect(field(result, 'loss', parseNumber())).toBeCloseTo(evaluation?.loss ?? Number.NaN, 5);
    expect(field(result, 'top1', parseNumber())).toBe(evaluation?.top1);
  });

  it('takes weights alone, a whole folder, and ten views', async () => {
    const weights = path.join(trained, 'weights.safetensors');
    const { code, out } = await zoo('eval', weights, '--data', pictures, '--ten-crop');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('42 test pictures of colours, ten views each'),
    });
  });

  it('names pictures, and marks right and wrong where their names say what they show', async () => {
    const examples = path.join(trained, 'examples');
    const [short, long, forPrograms] = await Promise.all([
      zoo('classify', trained, examples, '--top', '1'),
      zoo('classify', trained, examples),
      zoo('classify', trained, examples, '--top', '2', '--json'),
    ]);
    expect(short.out.trim().split('\n')).toHaveLength(3 + 2);
    expect(short.out).toMatch(/^[✓✗] blue-\d+\.png +(blue|green|red) +\d+\.\d %/m);
    expect(long.out).toMatch(/[✓✗] (right|it is (blue|green|red))/);
    for (const { out } of [short, long]) expect(out).toMatch(/\d of 3 pictures right\./);
    const four = await zoo('classify', trained, examples, path.join(pictures, 'red', '0.png'));
    expect(four.out.trim().split('\n')).toHaveLength(4 + 2);
    const rows = jsonLines(forPrograms.out);
    expect(rows).toHaveLength(3);
    expect(fieldsOf(rows[0])).toEqual(['image', 'top']);
    const top = field(
      rows[0],
      'top',
      parseArray((guess) => [field(guess, 'label', parseString), field(guess, 'probability', parseNumber(0, 1))]),
    );
    expect(top).toHaveLength(2);
  });

  it("takes somebody's own weights, with the network they are for", async () => {
    const foreign = inFolder('theirs.safetensors');
    const own = await openTensors(path.join(trained, 'weights.safetensors'));
    const tensors = await Promise.all(
      [...own.tensors.values()].map(async ({ name, shape, read }) => {
        const values = await read();
        return { name, shape, data: () => values };
      }),
    );
    await own.close();
    await saveTensors(foreign, tensors);
    const model = ['--model', ...network, '--classes', '3'];
    const picture = path.join(pictures, 'red', '0.png');
    const [nameless, named, first, flagged, changed, none] = await Promise.all([
      zoo('classify', foreign, picture),
      zoo('eval', foreign, ...model, '--data', pictures, '--json'),
      zoo('classify', foreign, picture, ...model, '--top', '3', '--json'),
      zoo('classify', '--weights', foreign, picture, ...model, '--top', '3', '--json'),
      zoo('classify', foreign, picture, '--classes', '3'),
      zoo('classify', foreign),
    ]);
    expect(nameless).toMatchObject({
      code: 0,
      err: expect.stringMatching(/theirs\.safetensors: read as \S+ --width 0\.1 --classes 3/),
    });
    expect(named).toMatchObject({ code: 0, out: expect.stringContaining('"examples":42') });
    const labels = field(
      jsonLines(first.out)[0],
      'top',
      parseArray((guess) => field(guess, 'label', parseString)),
    );
    expect(labels.toSorted()).toEqual(['0', '1', '2']);
    expect(flagged.out).toBe(first.out);
    expect(changed).toMatchObject({
      code: 2,
      err: expect.stringContaining('brings its own network. Pass --model too'),
    });
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('classify: which pictures?') });
  });

  it('refuses data of other classes, damaged pictures and damaged weights', async () => {
    const two = await pictureFolder(inFolder('two'), ['blue', 'red'], 2);
    const other = await pictureFolder(inFolder('other'), ['blue', 'green', 'yellow'], 2);
    const picture = inFolder('cut.png');
    await writePicture(picture, 'red', 1);
    await writeFile(picture, (await readFile(picture)).subarray(0, 300));
    const weights = inFolder('cut.safetensors');
    await writeFile(weights, (await readFile(path.join(trained, 'weights.safetensors'))).subarray(0, 2000));
    const refusals = await Promise.all([
      zoo('eval', trained, '--data', two),
      zoo('eval', trained, '--data', other),
      zoo('classify', trained, picture),
      zoo('classify', trained, inFolder('nothing.png')),
      zoo('classify', weights, picture),
      zoo('eval', path.join(trained, 'weights.safetensors')),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1, 2]);
    const messages = refusals.map(({ err }) => err);
    expect(messages[0]).toContain('tells 3 classes apart, but two has 2');
    expect(messages[1]).toContain("its class 3 is 'red', but that of other is 'yellow'");
    expect(messages[2]).toContain(`${picture}: damaged or cut short PNG file`);
    // Before a backend starts: nothing stands before it.
    expect(messages[3]).toMatch(/^zoo: .*nothing\.png: no such file or folder, expected a picture/);
    expect(messages[4]).toContain('cut.safetensors: ');
    expect(messages[5]).toContain('eval: which data?');
  });
});
