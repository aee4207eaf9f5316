import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { refusesBreakingChange } from './breaking-change.ts';
import { type Checkout, copyCheckout } from './checkout.ts';
import { installSize } from './install-size.ts';
import { closeChromium } from './page.ts';
import { inParallel } from './pool.ts';
import { type Registry, startRegistry } from './registry.ts';
import { Cells, stepTable, type Weight, weightTable } from './report.ts';
import { setups } from './setups.ts';
import { type Running, start } from './start.ts';
import { upgradeAll } from './upgrade.ts';

const width = 2;

interface Options {
  only: readonly string[] | undefined;
  keep: string | undefined;
  json: string;
}

/** What can be named after --only, beside the projects. */
const extras = ['packages', 'breaking-change'];

function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      keep: { type: 'string' },
      json: { type: 'string', default: 'release/rehearsal.json' },
    },
  });
  const only = values.only?.split(',');
  const known = [...setups.map(({ name }) => name), ...extras];
  const unknown = only?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: expected some of ${known.join(',')}.`);
  return { only, keep: values.keep, json: values.json };
}

/** Publishes the first version, or finds one that a kept folder holds. */
async function publishFirst(
  work: string,
  registry: Registry,
  cells: Cells,
): Promise<{ version: string; checkout?: Checkout }> {
  const [kept] = (await registry.published()).values();
  if (kept !== undefined) return { version: kept };
  const checkout = await copyCheckout(path.join(work, 'checkout'), registry);
  let version = '';
  await cells.take('release', 'version', async () => {
    version = await checkout.version();
  });
  await cells.take('release', 'build and publish', async () => {
    await checkout.build();
    await checkout.publish();
  });
  return { version, checkout };
}

/** Runs the whole rehearsal, or some of it. Gives the exit code. */
export async function rehearse(args: readonly string[]): Promise<number> {
  const { only, keep, json } = optionsOf(args);
  const wanted = (name: string) => only === undefined || only.includes(name);
  const begin = performance.now();
  const work = keep === undefined ? await mkdtemp(path.join(os.tmpdir(), 'zoo-rehearsal-')) : path.resolve(keep);
  const cells = new Cells();
  const weights: Weight[] = [];
  const registry = await startRegistry(path.join(work, 'registry'));
  try {
    const { version, checkout } = await publishFirst(work, registry, cells);
    if (cells.failed.length === 0) {
      const projects = await mkdtemp(path.join(work, 'projects-'));
      const running: Running[] = [];
      const starts = setups
        .filter(({ name }) => wanted(name))
        .map((setup) => async () => {
          running.push(await start(setup, path.join(projects, setup.name), registry, version, cells));
        });
      const installSizes = (wanted('packages') ? [...(await registry.published()).keys()] : []).map(
        (name) => async () => {
          await cells.take(name, 'weigh', async () => {
            weights.push(await installSize(name, version, path.join(projects, `weigh-${name.slice(5)}`), registry));
          });
        },
      );
      await inParallel([...starts, ...installSizes], width);
      if (checkout) await upgradeAll(running, checkout, cells, width);
      else console.log(`Not run: upgrades. ${work} holds a version that is published already.`);
      if (wanted('breaking-change') && checkout)
        await cells.take('a breaking change', 'refused', () => refusesBreakingChange(checkout));
    }
  } finally {
    await closeChromium();
    registry.close();
    if (keep === undefined) await rm(work, { recursive: true, force: true });
  }
  const seconds = (performance.now() - begin) / 1000;
  weights.sort((a, b) => a.name.localeCompare(b.name));
  await writeFile(json, `${JSON.stringify({ seconds, cells: cells.all, packages: weights }, null, 2)}\n`);
  console.log(`\n${stepTable(cells.all)}`);
  if (weights.length > 0) console.log(`\n${weightTable(weights)}`);
  console.log(`\n${seconds.toFixed(0)} s in all; the numbers are in ${json}.`);
  console.log(`\n${cells.all.length - cells.failed.length} passed, ${cells.failed.length} failed`);
  return cells.failed.length > 0 ? 1 : 0;
}
