// The long form of tests/kills.test.ts: node checks/run.mjs tests/kills/kills.ts [ATTACKS] [SEED] [BACKEND...], after the build.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { random } from '@zoo/core';
import { attackedRun, referenceRun } from './attacked-run.ts';
import { cases } from './cases.ts';
import type { Attack } from './run-program.ts';

const [wanted = '300', seed = '15', ...backends] = process.argv.slice(3);
const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-kills-'));
const { uniform } = random(Number(seed));
const chosen = <T>(all: readonly T[]): T | undefined => all[Math.floor(uniform() * all.length)];
/** Attacks on one run, each on another process of it. */
const attacksPerRun = 4;

const all = await cases(path.join(folder, 'pictures'), backends.length > 0 ? backends : ['wasm', 'cpu', 'node']);
const references = new Map<string, Awaited<ReturnType<typeof referenceRun>>>();
let [hits, runs, processes] = [0, 0, 0];
const faults: string[] = [];
const count = { kill: 0, full: 0 };
const begun = performance.now();
try {
  while (hits < Number(wanted)) {
    const one = all[runs % all.length];
    if (!one) break;
    const reference = references.get(one.name) ?? (await referenceRun(one, folder));
    references.set(one.name, reference);
    // The first attack of a run is at any kind of thing. Those that follow come early, where a run is taken up again.
    const kind = chosen(reference.kinds) ?? [1];
    const attacks = Array.from({ length: attacksPerRun }, (_, index): Attack => {
      const at = index === 0 ? chosen(kind) : Math.floor((uniform() * reference.points) / 2);
      return { how: uniform() < 0.7 ? 'kill' : 'full', at: Math.max(1, at ?? 1) };
    });
    const done = await attackedRun(one, reference, path.join(folder, 'run'), attacks);
    runs++;
    processes += done.processes;
    hits += done.hits.length;
    for (const { how } of done.hits) count[how]++;
    const shown = attacks.map(({ how, at }) => `${how} ${at}`).join(', ');
    for (const fault of done.faults) faults.push(`${one.name} (${shown}): ${fault}`);
    console.log(
      `${hits} of ${wanted}  ${one.name}, ${reference.points} points: ${shown}${done.faults.length > 0 ? `  FAULT ${done.faults.join('; ')}` : ''}`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
console.log(
  `${hits} attacks that hit (${count.kill} kills, ${count.full} full disks) on ${runs} runs in ${processes} processes, ${minutes} minutes: ${faults.length} faults`,
);
for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
