import { accuracySpread } from '@zoo/spec';
import { type PublicRun, sameTraining, trainingSeconds } from '../../records/read-records.ts';
import { escaped, htmlTable } from './html.ts';
import { type PublishedAccuracy, publishedAccuracies } from './published-accuracy.ts';

/** Runs that differ in their seed alone, the lowest first. */
export type Training = readonly [PublicRun, ...PublicRun[]];

const seedOf = ({ record }: PublicRun): number => record.options.seed;

/** Runs as trainings, in the order of their networks and of what they reach. */
export function trainingsOf(runs: readonly PublicRun[]): Training[] {
  const trainings: [PublicRun, ...PublicRun[]][] = [];
  for (const run of [...runs].sort((a, b) => seedOf(a) - seedOf(b))) {
    const found = trainings.find(([first]) => sameTraining(first, run));
    if (found) found.push(run);
    else trainings.push([run]);
  }
  return trainings.sort(([a], [b]) => a.record.preset.localeCompare(b.record.preset) || a.result.top1 - b.result.top1);
}

export const percentOf = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

const code = (text: string): string => `<code>${escaped(text)}</code>`;

const presetLink = (preset: string): string => `<a href="/presets/${escaped(preset)}">${code(preset)}</a>`;

/** `10`, and `1 of 10` for the first epochs of a recipe. */
function epochsOf({ record, recipe }: PublicRun): string {
  const done = record.epochs.length;
  return done === recipe.recipe.epochs ? String(done) : `${done} of ${recipe.recipe.epochs}`;
}

/** How many seeds a figure is of: `one seed`, or `mean over 3 seeds, 75.6 % to 76.6 %`. */
export function spreadOf(results: readonly { top1: number }[], digits = 1): string {
  if (results.length === 1) return 'one seed';
  const { least, most } = accuracySpread(results);
  return `mean over ${results.length} seeds, ${percentOf(least, digits)} to ${percentOf(most, digits)}`;
}

/** What was published for the same training: the whole recipe, or its first epoch. */
export function publishedFor([first]: Training): PublishedAccuracy | undefined {
  const same = publishedAccuracies.filter(
    ({ preset, recipe }) => preset === first.record.preset && recipe === first.recipe.name,
  );
  const whole = first.record.epochs.length === first.recipe.recipe.epochs;
  return whole ? same.at(-1) : same.length > 1 && first.record.epochs.length === 1 ? same[0] : undefined;
}

/** What recipes reached here, beside what was published for them. */
export const reachedTable = (trainings: readonly Training[]): string =>
  htmlTable(
    [
      { title: 'Recipe and network' },
      { title: 'Top-1', numeric: true },
      { title: 'Published', numeric: true },
      { title: 'Epochs', numeric: true },
      { title: 'Minutes', numeric: true },
    ],
    trainings.map((training) => {
      const [first] = training;
      const results = training.map(({ result }) => result);
      const { mean } = accuracySpread(results);
      const minutes = training.reduce((sum, run) => sum + trainingSeconds(run), 0) / 60 / training.length;
      const published = publishedFor(training);
      return [
        `${code(first.recipe.name)} <span>${presetLink(first.record.preset)}; ${spreadOf(results)}</span>`,
        `<b>${percentOf(mean)}</b>`,
        published ? percentOf(published.top1) : '',
        epochsOf(first),
        minutes < 10 ? minutes.toFixed(1) : String(Math.round(minutes)),
      ];
    }),
    { name: 'reached' },
  );

/** What the figures of the table are of, as there are one or several seeds. */
export const meaningOf = (trainings: readonly Training[]): string =>
  trainings.every(({ length }) => length === 1)
    ? 'Each was trained with one seed, so that how far seeds differ is not known'
    : 'Where there are several seeds it is their mean, with the least and the most that they reached';

/** Where the runs were made: each machine once. */
export const machinesOf = (runs: readonly PublicRun[]): string =>
  [
    ...new Set(
      runs.map(
        ({ record: { machine, versions } }) =>
          `${machine.processor}, ${machine.threads} threads, ${versions.backend}, Node ${versions.node.replace(/^v/, '')}`,
      ),
    ),
  ].join('; ');

const linked = ({ source, url }: PublishedAccuracy): string =>
  url === undefined ? escaped(source) : `<a href="${escaped(url)}">${escaped(source)}</a>`;

export const publishedTable = (): string =>
  htmlTable(
    [
      { title: 'What, with which pictures, and who says so' },
      { title: 'Top-1', numeric: true },
      { title: 'Top-5', numeric: true },
    ],
    publishedAccuracies.map((one) => [
      `${escaped(one.what)} <span>${presetLink(one.preset)}; ${one.data}; ${linked(one)}</span>`,
      percentOf(one.top1),
      one.top5 === undefined ? '' : percentOf(one.top5),
    ]),
    { name: 'published' },
  );
