import { install, makeProject, type Project } from './project.ts';
import type { Registry } from './registry.ts';
import type { Cells } from './report.ts';
import type { Setup } from './setups.ts';
import type { Steps } from './steps/steps.ts';
import { stepsOf } from './steps-of.ts';

/** A project with the rows that use it, as far as they have come. */
export interface Running {
  setup: Setup;
  project: Project;
  rows: { name: string; steps: Steps; works: boolean }[];
}

/** Makes and installs a project, and takes the steps of its rows with the first version. */
export async function start(
  setup: Setup,
  folder: string,
  registry: Registry,
  version: string,
  cells: Cells,
): Promise<Running> {
  const project = await makeProject(setup, folder, registry, version);
  const rows = setup.rows.map((row) => ({ name: row.name, steps: stepsOf(row, project), works: true }));
  const installed = await cells.take(setup.rows[0]?.name ?? setup.name, 'install', () => install(project, version));
  for (const row of rows) {
    let before = installed ? undefined : 'install';
    for (const [column, step] of Object.entries(row.steps.first)) {
      // A page that fails in one way of serving it may well work in another.
      if (before === undefined) {
        if (!(await cells.take(row.name, column, step)) && ['build', 'types'].includes(column)) before = column;
      } else cells.notReached(row.name, column, before);
    }
    row.works = before === undefined;
  }
  return { setup, project, rows };
}
