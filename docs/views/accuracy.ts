import { accuracySpread } from '@zoo/spec';
import { type PublicRun, sameTraining } from '../../records/read-records.ts';
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

const minutesOf = ({ record }: PublicRun): number => record.epochs.reduce((sum, { seconds }) => sum + seconds, 0) / 60;

/** `10`, and `1 of 10` for the first epochs of a recipe. */
function epochsOf({ record, recipe }: PublicRun): string {
  const done = record.epochs.length;
  return done === recipe.recipe.epochs ? String(done) : `${done} of ${recipe.recipe.epochs}`;
}

function spreadOf(training: Training): string {
  const { least, most } = accuracySpread(training.map(({ result }) => result));
  return training.length === 1 ? '' : `${percentOf(least)} to ${percentOf(most)}`;
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
      { title: 'Network' },
      { title: 'Recipe' },
      { title: 'Epochs', numeric: true },
      { title: 'Seeds', numeric: true },
      { title: 'Top-1', numeric: true },
      { title: 'Least to most', numeric: true },
      { title: 'Minutes', numeric: true },
      { title: 'Published', numeric: true },
    ],
    trainings.map((training) => {
      const [first] = training;
      const { mean } = accuracySpread(training.map(({ result }) => result));
      const minutes = training.reduce((sum, run) => sum + minutesOf(run), 0) / training.length;
      const published = publishedFor(training);
      return [
        presetLink(first.record.preset),
        code(first.recipe.name),
        epochsOf(first),
        String(training.length),
        `<b>${percentOf(mean)}</b>`,
        spreadOf(training),
        minutes < 10 ? minutes.toFixed(1) : String(Math.round(minutes)),
        published ? percentOf(published.top1) : '',
      ];
    }),
  );

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
      { title: 'Network' },
      { title: 'What, and where it is said' },
      { title: 'Data' },
      { title: 'Top-1', numeric: true },
      { title: 'Top-5', numeric: true },
    ],
    publishedAccuracies.map((one) => [
      presetLink(one.preset),
      `${escaped(one.what)} <span>${linked(one)}</span>`,
      one.data,
      percentOf(one.top1),
      one.top5 === undefined ? '' : percentOf(one.top5),
    ]),
    { name: 'published' },
  );

/** Recipes whose published figures nobody has repeated here, with the command that would. */
export function notRunTable(trainings: readonly Training[]): string {
  const done = new Set(
    trainings
      .filter(([first]) => first.record.epochs.length === first.recipe.recipe.epochs)
      .map(([first]) => first.recipe.name),
  );
  const open = publishedAccuracies.filter(({ recipe }) => recipe !== undefined && !done.has(recipe));
  const names = [...new Set(open.map(({ recipe = '' }) => recipe))];
  return htmlTable(
    [{ title: 'Recipe' }, { title: 'Published', numeric: true }, { title: 'Command' }],
    names.map((name) => {
      const last = open.filter(({ recipe }) => recipe === name).at(-1);
      const data = last?.data === 'CIFAR-10' ? 'cifar10' : 'imagenet';
      return [code(name), last ? percentOf(last.top1) : '', code(`zoo train --recipe ${name} --data ${data}`)];
    }),
  );
}
