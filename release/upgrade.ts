import type { Checkout } from './checkout.ts';
import { oneCopyEach, oneCopyOf } from './copies.ts';
import { inParallel } from './pool.ts';
import type { Project } from './project.ts';
import type { Cells } from './report.ts';
import type { Running } from './start.ts';

/** Brings a project to a newer version, and sees that one copy of everything remains. Then uses it again. */
async function renew(
  { project, rows }: Running,
  column: 'update' | 'upgrade',
  change: () => Promise<void>,
  version: string,
  cells: Cells,
): Promise<void> {
  let changed: Promise<void> | undefined;
  for (const row of rows) {
    if (!row.works) cells.notReached(row.name, column, 'an earlier step');
    else
      await cells.take(row.name, column, async () => {
        changed ??= change().then(async () => oneCopyOf(version, await project.manager.copies(project.folder)));
        await changed;
        if (column === 'upgrade') await row.steps.again();
      });
  }
}

/** Updates one package alone, which must leave no second copy of another; then all. */
async function updateInTwoSteps({ manager, folder, names }: Project): Promise<void> {
  await manager.updateOne(folder, names[0] ?? '@zoo/core');
  oneCopyEach(await manager.copies(folder));
  await manager.update(folder, names);
}

/** Publishes two more versions, and takes every project along. */
export async function upgradeAll(
  running: readonly Running[],
  checkout: Checkout,
  cells: Cells,
  width: number,
): Promise<void> {
  let second = '';
  const published = await cells.take('release', 'publish a patch', async () => {
    second = await checkout.version({ '@zoo/core': 'patch' });
    await checkout.publish();
  });
  if (!published) return;
  // The third version is built meanwhile.
  let third = '';
  const build = async () => {
    await cells.take('release', 'build a minor version', async () => {
      third = await checkout.version({ '@zoo/core': 'minor', '@zoo/weights': 'minor' });
      await checkout.build();
    });
  };
  const updates = running.map((one) => () => {
    return renew(one, 'update', () => updateInTwoSteps(one.project), second, cells);
  });
  await inParallel([build, ...updates], width);
  if (!(await cells.take('release', 'publish a minor version', () => checkout.publish()))) return;
  const upgrades = running.map((one) => () => {
    const { manager, folder, names } = one.project;
    return renew(one, 'upgrade', () => manager.upgrade(folder, names), third, cells);
  });
  await inParallel(upgrades, width);
}
