import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { fillModel, modelBytes, openTensors } from '@zoo/weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { weightsMessage } from './weights-messages.ts';

beforeAll(() => tf.setBackend('cpu'));

const build = (classes: number, width: number) => alexnet('cifar10-quick', { classes, width, seed: 1 });

/** What the library says when weights of one network are loaded into another. */
async function said(from: ReturnType<typeof build>, to: ReturnType<typeof build>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of modelBytes(from)) pieces.push(piece);
  const file = await openTensors(Buffer.concat(pieces));
  return fillModel(to, file).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
}

describe("the library's words for options", () => {
  it('become those of the command line, of what the command has', async () => {
    const classes = await said(build(5, 0.1), build(10, 0.1));
    expect(classes).toMatch(/build it with classes: 5, or load with head: 'new'/);
    expect(weightsMessage(classes, { newHead: true })).toMatch(
      /the model for 10: pass --classes 5, or --new-head to keep only what comes before\.$/,
    );
    expect(weightsMessage(classes)).toMatch(/the model for 10: pass --classes 5\.$/);
    const width = await said(build(10, 0.2), build(10, 0.1));
    expect(weightsMessage(width, { partial: true })).toMatch(/, or --partial to begin such layers anew\.$/);
    expect(weightsMessage(width)).toMatch(/that the file was written with\.$/);
    const stranger = "Where it changes nothing, load with computation: 'ignore'.";
    expect(weightsMessage(stranger)).toBe('Where it changes nothing, pass --ignore-computation.');
    expect(weightsMessage(stranger, { ignoreComputation: false })).toMatch(
      /nothing, run .*zoo convert with --ignore-computation first\.$/,
    );
    const several = "G and D each hold weights that fit. Choose by key: 'G' or key: 'D'.";
    expect(weightsMessage(several)).toBe('G and D each hold weights that fit. Choose by --key G or --key D.');
  });
});
