import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  isZooError,
  type Parse,
  parseArray,
  parseDictionary,
  parseEither,
  parseInteger,
  parseLiteral,
  parseNumber,
  parseObject,
  parseString,
  ZooError,
} from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import { type ModelSpec, parseRecipe, parseSpec, type Recipe } from '@zoo/spec';
import type { ClassWeights, EpochEvent, Evaluation } from '@zoo/trainers';
import { jsonOf } from './json-of.ts';
import { type Machine, parseMachine } from './machine.ts';
import { recordText } from './record-text.ts';
import { parseRunProcess, type RunProcess } from './run-process.ts';
import { textOf } from './text-of.ts';

/** What was asked for. With the spec, all it takes to do the run again. */
export interface RunOptions {
  /** Factor on the preset's hidden widths. Default: 1. */
  width?: number;
  /** What was trained, as a recipe: the preset's, with the user's changes. */
  recipe: Recipe;
  /** Decides initial values, order, dropout, and which pictures `limit` and a folder's test part take. */
  seed: number;
  /** Most training pictures, as many of each class. */
  limit?: number;
  /** Whether damaged pictures are left out. */
  skipDamaged?: boolean;
  /** What it began with instead of random weights, as the user wrote it. */
  weights?: string;
  /** Which of several networks in their file. */
  key?: string;
  /** Whether these may be only some of the network's. */
  partial?: boolean;
  /** Paths of the layers and blocks that stayed as they were. */
  freeze?: string[];
  /** What the errors of each class counted. Default: all alike. */
  classWeights?: ClassWeights;
  /** Whether the checkpoint of the best epoch is kept besides the last. */
  keepBest?: boolean;
  /** Whether TensorBoard's event file is written. */
  tensorboard?: boolean;
}

/** The data set of a run. */
export interface RunData {
  /** A data set's name, or the full path of a folder or of shards. */
  given: string;
  /** Full paths of a folder's parts: one where the test part was held out. Its pictures stand in `pictures.jsonl`. */
  parts?: { training: string; test?: string };
  /** Full paths or patterns of shards, instead of `parts`. */
  shards?: { training: readonly string[]; test?: readonly string[] };
  /** Files of a data set of the zoo: whatever their source, they are these. */
  files?: { name: string; sha256: string }[];
  name: string;
  classes: string[];
  /** Numbers of pictures. */
  training: number;
  test: number;
}

export interface Versions {
  zoo: string;
  tfjs: string;
  node: string;
  backend: string;
}

/** A row of the curves: an epoch without what only its last one needs. */
export type EpochRecord = Omit<EpochEvent, 'type' | 'validation' | 'averaged' | 'waitedForData'> & {
  /** Of `seconds`. Missing in records of earlier versions. */
  waitedForData?: number;
  validation: Pick<Evaluation, 'loss' | 'top1' | 'top5' | 'examples'>;
  /** Of the average of the weights, where the run keeps one. */
  averaged?: Pick<Evaluation, 'loss' | 'top1' | 'top5' | 'examples'>;
};

/** The final test. Which pictures were mistaken is in the report. */
export type RecordedEvaluation = Omit<Evaluation, 'mistakes' | 'confident' | 'uncertain'>;

/** Training over some steps that follow each other: a point of its curve. */
export interface Stretch {
  /** Where it ends, in epochs from the start: 0.025 after a fortieth of the first. */
  epoch: number;
  /** Means over its pictures, each seen by the network as it then was. */
  loss: number;
  accuracy: number;
  /** Of its last step. */
  learningRate: number;
  /** Pictures. */
  examples: number;
  /** Time spent on training. */
  seconds: number;
}

/** `run.json`: everything about a training that is not a picture or a weight. */
export interface RunRecord {
  /** `running` also stands in the record of a run that was killed: see `stateOf`. */
  state: 'running' | 'interrupted' | 'failed' | 'finished';
  /** Why it failed, in a line. */
  failure?: string;
  /** Whether it failed since its training diverged: a run that goes on from the same checkpoint does so again. */
  diverged?: boolean;
  /** Who trains it, or was the last to do so. */
  process?: RunProcess;
  /** `alexnet/cifar10-quick`. */
  preset: string;
  startedAt: string;
  /** When it came to its end. */
  finishedAt?: string;
  /** What was typed behind the program's name: to start it, and to go on with it each time. */
  commands: string[][];
  /** What computed it last. */
  machine: Machine;
  data: RunData;
  options: RunOptions;
  versions: Versions;
  epochs: EpochRecord[];
  /** The steps, averaged over stretches of equal length: 40 an epoch, and fewer when there would be more than 400. */
  steps: Stretch[];
  /** On the test pictures, with the final weights. */
  evaluation?: RecordedEvaluation;
  /** The same with the average of the weights, where the run keeps one. */
  averaged?: RecordedEvaluation;
  spec: ModelSpec;
}

const count = parseInteger(0, Number.MAX_SAFE_INTEGER);
const share = parseNumber(0, 1);
const measures = { loss: parseNumber(), top1: share, top5: share, examples: count };

const learnedInEpoch = {
  epoch: count,
  loss: parseNumber(),
  accuracy: share,
  learningRate: parseNumber(),
  validation: parseObject<EpochRecord['validation']>(measures),
};
const averagedInEpoch = { averaged: parseObject<EpochRecord['validation']>(measures) };
const parseEpoch: Parse<EpochRecord> = parseObject<EpochRecord>(
  { ...learnedInEpoch, seconds: parseNumber(0), imagesPerSecond: parseNumber(0) },
  { ...averagedInEpoch, waitedForData: parseNumber(0) },
);

const learnedInStretch = {
  epoch: parseNumber(0),
  loss: parseNumber(),
  accuracy: share,
  learningRate: parseNumber(0),
  examples: count,
};
const parseStretch: Parse<Stretch> = parseObject<Stretch>({ ...learnedInStretch, seconds: parseNumber(0) });

/** An epoch and a stretch without what they took: the same in every training of the same run. */
export type LearnedInEpoch = Omit<EpochRecord, 'seconds' | 'waitedForData' | 'imagesPerSecond'>;
export type LearnedInStretch = Omit<Stretch, 'seconds'>;
export const parseLearnedInEpoch: Parse<LearnedInEpoch> = parseObject<LearnedInEpoch>(learnedInEpoch, averagedInEpoch);
export const parseLearnedInStretch: Parse<LearnedInStretch> = parseObject<LearnedInStretch>(learnedInStretch);

const parseEvaluation = parseObject<RecordedEvaluation>({ ...measures, confusion: parseArray(parseArray(count)) });

const parseRecord: Parse<RunRecord> = parseObject<RunRecord>(
  {
    state: parseLiteral('running', 'interrupted', 'failed', 'finished'),
    preset: parseString,
    startedAt: parseString,
    commands: parseArray(parseArray(parseString)),
    machine: parseMachine,
    data: parseObject<RunData>(
      {
        given: parseString,
        name: parseString,
        classes: parseArray(parseString),
        training: count,
        test: count,
      },
      {
        parts: parseObject<NonNullable<RunData['parts']>>({ training: parseString }, { test: parseString }),
        shards: parseObject<NonNullable<RunData['shards']>>(
          { training: parseArray(parseString) },
          { test: parseArray(parseString) },
        ),
        files: parseArray(parseObject<{ name: string; sha256: string }>({ name: parseString, sha256: parseString })),
      },
    ),
    options: parseObject<RunOptions>(
      { recipe: parseRecipe, seed: count },
      {
        width: parseNumber(0),
        limit: count,
        skipDamaged: parseLiteral(true),
        weights: parseString,
        key: parseString,
        partial: parseLiteral(true),
        keepBest: parseLiteral(true),
        tensorboard: parseLiteral(true),
        freeze: parseArray(parseString),
        classWeights: parseEither(parseLiteral('balanced'), parseDictionary(parseNumber(0))),
      },
    ),
    versions: parseObject<Versions>({ zoo: parseString, tfjs: parseString, node: parseString, backend: parseString }),
    epochs: parseArray(parseEpoch),
    steps: parseArray(parseStretch),
    spec: parseSpec,
  },
  {
    failure: parseString,
    diverged: parseLiteral(true),
    process: parseRunProcess,
    finishedAt: parseString,
    evaluation: parseEvaluation,
    averaged: parseEvaluation,
  },
);

/**
 * Reads a run's record.
 *
 * @throws ZooError `not-found` without one, `data` for one that is too long, `corrupt-file` for one that is damaged, naming the field.
 */
export async function readRunRecord(file: string): Promise<RunRecord> {
  let text: string;
  try {
    text = await textOf(file, 'the record of a run', 2 ** 28);
  } catch (error) {
    if (isZooError(error) && error.code === 'data') throw error;
    const folder = path.dirname(file);
    if (!existsSync(folder))
      throw new ZooError('not-found', `${folder}: there is no such folder, expected a run of zoo train.`, {
        cause: error,
      });
    throw new ZooError(
      'not-found',
      `${file}: cannot be read, expected the record of a run. Name a folder that zoo train made.`,
      {
        cause: error,
      },
    );
  }
  return parseRecord(jsonOf(text, file), file);
}

/**
 * Writes a run's record, if it can be read again: a NaN, for one, would become a `null`. What was there before stays otherwise.
 *
 * @throws ZooError `data` that names the field, `disk` when the file cannot be written.
 */
export async function writeRunRecord(file: string, record: RunRecord): Promise<void> {
  await writeFileAtomically(file, `${recordText(readable(record, file))}\n`);
}

function readable(record: RunRecord, file: string): RunRecord {
  try {
    return parseRecord(record, path.basename(file));
  } catch (error) {
    if (!isZooError(error)) throw error;
    throw new ZooError('data', `${file}: is not changed, because the new content is invalid: ${error.what}`, {
      cause: error,
    });
  }
}
