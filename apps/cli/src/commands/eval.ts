import { ZooError } from '@zoo/core';
import { specOf } from '@zoo/layers';
import { evaluate } from '@zoo/trainers';
import type { Command } from 'commander';
import { dataHelp, dataSource } from '../data/data-source.ts';
import { openEvaluated } from '../data/evaluated-data.ts';
import { requireChannels, requireSameClasses } from '../data/require-fit.ts';
import { addBackendOptions, type BackendOptions, startBackend } from '../options/backend-options.ts';
import { examples } from '../options/help.ts';
import { addWeightsOptions, namedNetwork, type WeightsOptions } from '../options/weights-options.ts';
import { showLongWork } from '../rendering/long-work.ts';
import { counted, percent } from '../rendering/quantities.ts';
import { openWeights } from '../run/open-weights.ts';
import { requireWeights } from '../run/require-weights.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo eval` understands, under the names that commander gives. */
export interface EvalOptions extends WeightsOptions, BackendOptions {
  data?: string;
  skipDamaged?: true;
  withNew?: true;
  tenCrop?: true;
  json?: true;
}

/** `zoo eval RUN|WEIGHTS --data ...` */
async function runEvaluation(given: string, options: EvalOptions, terminal: Terminal): Promise<void> {
  if (options.data !== undefined) dataSource(options.data);
  const network = namedNetwork(given, options);
  requireWeights(given);
  await startBackend(options, terminal);
  const onProgress = showLongWork(terminal);
  const { model, labels, record, name } = await openWeights(given, { ...network, onProgress, onNotice: terminal.note });
  const data = options.data ?? record?.data.given;
  if (data === undefined) throw new ZooError('usage', `eval: which data? Pass --data: ${dataHelp}.`);
  const source = dataSource(data);
  const test = await openEvaluated(given, { ...options, source, record }, { onProgress, onNotice: terminal.note });
  terminal.endLive();
  if (labels.length > 0) requireSameClasses(source.name, test, name, labels);
  requireChannels(source.name, test, specOf(model));
  const { loss, top1, top5, examples } = await evaluate(model, test, { tenCrop: options.tenCrop === true, onProgress });
  terminal.endLive();
  if (options.json) {
    terminal.print(JSON.stringify({ loss, top1, top5, examples }));
    return;
  }
  const views = options.tenCrop ? ', ten views each' : '';
  terminal.print(`${name} on ${counted(examples, 'test picture')} of ${source.name}${views}`);
  terminal.print(`Right at the first guess  ${terminal.colours.bold(percent(top1))}`);
  if (specOf(model).classes > 5) terminal.print(`Right within five         ${percent(top5)}`);
  terminal.print(`Loss                      ${loss.toFixed(4)}`);
}

export function addEval(program: Command, terminal: Terminal): void {
  const command = program
    .command('eval')
    .summary('test a trained network')
    .description(
      'Tests a network on the test part of a data set: the share of pictures it names correctly, at once and within five guesses.',
    )
    .argument(
      '<run|weights>',
      'a folder that zoo train made, weights, their address, or published ones by name, such as torchvision',
    )
    .option('--data <name>', `${dataHelp} (default: the run's own)`)
    .option(
      '--skip-damaged',
      'go on without pictures that cannot be read, and without those of a run that are missing or changed (default: stop and name them)',
    )
    .option('--with-new', "test on pictures too that came into a run's folder after it began")
    .option('--ten-crop', 'average over corners, middle and their mirror images, as the paper does');
  addWeightsOptions(command);
  addBackendOptions(command)
    .option('--json', 'one JSON object')
    .action((weights: string, options: EvalOptions) => runEvaluation(weights, options, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo eval runs/first', 'on the data it was trained for'],
        ['zoo eval runs/first --data my-pictures --ten-crop', 'on other pictures of the same classes'],
        ['zoo eval theirs.pth --model alexnet/torchvision --classes 10 --data my-pictures', "somebody's own weights"],
      ),
    );
}
