import { ZooError } from '@zoo/core';
import { evaluate } from '@zoo/trainers';
import type { Command } from 'commander';
import { type DataSource, dataHelp, dataSource, recordedSource } from '../data/data-source.ts';
import { openTest } from '../data/open-test.ts';
import { presetName } from '../families.ts';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples } from '../options/help.ts';
import { numberFromZero } from '../options/numbers.ts';
import { facts } from '../rendering/facts.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { thousands } from '../rendering/quantities.ts';
import { type CheckedWeights, withCheckedWeights } from '../run/open-weights.ts';
import { requireWeights } from '../run/require-weights.ts';
import { requireWeightsFirst } from '../run/require-weights-first.ts';
import type { Terminal } from '../terminal.ts';
import { type Claim, claimOf } from '../verify/claim.ts';

/** Everything that `zoo verify` understands, under the names that commander gives. */
export interface VerifyOptions extends BackendOptions {
  data?: string;
  skipDamaged?: true;
  tolerance: number;
  json?: true;
}

const whose = { card: 'its card', record: 'its record', publisher: 'its publisher' } as const;

/** `76.62 %`: of ten thousand pictures each counts. */
const exactPercent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** @throws ZooError `corrupt-file` for a card of another network. */
function requirePreset(name: string, { preset, by }: Claim, found: string): void {
  if (preset !== undefined && preset !== found)
    throw new ZooError(
      'corrupt-file',
      `${name}: is a network ${found}, ${whose[by]} says ${preset}. Fetch the file again, with its own card.`,
    );
}

/** `zoo verify RUN|WEIGHTS` */
async function runVerification(given: string, options: VerifyOptions, terminal: Terminal): Promise<void> {
  requireWeightsFirst('verify', given);
  if (options.data !== undefined) dataSource(options.data);
  requireWeights(given);
  const claim = await claimOf(given);
  const asked = { onProgress: showLongWork(terminal), onNotice: terminal.note };
  const data = options.data ?? claim.data;
  if (data === undefined)
    throw new ZooError(
      'usage',
      `${given}: was tested on pictures that the zoo cannot fetch, ImageNet's. Pass --data FOLDER with its validation pictures, one sub-folder a class.`,
    );
  const source = options.data === undefined ? recordedSource(given, data, whose[claim.by]) : dataSource(data);
  await withCheckedWeights(given, asked, (checked) => verify(checked, { given, claim, source }, options, terminal));
}

async function verify(
  checked: CheckedWeights,
  { given, claim, source }: { given: string; claim: Claim; source: DataSource },
  options: VerifyOptions,
  terminal: Terminal,
): Promise<void> {
  const { spec, labels, name, load } = checked;
  requirePreset(name, claim, presetName(spec));
  const { skipDamaged } = options;
  const test = await openTest(checked, { given, source, labels, ...(skipDamaged && { skipDamaged }) }, terminal);
  await startBackend(options, terminal);
  const { model } = await load();
  const { top1, top5, loss, examples } = await evaluate(model, test, { onProgress: showLongWork(terminal) });
  terminal.endLive();
  const { accuracy, by } = claim;
  const { tolerance } = options;
  // A share of rounded counts: the last digit of a 64-bit float is no difference.
  const differs = (measured: number, said: number): boolean => Math.abs(measured - said) > tolerance + 1e-9;
  const holds = !differs(top1, accuracy.top1) && !differs(top5, accuracy.top5);
  if (options.json) {
    const expected = { top1: accuracy.top1, top5: accuracy.top5 };
    const preset = presetName(spec);
    terminal.print(JSON.stringify({ name, preset, holds, top1, top5, loss, examples, expected, by, tolerance }));
  } else {
    terminal.print(`${name} on ${thousands(examples)} test pictures of ${source.name}`);
    const row = (title: string, measured: number, said: number): [string, string] => [
      title,
      `${exactPercent(measured)} measured, ${exactPercent(said)} by ${whose[by]}`,
    ];
    const rows = [row('Top-1', top1, accuracy.top1), row('Top-5', top5, accuracy.top5)];
    terminal.print(facts(spec.classes > 5 ? rows : rows.slice(0, 1), terminal));
    if (holds) terminal.print(terminal.colours.bold('Holds.'));
  }
  if (holds) return;
  throw new ZooError(
    'data',
    `${name}: does not hold, its top-1 accuracy is ${exactPercent(top1)} and its top-5 ${exactPercent(top5)}, expected ${exactPercent(accuracy.top1)} and ${exactPercent(accuracy.top5)} within ${exactPercent(tolerance)}. Check that these are the weights and the pictures that ${whose[by]} means.`,
  );
}

export function addVerify(program: Command, terminal: Terminal): void {
  const command = program
    .command('verify')
    .summary('measure again what is said of weights')
    .description(
      'Tests weights on all test pictures, and says whether they reach the accuracy that their card, or the record of their run, says: ' +
        'exit code 0 if it holds, 1 if it does not.',
    )
    .argument(
      '<run|weights>',
      'a name of zoo weights, a folder that zoo train made or its RUN/best or RUN/ema, or a file with a card beside it (NAME.json for NAME.safetensors)',
    )
    .option(
      '--data <name>',
      `${dataHelp} (default: what the card or the record names; weights that others published need a folder)`,
    )
    .option(
      '--skip-damaged',
      'continue without pictures that cannot be read, and without those of a run that are missing or changed (default: stop and name them)',
    )
    .option(
      '--tolerance <share>',
      'how far top-1 and top-5 accuracy may be off: backends round differently, and a picture between two classes may change',
      numberFromZero(1),
      0.001,
    );
  addBackendOptions(command)
    .option(
      '--json',
      'one JSON object: name, preset, holds, top1, top5, loss, examples, expected (top1, top5), by (card, record or publisher), tolerance',
    )
    .action((weights: string, options: VerifyOptions) => runVerification(weights, options, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo verify cifar10-quick', 'weights that come with the zoo'],
        ['zoo verify runs/first', 'does the record still say what these weights reach?'],
        ['zoo verify runs/first/best', 'the same of its best epoch, for one with --keep-best'],
        ['zoo verify torchvision --data imagenet/val', 'published weights, on pictures that you have'],
      ),
    );
}
