import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { parseArray, parseNumber, parseString } from '@zoo/core';
import { openTensors, saveTensors } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord } from '../run/run-record.ts';
import { pictureFolder, writePicture } from '../testing/pictures.ts';
import { field, fieldsOf, jsonLines, startZoo, zoo } from '../testing/zoo.ts';

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
    expect(fieldsOf(result)).toEqual(['loss', 'top1', 'top5', 'examples', 'classes', 'confusion', 'notes']);
    expect(field(result, 'classes', parseArray(parseString))).toEqual(['blue', 'green', 'red']);
    const { evaluation } = await readRunRecord(path.join(trained, 'run.json'));
    expect(field(result, 'loss', parseNumber())).toBeCloseTo(evaluation?.loss ?? Number.NaN, 5);
    expect(field(result, 'top1', parseNumber())).toBe(evaluation?.top1);
    expect(field(result, 'confusion', parseArray(parseArray(parseNumber())))).toEqual(evaluation?.confusion);
  });

  it('writes what each test picture is taken for as a table, as classify does', async () => {
    const csv = inFolder('test.csv');
    const [file, printed, json] = [
      await zoo('eval', trained, '--csv', csv, '--threads', '1'),
      await zoo('eval', trained, '--csv', '-', '--threads', '1'),
      await zoo('eval', trained, '--csv', '-', '--json'),
    ];
    expect(file).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`^Table +${csv}$`, 'm')) });
    const text = await readFile(csv, 'utf8');
    // A line of a terminal ends as lines do there.
    expect(printed.out).toBe(text.replaceAll('\r\n', '\n'));
    const rows = text.trim().split('\r\n');
    expect(rows[0]).toBe('image,truth,right,guess_1,probability_1,guess_2,probability_2,guess_3,probability_3,error');
    const { evaluation } = await readRunRecord(path.join(trained, 'run.json'));
    expect(rows).toHaveLength(1 + (evaluation?.examples ?? 0));
    const right = rows.filter((row) => row.split(',')[2] === 'true').length;
    expect(right / (rows.length - 1)).toBeCloseTo(evaluation?.top1 ?? -1, 6);
    for (const row of rows.slice(1)) expect(row).toMatch(/^(blue|green|red)\/\d+\.png,\1,(true|false),/);
    expect(json).toMatchObject({ code: 2, err: expect.stringContaining('standard output is taken by --json') });
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
    expect(short.out.trim().split('\n').slice(3, 5)).toEqual(['', expect.stringContaining(' of 3 pictures right')]);
    expect(short.out).toMatch(/^[✓✗] blue-\d+\.png +(blue|green|red) +\d+\.\d %/m);
    expect(long.out).toMatch(/[✓✗] (right|wrong, shows: (blue|green|red))/);
    for (const { out } of [short, long]) expect(out).toMatch(/\d of 3 pictures right \(\d+\.\d %\)\./);
    const four = await zoo('classify', trained, examples, path.join(pictures, 'red', '0.png'));
    expect(four.out.trim().split('\n').slice(4, 6)).toEqual(['', expect.stringContaining(' of 4 pictures right')]);
    const rows = jsonLines(forPrograms.out);
    expect(rows).toHaveLength(3);
    expect(fieldsOf(rows[0])).toEqual(['image', 'truth', 'top']);
    const top = field(
      rows[0],
      'top',
      parseArray((guess) => [field(guess, 'label', parseString), field(guess, 'probability', parseNumber(0, 1))]),
    );
    expect(top).toHaveLength(2);
  });

  it('judges a folder of classes, shows what is wrong, and writes a table', async () => {
    const mixed = inFolder('mixed');
    for (const colour of ['blue', 'green', 'red'])
      await cp(path.join(pictures, colour), path.join(mixed, colour), { recursive: true });
    // A picture in the wrong folder is a mistake that the network is sure of.
    await writePicture(path.join(mixed, 'red', 'deep', 'misplaced.png'), 'blue', 77);
    await writePicture(path.join(mixed, 'else', '1.png'), 'blue', 78);
    const csv = inFolder('guesses.csv');
    const [all, wrong, forPrograms] = [
      await zoo('classify', trained, mixed, '--csv', csv, '--top', '2', '--json', '--threads', '1'),
      await zoo('classify', trained, mixed, '--wrong', '--threads', '1'),
      await zoo('classify', trained, mixed, '--wrong', '--json', '--threads', '1'),
    ];
    expect([all.code, wrong.code, forPrograms.code]).toEqual([0, 0, 0]);
    expect(all.err).toContain(`else: is no class of ${trained}, so what 1 picture in there shows is not known.`);
    const rows = jsonLines(all.out);
    expect(rows).toHaveLength(44);
    const judged = rows.filter((row) => fieldsOf(row).includes('truth'));
    expect(judged).toHaveLength(43);
    const first = (row: unknown, name: string) =>
      field(row, 'top', (top) => field(parseArray((one) => one)(top, 'top')[0], name, (x) => x));
    const mistakes = judged.filter((row) => first(row, 'label') !== field(row, 'truth', parseString));
    const text = (await readFile(csv, 'utf8')).trim().split('\r\n');
    expect(text[0]).toBe('image,truth,right,guess_1,probability_1,guess_2,probability_2,error');
    expect(text).toHaveLength(45);
    expect(text.filter((line) => line.split(',')[2] === 'false')).toHaveLength(mistakes.length);
    expect(text.find((line) => line.includes('misplaced'))).toMatch(/misplaced\.png,red,(true|false),/);

    const shown = jsonLines(forPrograms.out);
    expect(shown).toHaveLength(mistakes.length);
    const sure = shown.map((row) => Number(first(row, 'probability')));
    expect(sure).toEqual(sure.toSorted((a, b) => b - a));
    expect(wrong.out).toContain(`${43 - mistakes.length} of 43 pictures right`);
    expect(wrong.out.match(/^✗/gm) ?? []).toHaveLength(mistakes.length);
    expect(wrong.out).not.toMatch(/^✓/m);
  });

  it('takes patterns, addresses and standard input, and names for the classes', async () => {
    const picture = path.join(pictures, 'red', '0.png');
    const server = createServer(async (request, response) => {
      if (request.url === '/red-1.png') response.end(await readFile(picture));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const web = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const names = inFolder('names.json');
    await writeFile(names, '{"2": "rot", "0": "blau", "1": "grün"}');
    const two = inFolder('two.txt');
    await writeFile(two, 'rot\nblau\n');
    try {
      const guess = (...args: string[]) => zoo('classify', trained, ...args, '--json', '--threads', '1');
      const [one, pattern, fetched, missing, named, few, typed] = [
        await guess(picture),
        await guess(path.join(pictures, '{red,blue}', '[0-2].png')),
        await guess(`${web}/red-1.png`),
        await guess(`${web}/none.png`),
        await guess(picture, '--labels', names),
        await guess(picture, '--labels', two),
        await startZoo(
          ['classify', trained, '-', '--json', '--threads', '1', '--backend', 'wasm'],
          {},
          await readFile(picture),
        ).ended,
      ];
      expect(jsonLines(pattern.out)).toHaveLength(6);
      const top = (out: string) => field(jsonLines(out)[0], 'top', (value) => value);
      expect(jsonLines(fetched.out)).toEqual([{ image: `${web}/red-1.png`, truth: 'red', top: top(one.out) }]);
      expect(missing).toMatchObject({ code: 1, err: expect.stringContaining(`${web}/none.png`) });
      expect(jsonLines(typed.out)).toEqual([{ image: '-', top: top(one.out) }]);
      const read = await startZoo(['classify', trained, '-'], {}, await readFile(picture)).ended;
      expect(read.out).toMatch(/^standard input\n/);
      expect(JSON.stringify(top(named.out))).toBe(
        JSON.stringify(top(one.out)).replace('"red"', '"rot"').replace('"blue"', '"blau"').replace('"green"', '"grün"'),
      );
      expect(few).toMatchObject({
        code: 1,
        err: expect.stringContaining(
          'two.txt: names 2 classes, read a line each ("rot", "blau"), but the network has 3.',
        ),
      });
    } finally {
      server.close();
    }
  });

  it('says before anything long begins what cannot be', async () => {
    const picture = path.join(pictures, 'red', '0.png');
    const refusals = await Promise.all([
      zoo('classify', trained, picture, '--csv', inFolder('nowhere', 'a.csv')),
      zoo('classify', trained, picture, '--labels', inFolder('none.txt')),
      zoo('classify', trained, inFolder('*.jpg')),
      zoo('eval', trained, '--report', inFolder('nowhere', 'a.html')),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(refusals.map(({ err }) => err)).toEqual([
      expect.stringMatching(/^zoo: --csv .*nowhere/),
      expect.stringMatching(/^zoo: --labels .*none\.txt: is not there/),
      expect.stringMatching(/^zoo: .*\*\.jpg: no picture has a name of that pattern/),
      expect.stringMatching(/^zoo: --report .*nowhere/),
    ]);
    const nothing = inFolder('unknown');
    await writePicture(path.join(nothing, 'x.png'), 'red', 1);
    expect(await zoo('classify', trained, nothing, '--wrong')).toMatchObject({
      code: 2,
      err: expect.stringContaining('into folders named after the classes: blue, green, red.'),
    });
  });

  it('tests on a part, and writes a page with the worst mistakes', async () => {
    const report = inFolder('test.html');
    const weights = path.join(trained, 'weights.safetensors');
    const args = ['eval', weights, '--data', pictures, '--limit', '9', '--report', report, '--threads', '1'];
    const { code, out } = await zoo(...args);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('on 9 test pictures of colours') });
    expect(out).toContain(`Report          ${report}`);
    const page = await readFile(report, 'utf8');
    expect(page).toContain('<h2>Class by class</h2>');
    expect(page).toContain('Confusion matrix');
    expect(page.includes('Its worst mistakes')).toBe(!out.includes('100.0 %'));
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
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
      zoo('classify', foreign, picture, '--classes', '4'),
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
      err: expect.stringMatching(/--classes: \S+ holds \S+ with --classes \d+, not \d+\. Leave --classes out\.$/m),
    });
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('classify: which pictures?') });
  });

  it('tests on some of the classes, and refuses others, damaged pictures and damaged weights', async () => {
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
    expect(refusals.map(({ code }) => code)).toEqual([0, 1, 1, 1, 1, 2]);
    const messages = refusals.map(({ err }) => err);
    expect(messages[0]).toContain(`two: has 2 of the 3 classes of ${trained}, blue, red.`);
    expect(messages[1]).toContain(`other: its class yellow is none of ${trained}, which tells 3 classes apart`);
    expect(messages[2]).toContain(`${picture}: damaged or cut short PNG file`);
    // Before a backend starts: nothing stands before it.
    expect(messages[3]).toMatch(/^zoo: .*nothing\.png: no such file or folder, expected a picture/);
    expect(messages[4]).toContain('cut.safetensors: ');
    expect(messages[5]).toContain('eval: which data?');
  });
});
