import { expect, it } from 'vitest';
import { readRecords } from '../records/read-records.ts';
import { allPresets, allRecipes, presetName } from './families.ts';
import { machinesOf, meaningOf, publishedFor, reachedTable, trainingsOf } from './views/accuracy.ts';
import { accuracyCurve } from './views/accuracy-curve.ts';
import { notRunTable } from './views/not-run.ts';
import { publishedAccuracies } from './views/published-accuracy.ts';

const runs = await readRecords();
const trainings = trainingsOf(runs);

it('every record is on the page, one row for runs that differ in their seed alone', () => {
  expect(trainings.flat()).toHaveLength(runs.length);
  const table = reachedTable(trainings);
  for (const { record, recipe } of runs) {
    expect(table).toContain(`<code>${record.preset}</code>`);
    expect(table).toContain(`<code>${recipe.name}</code>`);
    expect(machinesOf(runs)).toContain(record.machine.processor);
  }
  const [first] = runs;
  if (!first) throw new Error('There are no records.');
  const other = { ...first, record: { ...first.record, options: { ...first.record.options, seed: 99 } } };
  const worse = { ...other, result: { ...other.result, top1: 0.5 } };
  const [two, ...more] = trainingsOf([worse, first]);
  expect([two?.length, more.length]).toEqual([2, 0]);
  expect(two && reachedTable([two])).toContain(
    `mean over 2 seeds, 50.0 % to ${(100 * first.result.top1).toFixed(1)} %`,
  );
  expect(reachedTable([[first]])).toContain('; one seed</span>');
  expect(meaningOf([[first]])).toContain('with one seed');
  expect(two && meaningOf([two, [first]])).toContain('their mean');
});

it('the published figure beside a training is that of the same recipe', () => {
  const quick = trainings.find(([first]) => first.recipe.name === 'cifar10-quick');
  expect(quick && publishedFor(quick)?.top1).toBe(0.7533);
  expect(notRunTable(trainings)).not.toContain('--recipe cifar10-quick ');
  const enlarged = trainings.find(([first]) => first.recipe.name === 'seed-004');
  expect(enlarged && publishedFor(enlarged)?.top1).toBe(0.4853);
  expect(notRunTable(trainings)).toMatch(/Run for 1 of its 10 epochs; .*zoo train --recipe seed-004 --data cifar10</);
});

it('every recipe is on the page: trained here, or with the reason why not', () => {
  const [reached, notRun] = [reachedTable(trainings), notRunTable(trainings)];
  for (const { name } of allRecipes) expect(reached + notRun).toContain(`<code>${name}</code>`);
  const rows = notRunTable([]).split('\n');
  const rowOf = (name: string) => rows.find((row) => row.includes(`<td><code>${name}</code>`));
  expect(rowOf('cifar10-full')).toMatch(
    /Not run yet; about \d+ \w+ on two cores\. .*zoo train --recipe cifar10-full --data cifar10</,
  );
  expect(rowOf('paper')).toMatch(
    /ImageNet's terms .*; about \d+ days on two cores\. .*--recipe paper --data imagenet</,
  );
  expect(rowOf('seed-003')).toMatch(/of 3 classes .*bring your own; .*--recipe seed-003 --data FOLDER</);
});

it('published figures are of presets that there are', () => {
  const names = allPresets.map(presetName);
  expect(publishedAccuracies.filter(({ preset }) => !names.includes(preset))).toEqual([]);
});

it.each(runs.filter(({ record }) => record.epochs.length > 1))(
  'the curve of $file says in words what it shows, in colours of the site',
  (run) => {
    const svg = accuracyCurve(run);
    expect(svg).toContain(`After ${run.record.epochs.length} epochs ${(100 * run.result.top1).toFixed(1)} %`);
    expect(svg).toContain('--test: var(--vp-c-brand-1)');
    expect(svg).not.toMatch(/NaN|undefined/);
  },
);
