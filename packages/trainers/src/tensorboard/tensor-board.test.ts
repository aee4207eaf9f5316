import { readFileSync } from 'node:fs';
import { parseArray, parseDictionary, parseNumber, parseObject, parseString } from '@zoo/core';
import { readEventFile } from '@zoo/testing/event-file';
import { describe, expect, it } from 'vitest';
import { goldenEvents, goldenFile, stepsPerEpoch } from '../../fixtures/tensorboard/golden-events.ts';
import type { EpochEvent, StepEvent, TrainEvent } from '../train-event.ts';
import { crc32c } from './crc32c.ts';
import { tensorBoardHead, tensorBoardLength, tensorBoardRecord } from './tensor-board.ts';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/tensorboard/${name}`, import.meta.url)));
const parseRead = parseObject<{
  tensorboard: string;
  wallTimes: number[];
  scalars: Record<string, number[][]>;
}>({
  tensorboard: parseString,
  wallTimes: parseArray(parseNumber()),
  scalars: parseDictionary(parseArray(parseArray(parseNumber()))),
});

describe('crc32c', () => {
  // RFC 3720, appendix B.4.
  it.each([
    ['zeros', new Uint8Array(32), 0x8a9136aa],
    ['ones', new Uint8Array(32).fill(255), 0x62a8ab43],
    ['rising bytes', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
    ['the digits', new TextEncoder().encode('123456789'), 0xe3069283],
  ])('is that of the standard: %s', (_what, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe('the event file of a training', () => {
  const file = goldenFile();

  it('is, byte for byte, the one that TensorBoard has read', () => {
    expect(Buffer.from(file).equals(fixture('events.out.tfevents.golden'))).toBe(true);
  });

  it('says to TensorBoard and to a reader by the specification what was written', () => {
    const { wallTimes, scalars } = parseRead(JSON.parse(new TextDecoder().decode(fixture('read.json'))), 'read.json');
    const events = readEventFile(file);
    expect(events[0]).toMatchObject({ fileVersion: 'brain.Event:2', step: 0 });
    expect(events.map(({ wallTime }) => wallTime)).toEqual(wallTimes);
    const here: Record<string, number[][]> = {};
    for (const { step, scalars } of events)
      for (const [tag, value] of Object.entries(scalars)) here[tag] = [...(here[tag] ?? []), [step, value]];
    expect(here).toEqual(scalars);

    const steps = goldenEvents.filter((event) => event.type === 'step');
    const written = new Map(here['loss/train']?.map(([step, value]) => [step, value]));
    expect(written.size).toBe(80);
    for (const [index, { loss }] of steps.entries())
      if (written.has(index + 1)) expect(written.get(index + 1)).toBe(Math.fround(loss));
    expect(here['loss/test']).toEqual([
      [100, 1.5],
      [200, 0.75],
    ]);
    expect(here['accuracy/averaged']).toEqual([
      [100, Math.fround(0.31)],
      [200, Math.fround(0.62)],
    ]);
    expect(Object.keys(here).sort()).toEqual(
      ['train', 'epoch', 'test', 'averaged']
        .flatMap((name) => [`accuracy/${name}`, `loss/${name}`])
        .concat('top5/test', 'top5/averaged', 'learning_rate', 'images_per_second')
        .sort(),
    );
  });

  it('has no top-5 accuracy where there are at most five classes, and no more steps than there are', () => {
    const event: StepEvent = {
      type: 'step',
      epoch: 2,
      step: 1,
      stepsPerEpoch: 3,
      loss: 1,
      accuracy: 0,
      learningRate: 0.1,
      imagesPerSecond: 1,
    };
    for (const step of [1, 2, 3]) {
      const record = tensorBoardRecord({ ...event, step }, { stepsPerEpoch: 3 });
      expect(readEventFile(record ?? new Uint8Array())[0]?.step).toBe(3 + step);
    }
    const validation = {
      loss: 1,
      top1: 1,
      top5: 1,
      examples: 2,
      confusion: [[1], [0]],
      mistakes: [],
      confident: [],
      uncertain: [],
    };
    const { step: _, stepsPerEpoch: __, ...rest } = event;
    const epoch: EpochEvent = { ...rest, type: 'epoch', seconds: 1, waitedForData: 0, validation };
    const [read] = readEventFile(tensorBoardRecord(epoch, { stepsPerEpoch: 3 }) ?? new Uint8Array());
    expect(read).toMatchObject({ step: 6, scalars: { 'loss/test': 1, 'accuracy/test': 1 } });
    expect(read?.scalars).not.toHaveProperty('top5/test');
  });
});

describe('tensorBoardLength', () => {
  const isWritten = (event: TrainEvent): event is StepEvent | EpochEvent =>
    event.type === 'step' || event.type === 'epoch';
  const file = goldenFile();
  const events = goldenEvents.filter(isWritten);

  it('keeps what was before an event, wherever training goes on', () => {
    for (const [index, event] of events.entries()) {
      if (index % 7 > 1) continue;
      const length = tensorBoardLength(file, event, { stepsPerEpoch });
      const before = events.slice(0, index).filter((one) => tensorBoardRecord(one, { stepsPerEpoch }));
      expect(readEventFile(file.subarray(0, length)), `${event.type} ${index}`).toHaveLength(1 + before.length);
    }
  });

  it('ends before a record that was torn at any byte, or is damaged', () => {
    const [last] = events.slice(-1);
    if (!last) throw new Error('no events');
    const after: EpochEvent | StepEvent = { ...last, epoch: 9 };
    const ends = new Set<number>();
    for (let cut = 0; cut <= 500; cut++) {
      const length = tensorBoardLength(file.subarray(0, cut), after, { stepsPerEpoch });
      expect(length).toBeLessThanOrEqual(cut);
      readEventFile(file.subarray(0, length));
      ends.add(length);
    }
    expect(ends.size).toBe(1 + readEventFile(file.subarray(0, Math.max(...ends))).length);
    const damaged = file.slice();
    damaged[500] = (damaged[500] ?? 0) ^ 1;
    expect(tensorBoardLength(damaged, after, { stepsPerEpoch })).toBeLessThan(500);
    expect(tensorBoardLength(file, after, { stepsPerEpoch })).toBe(file.length);
    expect(
      tensorBoardLength(new TextEncoder().encode('no event file at all, but a text'), after, { stepsPerEpoch }),
    ).toBe(0);
  });

  it("reads the file of TensorBoard's own writer", () => {
    const theirs = fixture('events.out.tfevents.theirs');
    const at = (step: number) =>
      tensorBoardLength(theirs, { ...(events[0] as StepEvent), epoch: 1, step }, { stepsPerEpoch: 1000 });
    expect(readEventFile(theirs.subarray(0, at(301)))).toHaveLength(5);
    expect(readEventFile(theirs.subarray(0, at(300))).map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(tensorBoardHead(1.5)).toEqual(theirs.subarray(0, tensorBoardHead().length));
  });
});
