import { rm } from 'node:fs/promises';
import { bombs } from './bombs.ts';
import { judge } from './judge.ts';
import { buildWorker } from './reader-process.ts';

// node checks/run.mjs tests/hostile/run.ts [PATTERN]: every bomb, or those whose names match.

const [, , , pattern = ''] = process.argv;
const chosen = bombs.filter(({ name }) => new RegExp(pattern, 'i').test(name));
const worker = await buildWorker();
const table: string[] = [];
let failed = 0;
try {
  await judge(chosen, worker, ({ name, bytes, ended, cpu, memory, message, wrong }) => {
    if (wrong !== undefined) failed++;
    const numbers = [`${cpu.toFixed(2)} s`, `${memory.toFixed(0)} MiB`, `${bytes} B`]
      .map((text) => text.padStart(12))
      .join('');
    const line = `${wrong === undefined ? 'ok  ' : 'FAIL'} ${name.padEnd(58)} ${ended.padEnd(8)}${numbers}  ${(wrong ?? message).split('\n')[0]?.slice(0, 150)}`;
    process.stdout.write(`${line}\n`);
    if (wrong !== undefined) table.push(line);
  });
} finally {
  await rm(worker);
}
process.stdout.write(
  `${table.length > 0 ? `\n${table.join('\n')}\n` : ''}${chosen.length - failed} passed, ${failed} failed\n`,
);
if (failed > 0) process.exitCode = 1;
