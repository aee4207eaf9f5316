// Commits what runs have reached: npm run records:add -- RUN... writes records/trainings/RECIPE-seed-N.json, without what is of this machine.
import path from 'node:path';
import { runFolder } from '../apps/cli/src/run/run-folder.ts';
import { readRunRecord } from '../apps/cli/src/run/run-record.ts';
import { publicRecord } from './public-record.ts';
import { publicRun, recordsFolder } from './read-records.ts';
import { writeFormatted } from './write-formatted.ts';

const runs = process.argv.slice(3);
if (runs.length === 0) throw new Error('Which runs? npm run records:add -- RUN...');
for (const run of runs) {
  const record = publicRecord(await readRunRecord(runFolder(run).record), run);
  const { recipe } = publicRun(record, run);
  const { seed, recipe: used } = record.options;
  const preset = record.preset.split('/').at(-1);
  const name = [
    recipe.name,
    ...(recipe.spec.preset === preset ? [] : [preset]),
    ...(used.epochs === recipe.recipe.epochs ? [] : [`${used.epochs}-epochs`]),
    `seed-${seed}`,
  ].join('-');
  const file = path.join(recordsFolder, `${name}.json`);
  await writeFormatted(file, JSON.stringify(record));
  console.log(path.relative('.', file));
}
