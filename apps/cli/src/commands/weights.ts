import { cachedFile } from '@zoo/fetch';
import { accuracySpread, type FoundWeights, isShipped, knownWeightsOf } from '@zoo/spec';
import type { Command } from 'commander';
import { families, presetName } from '../families.ts';
import { examples } from '../options/help.ts';
import { facts } from '../rendering/facts.ts';
import { duration, bytes as inUnits, percent, thousands } from '../rendering/quantities.ts';
import { table } from '../rendering/table.ts';
import { wrapped } from '../rendering/wrapped.ts';
import { recipeFacts } from '../report/recipe-text.ts';
import type { Terminal } from '../terminal.ts';

/** Weights with what this machine has of them. */
interface Listed extends FoundWeights {
  /** Of their file, where it is known. */
  bytes: number | undefined;
  /** Whether they can be used without a network. */
  cached: boolean;
}

async function listed(found: FoundWeights, { note }: Terminal): Promise<Listed> {
  const { weights } = found;
  if (isShipped(weights)) return { ...found, bytes: weights.card.file.bytes, cached: true };
  const { url, sha256, sha1 } = weights;
  const kept = await cachedFile(url, { sha256, sha1, onNotice: note });
  return { ...found, bytes: weights.bytes ?? kept?.bytes, cached: kept !== undefined };
}

const whereOf = ({ weights, cached }: Listed): string => {
  if (isShipped(weights)) return 'with the zoo';
  return cached ? 'in the cache' : 'fetched on first use';
};

/** For a table of 80 columns. */
const shortWhere = (row: Listed): string => (row.cached ? whereOf(row) : 'to be fetched');

function showTable(rows: readonly Listed[], { print, colours, columns }: Terminal): void {
  print(
    table(
      [
        { title: 'Weights', align: 'left' },
        { title: 'For', align: 'left' },
        { title: 'Classes', align: 'right' },
        { title: 'Size', align: 'right' },
        { title: 'Top-1', align: 'right' },
        { title: 'Where', align: 'left' },
        { title: 'What they are', align: 'left', wrap: true },
      ],
      rows.map((row) => [
        row.name,
        presetName(row.spec),
        thousands(row.weights.labels.length),
        row.bytes === undefined ? '' : inUnits(row.bytes),
        percent(row.weights.accuracy.top1),
        shortWhere(row),
        row.weights.title,
      ]),
      { colours, width: columns },
    ),
  );
}

/** `75.9 %; 3 seeds: 75.6 % to 76.6 %, 76.0 % on average`. */
export function accuracyText(top1: number, runs: readonly { top1: number }[]): string {
  if (runs.length === 0) return percent(top1);
  if (runs.length === 1) return `${percent(top1)}, one seed`;
  const { mean, least, most } = accuracySpread(runs);
  return `${percent(top1)}; ${runs.length} seeds: ${percent(least)} to ${percent(most)}, ${percent(mean)} on average`;
}

/** `0: 75.9 %, 1: 76.6 %`. */
export const bySeed = (runs: readonly { seed: number; top1: number }[]): string =>
  runs.map(({ seed, top1 }) => `${seed}: ${percent(top1)}`).join(', ');

function cardFacts({ weights }: Listed): [string, string][] {
  if (!isShipped(weights)) return [];
  const { data, recipe, seed, epochs, seconds, machine, versions, date, command } = weights.card;
  return [
    ['data', `${data.name}: ${thousands(data.training)} training and ${thousands(data.test)} test pictures`],
    ['trained', `${epochs} epochs of the recipe ${recipe.name} with seed ${seed}, in ${duration(seconds)}, on ${date}`],
    ['on', `${machine}; tfjs ${versions.tfjs}, Node ${versions.node}`],
    ...recipeFacts(recipe.settings),
    ['again', command],
  ];
}

function showOne(row: Listed, terminal: Terminal): void {
  const { print, colours, columns } = terminal;
  const { weights, bytes } = row;
  const { accuracy } = weights;
  print(colours.bold(row.name));
  for (const line of wrapped(`${weights.title}.`, columns)) print(line);
  print('');
  const runs = isShipped(weights) ? weights.card.runs : [];
  const rows: [string, string][] = [
    ['for', presetName(row.spec)],
    ['classes', thousands(weights.labels.length)],
    ['top-1', accuracyText(accuracy.top1, runs)],
    ...(runs.length < 2 ? [] : [['by seed', bySeed(runs)] satisfies [string, string]]),
    ['top-5', percent(accuracy.top5)],
    ['file', `${bytes === undefined ? '' : `${inUnits(bytes)}, `}${whereOf(row)}`],
    ...(weights.sha256 === undefined ? [] : [['SHA-256', weights.sha256] satisfies [string, string]]),
    ['licence', weights.licence],
    ...(isShipped(weights) ? cardFacts(row) : [['from', weights.url] satisfies [string, string]]),
  ];
  print(facts(rows, terminal));
}

function showJson({ name, spec, weights, bytes, cached }: Listed, { print }: Terminal): void {
  const { title, labels, accuracy, licence, sha256, sha1 } = weights;
  const { top1, top5 } = accuracy;
  const hashes = { ...(sha256 !== undefined && { sha256 }), ...(sha1 !== undefined && { sha1 }) };
  const about = { name, preset: presetName(spec), title, classes: labels.length, bytes: bytes ?? null, cached };
  const origin = isShipped(weights)
    ? { shipped: true, source: weights.card.command, card: weights.card }
    : { shipped: false, source: weights.url };
  print(JSON.stringify({ ...about, top1, top5, licence, ...hashes, ...origin }));
}

async function showWeights(name: string | undefined, json: boolean, terminal: Terminal): Promise<void> {
  const names = families.flatMap(({ knownWeights }) => Object.keys(knownWeights));
  const found = (name === undefined ? names : [name]).map((one) => knownWeightsOf(one, families));
  const rows = await Promise.all(found.map((one) => listed(one, terminal)));
  const [one] = rows;
  if (json) for (const row of rows) showJson(row, terminal);
  else if (name !== undefined && one) showOne(one, terminal);
  else showTable(rows, terminal);
}

export function addWeights(program: Command, terminal: Terminal): void {
  program
    .command('weights')
    .summary('list the weights that are known by name')
    .description(
      'Lists trained weights that every command takes by name: those that come with the zoo, and those that others have published, ' +
        'which are fetched on first use. Top-1 accuracy is that on the test pictures of CIFAR-10 or on the validation pictures of ImageNet.',
    )
    .argument('[weights]', 'show these, with their card (default: list all)')
    .option(
      '--json',
      'one JSON object per line: name, preset, title, classes, bytes (null if unknown), cached, top1, top5, licence, sha256 or sha1, shipped, source, and card for those that come with the zoo',
    )
    .action((name: string | undefined, { json }: { json?: true }) => showWeights(name, json === true, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo weights', 'as a table'],
        ['zoo weights cifar10-modern', 'how these were trained, and what they reach'],
        ['zoo classify cifar10-modern my-cat.jpg', 'use them'],
        ['zoo verify cifar10-modern', 'measure their accuracy again'],
      ),
    );
}
