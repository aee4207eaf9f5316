import { ZooError } from '@zoo/core';
import { datasets } from '@zoo/loaders';
import type { RunRecord } from '../apps/cli/src/run/run-record.ts';

/** Words of a command that say where a run lies, or how it is shown: of no use to others. */
const ofThisMachine = ['--out', '--resume'];
const alone = ['--overwrite', '--json'];

function publicCommand(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (ofThisMachine.includes(word)) index++;
    else if (!alone.includes(word) && !ofThisMachine.some((option) => word.startsWith(`${option}=`))) kept.push(word);
  }
  return kept;
}

/** As many digits as a 32-bit float has. */
const short = (value: number): number => Number(value.toPrecision(7));

const shortened = <Row extends object>(row: Row): Row =>
  JSON.parse(JSON.stringify(row), (_key, value) => (typeof value === 'number' ? short(value) : value));

/**
 * A run's record as others may read it: without process, host, paths and kernel, and without the stretches within its epochs.
 *
 * @throws ZooError `data` for a run that has not come to its end, or that others could not repeat: on a folder of pictures, or from
 *   weights of its own.
 */
export function publicRecord(record: RunRecord, place: string): RunRecord {
  const { process: _process, machine, data, options, epochs, evaluation, averaged, ...rest } = record;
  if (record.state !== 'finished' || !evaluation)
    throw new ZooError('data', `${place}: is ${record.state}, expected a finished run. Let zoo train end it first.`);
  if (!Object.hasOwn(datasets, data.given))
    throw new ZooError(
      'data',
      `${place}: was trained on the folder ${data.name}, expected one of ${Object.keys(datasets).join(', ')}: others could not repeat it.`,
    );
  if (options.weights !== undefined)
    throw new ZooError(
      'data',
      `${place}: began with the weights ${options.weights}, expected random ones: others could not repeat it.`,
    );
  const [system = ''] = machine.system.split(/[ ,]/);
  return {
    ...rest,
    commands: record.commands.slice(0, 1).map(publicCommand),
    machine: { ...machine, system: `${system}, ${machine.system.split(', ').at(-1)}` },
    data,
    options,
    epochs: epochs.map(shortened),
    steps: [],
    evaluation: shortened(evaluation),
    ...(averaged && { averaged: shortened(averaged) }),
  };
}
