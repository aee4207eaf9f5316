import { rm } from 'node:fs/promises';
import { bombs } from './bombs.ts';
import { buildWorker } from './reader-process.ts';
import { mutations, runReaders } from './run-readers.ts';

const usage = `node checks/run.mjs tests/hostile/run.ts bombs [PATTERN]
node checks/run.mjs tests/hostile/run.ts mutations [TO] [FROM] [PATTERN]   mutations FROM to TO of each of some 40 seeds`;

const [, , , what, ...options] = process.argv;
const chosen = {
  bombs: ([pattern = '']: string[]) => bombs.filter(({ name }) => new RegExp(pattern, 'i').test(name)),
  mutations: ([to = '10', from = '0', pattern = '']: string[]) =>
    mutations([Number(from), Number(to)], new RegExp(pattern, 'i')),
}[what ?? ''];
if (!chosen) throw new Error(`expected\n${usage}`);

const worker = await buildWorker();
const failures: string[] = [];
const count = { opened: 0, refused: 0 };
let [passed, slowest, most] = [0, 0, 0];
try {
  await runReaders(chosen(options), worker, ({ name, bytes, ended, cpu, memory, message, wrong }) => {
    const numbers = [`${cpu.toFixed(2)} s`, `${memory.toFixed(0)} MiB`, `${bytes} B`].map((text) => text.padStart(12));
    const said = (wrong ?? message).split('\n')[0]?.slice(0, 150);
    const line = `${wrong === undefined ? 'ok  ' : 'FAIL'} ${name.padEnd(58)} ${ended.padEnd(8)}${numbers.join('')}  ${said}`;
    if (wrong === undefined) {
      passed++;
      [slowest, most] = [Math.max(slowest, cpu), Math.max(most, memory)];
      if (ended === 'opened' || ended === 'refused') count[ended]++;
    } else failures.push(line);
    if (wrong !== undefined || what === 'bombs') process.stdout.write(`${line}\n`);
    else if (passed % 1000 === 0) process.stdout.write(`${passed}\n`);
  });
} finally {
  await rm(worker);
}
process.stdout.write(
  `${failures.map((line) => `${line}\n`).join('')}${count.opened} opened, ${count.refused} refused, at most ${slowest.toFixed(1)} s of CPU time and ${most.toFixed(0)} MiB\n${passed} passed, ${failures.length} failed\n`,
);
if (failures.length > 0) process.exitCode = 1;
