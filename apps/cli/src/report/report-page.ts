import type { Optimizer, Schedule, Sgd } from '@zoo/spec';
import type { Evaluation } from '@zoo/trainers';
import { counted, duration, percent, rate, thousands } from '../rendering/quantities.ts';
import type { RunRecord } from '../run/run-record.ts';
import { trainingTime } from '../training/stretches.ts';
import { classResults } from './class-results.ts';
import { gallery, type JudgedExample } from './gallery.ts';
import { element, escaped } from './markup.ts';
import { pageStyle } from './page-style.ts';
import { epochsDone, plainSummary } from './plain-summary.ts';

export interface ReportContent {
  record: RunRecord;
  evaluation: Evaluation;
  /** SVG documents: the curves beside each other, and below each other for a phone. */
  curves: { wide: string; narrow: string } | undefined;
  confusion: string;
  examples: readonly JudgedExample[];
  /** What starts this program, and the run's folder as the user wrote it, for commands to copy. */
  command: string;
  folder: string;
}

function numbers(record: RunRecord, { top1, top5, loss, examples, confusion }: Evaluation): string {
  const { seconds, imagesPerSecond } = trainingTime(record.steps);
  const facts: [string, string][] = [
    ['right at the first guess', percent(top1)],
    ...(confusion.length > 5 ? [['right within five guesses', percent(top5)] satisfies [string, string]] : []),
    ['loss', loss.toFixed(3)],
    ['test pictures', thousands(examples)],
    ['epochs', epochsDone(record)],
    ['training time', duration(seconds)],
    ['pictures a second', rate(imagesPerSecond)],
  ];
  return element(
    'dl',
    { class: 'numbers' },
    ...facts.map(([name, value]) =>
      element('div', {}, element('dt', {}, escaped(name)), element('dd', {}, escaped(value))),
    ),
  );
}

function classTable(confusion: readonly (readonly number[])[], classes: readonly string[]): string {
  const rows = classResults(confusion, classes).map(({ name, right, total, share, mistakenFor }) =>
    element(
      'tr',
      {},
      element('td', {}, escaped(name)),
      element('td', { class: 'number' }, total === 0 ? 'no pictures' : percent(share)),
      element(
        'td',
        { class: 'bars' },
        element('span', { class: 'share', style: `width:${(100 * share).toFixed(1)}%` }, ''),
      ),
      element('td', { class: 'number' }, `${thousands(right)} of ${thousands(total)}`),
      element('td', {}, mistakenFor ? escaped(`${mistakenFor.name} (${thousands(mistakenFor.count)})`) : 'nothing'),
    ),
  );
  const head = element(
    'tr',
    {},
    '<th>class</th><th class="number">accuracy</th><th class="bars"></th><th class="number">right</th><th>most often taken for</th>',
  );
  const whole = element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
  return element('div', { class: 'wide' }, whole);
}

const conventions: Readonly<Record<Sgd['convention'], string>> = {
  caffe: "the velocity holds the learning rate, as Caffe's does",
  pytorch: 'the learning rate scales the velocity, as in PyTorch',
};

const optimizerText = (optimizer: Optimizer): string =>
  optimizer.kind === 'sgd'
    ? `SGD, learning rate ${optimizer.learningRate}, momentum ${optimizer.momentum}, weight decay ${optimizer.weightDecay} (${conventions[optimizer.convention]})`
    : `Adam, learning rate ${optimizer.learningRate}, weight decay ${optimizer.weightDecay}`;

function scheduleText(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'constant':
      return 'the same learning rate throughout';
    case 'step':
      return `learning rate × ${schedule.factor} after epoch ${schedule.after.join(', ')}`;
    case 'plateau':
      return `learning rate × ${schedule.factor} when the test loss has not improved for ${schedule.patience} epochs`;
    case 'cosine':
      return `learning rate falls along a cosine, after ${percent(schedule.warmup)} of warming up`;
  }
}

/** `1 March 2025 at 14:05 UTC`: the same wherever the report is made. */
function startTime(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return `${date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
}

/** What packages are before their first release. */
const unreleased = '0.0.0';

const computedOn = ({ backend, node, tfjs, zoo }: RunRecord['versions']): string =>
  `${backend}, Node ${node}, TensorFlow.js ${tfjs}, ${zoo === unreleased ? 'the zoo from its source' : `zoo ${zoo}`}`;

function optionRows({ preset, spec, data, options, versions, startedAt }: RunRecord): [string, string][] {
  const { recipe, seed } = options;
  const augment = [
    recipe.augment.flip ? 'mirrored at random' : '',
    recipe.augment.cropPadding > 0 ? `shifted by up to ${recipe.augment.cropPadding} pixels` : '',
    recipe.augment.pcaColour ? 'colours shifted' : '',
  ].filter(Boolean);
  return [
    ['network', `${preset}, input ${spec.input.join(' × ')}, ${counted(spec.classes, 'class', 'classes')}`],
    [
      'data',
      `${data.given}: ${counted(data.training, 'training picture')}${options.limit === undefined ? '' : ` (limited to ${thousands(options.limit)})`}, ${counted(data.test, 'test picture')}`,
    ],
    ['epochs', String(recipe.epochs)],
    ['batch size', String(recipe.batchSize)],
    ['optimiser', optimizerText(recipe.optimizer)],
    ['schedule', scheduleText(recipe.schedule)],
    ['augmentation', augment.join(', ') || 'none'],
    ['recipe from', recipe.source],
    ['seed', String(seed)],
    ['computed on', computedOn(versions)],
    ['started', startTime(startedAt)],
  ];
}

const optionTable = (record: RunRecord): string =>
  element(
    'table',
    { class: 'options' },
    ...optionRows(record).map(([name, value]) =>
      element('tr', {}, element('th', { scope: 'row' }, escaped(name)), element('td', {}, escaped(value))),
    ),
  );

const section = (title: string, note: string, ...content: readonly string[]): string =>
  element('section', {}, element('h2', {}, escaped(title)), element('p', { class: 'note' }, escaped(note)), ...content);

const picturesPerPoint = (steps: RunRecord['steps']): number =>
  Math.round(steps.reduce((sum, { examples }) => sum + examples, 0) / steps.length);

/** A run as one page that needs no other file. */
export function reportPage({
  record,
  evaluation,
  curves,
  confusion,
  examples,
  command,
  folder,
}: ReportContent): string {
  const title = `${record.preset} on ${record.data.name}`;
  const right = examples.filter(({ guesses, label }) => guesses[0]?.label === label).length;
  const body = element(
    'main',
    {},
    element(
      'header',
      {},
      element('p', { class: 'kicker' }, escaped(title)),
      element('h1', {}, `${percent(evaluation.top1)} of the test pictures named correctly`),
      element('p', {}, escaped(plainSummary(record, evaluation).join(' '))),
    ),
    numbers(record, evaluation),
    ...(curves
      ? [
          section(
            'How it learned',
            `The thin line is training: every point is a mean over about ${counted(picturesPerPoint(record.steps), 'picture')}, taken while the network was still changing, and drawn where it ends. The dots are tests with the weights of that moment.`,
            element('figure', { class: 'curves wide-screen' }, curves.wide),
            element('figure', { class: 'curves phone' }, curves.narrow),
          ),
        ]
      : []),
    section(
      'What it sees',
      `${counted(examples.length, 'test picture')}, ${right} of them named correctly. Shares are how sure the network is.`,
      gallery(examples),
    ),
    section(
      'Class by class',
      'Of the test pictures of a class, how many got its name.',
      classTable(evaluation.confusion, record.data.classes),
    ),
    section(
      'What is taken for what',
      'A row holds the pictures of one class, a column what the network took them for. The diagonal is right.',
      element('figure', {}, confusion),
    ),
    section(
      'How it was made',
      'The same options and seed give the same network on the same backend.',
      optionTable(record),
    ),
    element(
      'footer',
      {},
      `Ask it about other pictures: ${element('code', {}, escaped(`${command} classify ${folder} PICTURE`))}`,
    ),
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    element('title', {}, escaped(title)),
    element('style', {}, pageStyle),
    '</head>',
    element('body', { class: 'zoo' }, body),
    '</html>',
    '',
  ].join('\n');
}
