import { ZooError } from '@zoo/core';
import { writeFileAtomically } from '@zoo/core/files';
import type { Command } from 'commander';
import { commandName } from '../command-name.ts';
import { comparePage, differentTests } from '../compare/compare-page.ts';
import { bestRun, type ComparedRun, comparedRun, compareSettings, sameTest } from '../compare/comparison.ts';
import { resultRows } from '../compare/result-rows.ts';
import { type RunsRow, sideBySide } from '../compare/side-by-side.ts';
import { examples } from '../options/help.ts';
import { requireWritableFile } from '../output/require-writable.ts';
import { counted, percent } from '../rendering/quantities.ts';
import { wrapped } from '../rendering/wrapped.ts';
import { runFolder } from '../run/run-folder.ts';
import { runNamed } from '../run/run-named.ts';
import { readRunRecord } from '../run/run-record.ts';
import { stateOf } from '../run/run-state.ts';
import type { Terminal } from '../terminal.ts';

/** Everything that `zoo compare` understands, under the names that commander gives. */
export interface CompareOptions {
  report?: string;
  json?: true;
}

const jsonOf = ({ name, record, settings, results }: ComparedRun): string =>
  JSON.stringify({
    run: name,
    state: stateOf(record),
    ...(record.failure !== undefined && { failure: record.failure }),
    preset: record.preset,
    data: record.data.name,
    ...results,
    settings: Object.fromEntries(settings.map(({ key, value }) => [key, value])),
  });

function printTables(runs: readonly ComparedRun[], { colours, columns, print }: Terminal): void {
  const { different, alike } = compareSettings(runs);
  const names = runs.map(({ name }) => name);
  const differences = different.map(({ title, values }): RunsRow => [title, ...values]);
  print(sideBySide(names, [differences, resultRows(runs)], { colours, columns }));
  print('');
  const same =
    different.length === 0
      ? 'The runs have the same settings.'
      : `The same in all: ${alike.map(({ title }) => title).join(', ')}.`;
  for (const line of wrapped(same, columns)) print(line);
  if (!sameTest(runs)) for (const line of wrapped(differentTests, columns)) print(line);
  const best = bestRun(runs);
  if (best?.results.top1 !== undefined) print(`${colours.bold('Best')}    ${best.name}, ${percent(best.results.top1)}`);
}

/** `zoo compare RUN RUN...` */
async function runComparison(folders: readonly string[], options: CompareOptions, terminal: Terminal): Promise<void> {
  if (folders.length < 2)
    throw new ZooError(
      'usage',
      `compare: got ${counted(folders.length, 'run')}, expected two or more. Name folders that zoo train made.`,
    );
  const runs: ComparedRun[] = [];
  for (const name of folders) {
    const { folder, part } = runNamed(name) ?? { folder: name, part: 'last' };
    runs.push(comparedRun(name, await readRunRecord(runFolder(folder).record), part));
  }
  const { report, json } = options;
  if (report !== undefined) {
    await requireWritableFile(report, '--report');
    await writeFileAtomically(report, comparePage(runs, commandName()));
  }
  if (json) for (const run of runs) terminal.print(jsonOf(run));
  else printTables(runs, terminal);
  if (report !== undefined && !json) terminal.print(`Report  ${report}`);
}

export function addCompare(program: Command, terminal: Terminal): void {
  program
    .command('compare')
    .summary('put runs side by side')
    .description(
      'Lists the differences between runs, and the results of each: accuracy, loss, epochs, time, speed and parameters. ' +
        'Unfinished runs are shown with their results so far.',
    )
    .argument(
      '<run...>',
      'folders that zoo train made, two or more; RUN/best and RUN/ema are their best epoch and average',
    )
    .option('--report <file>', 'also write a page with the curves of all runs in one plot')
    .option(
      '--json',
      'one JSON object per run: run, state, preset, data, top1, top5, loss, best, averaged, examples, epochs, seconds ...',
    )
    .action((folders: string[], options: CompareOptions) => runComparison(folders, options, terminal))
    .addHelpText(
      'after',
      examples(
        ['zoo compare runs/first runs/second', 'their differences, and which is better'],
        ['zoo compare runs/* --report runs.html', 'all of them, as a page with curves'],
      ),
    );
}
