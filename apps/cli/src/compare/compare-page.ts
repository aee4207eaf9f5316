import { counted, percent } from '../rendering/quantities.ts';
import { commandMarkup, element, escaped } from '../report/markup.ts';
import { heading, page, section } from '../report/page.ts';
import { commandLine } from '../run/typed-command.ts';
import { compareCurves, compareStyle, maxRuns } from './compare-curves.ts';
import { bestRun, type ComparedRun, type ComparedSetting, compareSettings, sameTest } from './comparison.ts';
import { resultRows } from './result-rows.ts';
import type { RunsRow } from './side-by-side.ts';

/** The line that a run is drawn as. */
const sample = (place: number): string =>
  place >= maxRuns
    ? ''
    : element(
        'svg',
        { width: 28, height: 10, viewBox: '0 0 28 10', class: 'sample', 'aria-hidden': 'true' },
        element('line', { class: `run-${place}`, x1: 0, x2: 28, y1: 5, y2: 5 }),
      );

function sideBySideTable(runs: readonly ComparedRun[], rows: readonly RunsRow[]): string {
  const names = runs.map(({ name }, index) => element('th', { scope: 'col' }, sample(index), escaped(name)));
  const head = element('tr', {}, '<td></td>', ...names);
  const body = rows.map(([title, ...values]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, escaped(title)),
      ...values.map((value) => element('td', {}, escaped(value ?? '–'))),
    ),
  );
  const whole = element('table', { class: 'runs' }, element('thead', {}, head), element('tbody', {}, ...body));
  return element('div', { class: 'wide', tabindex: 0 }, whole);
}

const rowOf = ({ title, values }: ComparedSetting): RunsRow => [title, ...values];

function alikeTable(alike: readonly ComparedSetting[]): string {
  const rows = alike.map(({ title, values: [value = '–'] }) =>
    element('tr', {}, element('th', { scope: 'row' }, escaped(title)), element('td', {}, escaped(value))),
  );
  return element('table', { class: 'options' }, ...rows);
}

/** The note if accuracies are of different pictures. */
export const differentTests = 'These runs were tested on different pictures, so their accuracies cannot be compared.';

/** A self-contained page that compares runs. */
export function comparePage(runs: readonly ComparedRun[], command: string): string {
  const { different, alike } = compareSettings(runs);
  const best = bestRun(runs);
  const [wide, narrow] = [compareCurves(runs, 'wide'), compareCurves(runs, 'narrow')];
  const title = `${counted(runs.length, 'run')} side by side`;
  const names = runs.map(({ name }) => name).join(', ');
  const text = [
    different.length === 0
      ? 'They have the same settings.'
      : `They differ in ${different.map(({ title: one }) => one).join(', ')}.`,
    ...(sameTest(runs) ? [] : [differentTests]),
  ].join(' ');
  const headline =
    best?.results.top1 === undefined ? title : `${best.name} is best, with ${percent(best.results.top1)} correct`;
  return page(
    title,
    element('style', {}, compareStyle(runs.length)),
    heading(names, headline, text),
    ...(different.length === 0
      ? []
      : [
          section(
            'What differs',
            'Options, data and machines that are not the same in all.',
            sideBySideTable(runs, different.map(rowOf)),
          ),
        ]),
    section(
      'Results',
      'On the test pictures, with the final weights; RUN/best and RUN/ema have those of the best epoch and their average.',
      sideBySideTable(runs, resultRows(runs)),
    ),
    ...(wide && narrow
      ? [
          section(
            'How they learned',
            'Dots are tests after an epoch, and means of training over one, while the network was still changing.',
            element(
              'p',
              { class: 'legend' },
              ...runs.map(({ name }, index) => element('span', {}, sample(index), escaped(name))),
            ),
            element('figure', { class: 'curves wide-screen' }, wide),
            element('figure', { class: 'curves phone' }, narrow),
          ),
        ]
      : []),
    section('What is the same in all', 'All other settings.', alikeTable(alike)),
    section(
      'The commands',
      'Each command repeats its run.',
      ...runs.map(({ name, record }) =>
        element(
          'figure',
          { class: 'command' },
          element('figcaption', {}, escaped(name)),
          element(
            'pre',
            {},
            commandMarkup(record.commands.map((words) => `${command} ${commandLine(words)}`).join('\n')),
          ),
        ),
      ),
    ),
  );
}
