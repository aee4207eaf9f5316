// Ships the weights of a run: npm run weights:pack -- RUN [NAME] writes packages/cifar10-weights/weights/NAME.safetensors and its card.
// The run's record, and those of the other seeds of its recipe, have to be in records/trainings.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@zoo/backends';
import { ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import { datasets } from '@zoo/loaders';
import { parseWeightsCard, type WeightsCard } from '@zoo/spec';
import { evaluate } from '@zoo/trainers';
import { loadModel } from '@zoo/weights';
import { runFolder } from '../apps/cli/src/run/run-folder.ts';
import { readRunRecord } from '../apps/cli/src/run/run-record.ts';
import { commandLine } from '../apps/cli/src/run/typed-command.ts';
import { publicRecord } from './public-record.ts';
import { publicRun, readRecords, sameTraining, trainingSeconds } from './read-records.ts';
import { writeFormatted } from './write-formatted.ts';

const folder = fileURLToPath(new URL('../packages/cifar10-weights/', import.meta.url));

/** The list of the networks, as the package exports it. */
async function writeList(): Promise<void> {
  const names = (await readdir(`${folder}weights`)).flatMap((file) => /^(.*)\.json$/.exec(file)?.[1] ?? []).sort();
  const variable = (name: string) => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const lines = [
    '// Generated from weights/ by npm run weights:pack. Do not edit.',
    '/// <reference path="../binary-modules.d.ts" />',
    "import { parseWeightsCard, type ShippedWeights, shippedWeights } from '@zoo/spec';",
    ...names.map((name) => `import ${variable(name)} from '../../weights/${name}.json';`),
    '',
    '/** Weights of networks that were trained here on CIFAR-10, by name, each with its card. */',
    `export const cifar10Weights: Readonly<Record<${names.map((name) => `'${name}'`).join(' | ')}, ShippedWeights>> = {`,
    ...names.map(
      (name) =>
        `  '${name}': shippedWeights(parseWeightsCard(${variable(name)}, '${name}.json'), async () => (await import('../../weights/${name}.safetensors')).default),`,
    ),
    '};',
    '',
  ];
  await writeFileAtomically(`${folder}src/generated/cifar10-weights.ts`, lines.join('\n'));
}

const [, , , given, asked] = process.argv;
if (given === undefined) throw new Error('Which run? npm run weights:pack -- RUN [NAME]');
const run = runFolder(given);
const record = publicRecord(await readRunRecord(run.record), given);
const own = publicRun(record, given);
const { data, options, machine, versions, epochs } = record;
const runs = (await readRecords()).filter((one) => sameTraining(one, own));
const seeds = runs.map(({ record, result }) => ({ seed: record.options.seed, top1: result.top1 }));
seeds.sort((a, b) => a.seed - b.seed);
if (seeds[0]?.seed !== options.seed)
  throw new ZooError(
    'usage',
    `${given}: has the seed ${options.seed}, expected ${seeds[0]?.seed}: the first of those recorded is shipped, whatever it reaches, so that none is chosen by the test pictures. Record it by npm run records:add if it is missing.`,
  );
const name = asked ?? own.recipe.name;
const bytes = await readFile(existsSync(run.averages) ? run.averages : run.weights);

await useBackend('wasm');
const { model } = await loadModel(bytes);
const open = datasets[data.given];
if (!open) throw new Error(`${data.given}: no such data set.`);
const { test } = await open();
const { top1, top5, loss } = await evaluate(model, test);

const { spec } = record;
const card: WeightsCard = {
  name,
  title: `Trained here on CIFAR-10 by the recipe ${own.recipe.name}`,
  preset: record.preset,
  file: { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
  licence: 'Apache-2.0; trained on CIFAR-10 (Krizhevsky 2009)',
  data: {
    name: data.given,
    files: data.files ?? [],
    classes: data.classes,
    training: data.training,
    test: data.test,
  },
  preprocessing: spec.preprocessing,
  recipe: { name: own.recipe.name, settings: options.recipe },
  seed: options.seed,
  epochs: epochs.length,
  accuracy: { top1, top5, loss },
  runs: seeds,
  seconds: Math.round(trainingSeconds(own)),
  machine: `${machine.processor}, ${machine.threads} threads; ${versions.backend}`,
  versions: { zoo: versions.zoo, tfjs: versions.tfjs, node: versions.node },
  date: (record.finishedAt ?? record.startedAt).slice(0, 10),
  command: `zoo ${commandLine(record.commands[0] ?? [])}`,
};
await writeFileAtomically(`${folder}weights/${name}.safetensors`, bytes);
await writeFormatted(`${folder}weights/${name}.json`, JSON.stringify(parseWeightsCard(card, name)));
await writeList();
console.log(
  `${name}: ${bytes.length} bytes, ${(100 * top1).toFixed(2)} % top-1; seeds: ${seeds.map(({ seed, top1 }) => `${seed} ${(100 * top1).toFixed(2)} %`).join(', ')}`,
);
