import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { alexnet } from '@zoo/alexnet';
import { parseArray, parseNumber, parseString } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import { safetensorsBytes } from '@zoo/tensor-files/safetensors';
import { serve } from '@zoo/testing/serve';
import { loadModel, openTensors, saveTensors, saveWeights } from '@zoo/weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { field, jsonLines, startZoo, zoo } from '../testing/zoo.ts';

let folder = '';
const inFolder = (name: string) => path.join(folder, name);
const convert = (...args: string[]) => zoo('convert', ...args, '--backend', 'cpu');

beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-convert-'));
  await saveWeights(alexnet('cifar10-quick', { seed: 4, width: 0.25 }), inFolder('own.safetensors'), {
    labels: Array.from('abcdefghij'),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes a model's tensors as other programs do: without a word about the network. */
async function saveBare(model: tfl.LayersModel, name: string): Promise<void> {
  await saveWeights(model, inFolder(`${name}.safetensors`));
  const own = await openTensors(inFolder(`${name}.safetensors`));
  await saveTensors(
    inFolder(name),
    [...own.tensors.values()].map((tensor) => ({ ...tensor, dtype: 'F32', data: () => tensor.read() })),
  );
  await own.close();
}

const valuesIn = async (file: string, name: string): Promise<Float32Array> => {
  const opened = await openTensors(file);
  const values = await opened.tensors.get(name)?.read();
  await opened.close();
  if (!values) throw new Error(`${file} has no ${name}`);
  return values;
};

describe('zoo convert', () => {
  it('says what it read and wrote, and loses nothing on the way', async () => {
    const there = await convert(inFolder('own.safetensors'), inFolder('there.pth'));
    expect(there.code).toBe(0);
    expect(there.out).toMatch(/^From +\S+own\.safetensors, safetensors, \d+\.\d kB$/m);
    expect(there.out).toMatch(/^SHA-256 +[0-9a-f]{64}$/m);
    expect(there.out).toMatch(/^Mapping +10 tensors, by names \(spec\)$/m);
    const back = await convert(inFolder('there.pth'), inFolder('back.safetensors'), '--json');
    const [result] = jsonLines(back.out);
    expect(field(result, 'format', parseString)).toBe('pytorch');
    expect(
      field(
        result,
        'written',
        parseArray((one) => field(one, 'path', parseString)),
      ),
    ).toEqual([inFolder('back.safetensors')]);
    expect((await readFile(inFolder('back.safetensors'))).equals(await readFile(inFolder('own.safetensors')))).toBe(
      true,
    );
  });

  it('says the hash of what it fetched', async () => {
    const bytes = await readFile(inFolder('own.safetensors'));
    const address = await serve((_, response) =>
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes),
    );
    const args = ['convert', `${address}net.safetensors`, inFolder('fetched.pth'), '--backend', 'cpu', '--json'];
    const { out } = await startZoo(args, { env: { ZOO_CACHE: inFolder('cache') } }).ended;
    const [result] = jsonLines(out);
    expect(field(result, 'sha256', parseString)).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(field(result, 'bytes', parseNumber())).toBe(bytes.length);
  });

  it('asks what network weights are for, and shows its guesses', async () => {
    const nameless = await openTensors(inFolder('own.safetensors'));
    const tensors = await Promise.all(
      [...nameless.tensors.values()].map(async ({ shape, read }, index) => {
        const values = await read();
        return { name: `arr_${index}`, shape, data: () => values };
      }),
    );
    await nameless.close();
    await writeFileAtomically(inFolder('nameless.safetensors'), safetensorsBytes(tensors));
    await saveBare(alexnet('paper', { width: 0.02, classes: 10 }), 'paper.pth');
    const [refused, guessed] = await Promise.all([
      convert(inFolder('paper.pth'), inFolder('a.pth')),
      convert(inFolder('nameless.safetensors'), inFolder('guessed.safetensors')),
    ]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err).toMatch(
      /paper\.pth: does not say what network it is for, and it fits alexnet\/paper and alexnet\/caffenet, which differ only in what shapes do not tell: order, normalisation, dropout\. Pass --model with one of them\./,
    );
    expect(guessed.err).toMatch(/read as alexnet\/cifar10-quick --width 0\.25$/m);
    // The mapping says it, once.
    expect(guessed.err).not.toContain('guessed');
    expect(guessed.out).toContain('guessed from order and shapes: check this');
    expect(guessed.out).toMatch(/^classifier\.0\.weight +arr_6 +16 × 256$/m);
    expect(await valuesIn(inFolder('guessed.safetensors'), 'features.3.weight')).toEqual(
      await valuesIn(inFolder('own.safetensors'), 'features.3.weight'),
    );
  });

  it('reads what a bare file is from its names and shapes, also where only the preset is named', async () => {
    await saveBare(alexnet('torchvision', { width: 0.02, classes: 7, inChannels: 1, seed: 3 }), 'theirs.pth');
    const [bare, named, none] = await Promise.all([
      convert(inFolder('theirs.pth'), inFolder('bare.safetensors')),
      convert(inFolder('theirs.pth'), inFolder('named.safetensors'), '--model', 'alexnet/torchvision'),
      convert(inFolder('own.safetensors'), inFolder('none.pth'), '--model', 'alexnet/torchvision'),
    ]);
    expect([bare.code, named.code, none.code]).toEqual([0, 0, 1]);
    expect(bare.err).toContain('theirs.pth: read as alexnet/torchvision --width 0.02 --classes 7 --in-channels 1');
    expect(bare.out).toMatch(/^Network +alexnet\/torchvision, 7 classes$/m);
    const { model } = await loadModel(inFolder('bare.safetensors'));
    expect(model.outputs[0]?.shape[1]).toBe(7);
    expect((await readFile(inFolder('named.safetensors'))).equals(await readFile(inFolder('bare.safetensors')))).toBe(
      true,
    );
    expect(none.err).toMatch(/has no tensor features\.8\.weight, .*, or --partial to begin what is missing anew/);
  });

  it('takes a part, and says what is not there', async () => {
    const { out, code } = await convert(
      inFolder('own.safetensors'),
      inFolder('part.safetensors'),
      '--model',
      'alexnet/cifar10-quick',
      '--width',
      '0.25',
      '--classes',
      '3',
      '--partial',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^Other shape +classifier\.1\.weight: \[10, 16\], the network has \[3, 16\]$/m);
    expect(await valuesIn(inFolder('part.safetensors'), 'features.3.weight')).toEqual(
      await valuesIn(inFolder('own.safetensors'), 'features.3.weight'),
    );
  });

  it('makes a new head for another number of classes', async () => {
    const { out } = await convert(
      inFolder('own.safetensors'),
      inFolder('three.safetensors'),
      '--model',
      'alexnet/cifar10-quick',
      '--width',
      '0.25',
      '--classes',
      '3',
      '--new-head',
    );
    expect(out).toMatch(/^New head +classifier\.1\.weight, classifier\.1\.bias$/m);
    const { model, labels } = await loadModel(inFolder('three.safetensors'));
    expect([model.outputs[0]?.shape[1], labels]).toEqual([3, []]);
  });

  it('compares with the numbers of the source framework, layer by layer', async () => {
    const model = alexnet('cifar10-quick', { seed: 4, width: 0.25 });
    const input = Float32Array.from({ length: 3 * 32 * 32 }, (_, i) => (i % 251) - 125);
    const logits = tf.tidy(() => {
      const output = model.predict(tf.transpose(tf.tensor4d(input, [1, 3, 32, 32]), [0, 2, 3, 1]));
      if (Array.isArray(output)) throw new Error('one output expected');
      return Float32Array.from(output.dataSync());
    });
    const right = [
      { name: 'logits', shape: [1, 10], data: () => logits.slice() },
      { name: 'input', shape: [1, 3, 32, 32], data: () => input },
    ];
    await writeFileAtomically(inFolder('right.safetensors'), safetensorsBytes(right));
    const agrees = await convert(
      inFolder('own.safetensors'),
      inFolder('r.pth'),
      '--check',
      inFolder('right.safetensors'),
    );
    expect([agrees.code, agrees.err]).toEqual([0, expect.not.stringContaining('--check')]);
    logits[3] = (logits[3] ?? 0) + 1;
    const tensors = [
      { name: 'logits', shape: [1, 10], data: () => logits },
      { name: 'features.1', shape: [1, 8, 16, 16], data: () => new Float32Array(8 * 256).fill(Number.NaN) },
      { name: 'input', shape: [1, 3, 32, 32], data: () => input },
    ];
    await writeFileAtomically(inFolder('check.safetensors'), safetensorsBytes(tensors));
    const { out, err, code } = await convert(
      inFolder('own.safetensors'),
      inFolder('b.pth'),
      '--check',
      inFolder('check.safetensors'),
      '--json',
    );
    expect([code, existsSync(inFolder('b.pth'))]).toEqual([1, true]);
    expect(err).toMatch(
      /--check \S+check\.safetensors: 2 of 2 outputs differ by more than 0\.01 of their largest value, features\.1 first, by NaN\. \S+b\.pth is written all the same/,
    );
    const rows = field(
      jsonLines(out)[0],
      'parity',
      parseArray((row) => row),
    );
    expect(rows.map((row) => field(row, 'layer', parseString))).toEqual(['features.1', 'logits']);
    expect(field(rows[1], 'error', parseNumber())).toBeCloseTo(1, 5);
    // JSON has no NaN: it stands there as null, and as no number that could pass for a small one.
    expect(() => field(rows[0], 'error', parseNumber())).toThrow(/expected a number/);
  });

  it('writes source, and refuses what makes no sense', async () => {
    const [source, ending, preset, network, check, away] = await Promise.all([
      convert('alexnet/paper', inFolder('model.py'), '--width', '0.1'),
      convert('alexnet/paper', inFolder('model.txt')),
      convert('alexnet/paper', inFolder('a.pth'), '--model', 'alexnet/paper'),
      convert(inFolder('own.safetensors'), inFolder('a.pth'), '--classes', '3'),
      convert(inFolder('own.safetensors'), inFolder('a.pth'), '--check', inFolder('own.safetensors')),
      convert('http://127.0.0.1:1/weights.pth', inFolder('a.pth')),
    ]);
    expect(source.code).toBe(0);
    expect(await readFile(inFolder('model.py'), 'utf8')).toContain('class AlexNet(nn.Module):');
    expect([ending.code, preset.code, network.code, check.code, away.code]).toEqual([2, 2, 2, 1, 1]);
    expect(ending.err).toContain('model.txt: its extension names no format that can be written');
    expect(preset.err).toContain('alexnet/paper is a preset already');
    expect(network.err).toMatch(
      /--classes: \S+ holds \S+ with --classes \d+, not 3\. Leave --classes out, or pass --new-head/,
    );
    expect(check.err).toContain('its input is [missing], expected [batch,3,32,32]');
    expect(away.err).toContain('http://127.0.0.1:1/weights.pth: cannot be fetched');
  });
});
