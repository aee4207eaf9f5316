import { existsSync } from 'node:fs';
import path from 'node:path';
import { ZooError } from '@zoo/core';
import { isShipped, knownWeightsOf, parseWeightsCard } from '@zoo/spec';
import { commandName } from '../command-name.ts';
import { fileHash } from '../convert/file-hash.ts';
import { families } from '../families.ts';
import { bestOf } from '../run/best-of.ts';
import { howToGoOn } from '../run/how-to-go-on.ts';
import { jsonOf } from '../run/json-of.ts';
import { runFolder } from '../run/run-folder.ts';
import { type NamedRun, runNamed } from '../run/run-named.ts';
import { type RunRecord, readRunRecord } from '../run/run-record.ts';
import { stateOf } from '../run/run-state.ts';
import { textOf } from '../run/text-of.ts';
import { isWebAddress } from '../web-address.ts';

/** What is said of the accuracy of some weights. */
export interface Claim {
  /** Who says it: the card of the weights, the record of their run, or those who published them. */
  by: 'card' | 'record' | 'publisher';
  accuracy: { top1: number; top5: number };
  /** The network that they are said to be, `alexnet/cifar10-quick`, where the claim tells. */
  preset?: string;
  /** The data of the test, as `--data` takes it, where the claim tells. */
  data?: string;
}

const maxCardBytes = 1e6;

/** `runs/first/weights.json` for `runs/first/weights.safetensors`. */
const cardBeside = (file: string): string => path.join(path.dirname(file), `${path.parse(file).name}.json`);

/** What a run says of its weights: of the last epoch by its final test, of the best one and of their average by their own. */
const testOf: Readonly<Record<NamedRun['part'], (record: RunRecord) => Claim['accuracy'] | undefined>> = {
  last: ({ evaluation }) => evaluation,
  best: (record) => (record.options.keepBest ? bestOf(record)?.validation : undefined),
  ema: ({ averaged }) => averaged,
};

async function claimOfRun(given: string, { folder, part }: NamedRun): Promise<Claim> {
  const record = await readRunRecord(runFolder(folder).record);
  if (record.state !== 'finished')
    throw new ZooError(
      'data',
      `${given}: is ${stateOf(record)}, expected a finished run: only its final test can be verified. ${howToGoOn(folder, record)}`,
    );
  const accuracy = testOf[part](record);
  if (accuracy) return { by: 'record', accuracy, data: record.data.given };
  const why = { last: 'without a final test', best: 'without --keep-best', ema: 'without --ema' }[part];
  throw new ZooError('data', `${given}: the run has no such weights: it was trained ${why}. Name ${folder}.`);
}

async function claimOfFile(file: string): Promise<Claim> {
  const place = cardBeside(file);
  if (isWebAddress(file) || !existsSync(place))
    throw new ZooError(
      'not-found',
      `${file}: says nothing of its accuracy, expected a card beside it${isWebAddress(file) ? '' : `, ${place}`}. Name a run, weights of ${commandName()} weights, or a file with its card.`,
    );
  const card = parseWeightsCard(jsonOf(await textOf(place, 'a card of weights', maxCardBytes), place), place);
  const hash = await fileHash(file);
  if (hash?.sha256 !== card.file.sha256)
    throw new ZooError(
      'corrupt-file',
      `${file}: is not the file of its card, its SHA-256 is ${hash?.sha256}, expected ${card.file.sha256}. Fetch the file again, or its own card.`,
    );
  return { by: 'card', accuracy: card.accuracy, preset: card.preset, data: card.data.name };
}

/**
 * What is said of the accuracy of a run or one of its parts, `RUN/best` and `RUN/ema`, of weights that are known by name, or of a file with a card beside it.
 *
 * @throws ZooError `not-found` where nothing is said, `data` for a run that has not ended, or lacks the part, `corrupt-file` for a file that is not that
 *   of its card.
 */
export async function claimOf(given: string): Promise<Claim> {
  const run = runNamed(given);
  if (run) return claimOfRun(given, run);
  if (isWebAddress(given) || existsSync(given)) return claimOfFile(given);
  const { weights } = knownWeightsOf(given, families);
  return isShipped(weights)
    ? { by: 'card', accuracy: weights.card.accuracy, data: weights.card.data.name }
    : { by: 'publisher', accuracy: weights.accuracy };
}
