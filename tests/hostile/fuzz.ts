import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundled } from './reader-process.ts';
import { seeds } from './seeds.ts';

// node checks/run.mjs tests/hostile/fuzz.ts JAZZER [SECONDS] [PATTERN]
//
// A fuzzer that is led by coverage and knows no format (Jazzer.js, libFuzzer inside) on each reader in turn. It is no dependency:
// `npm install @jazzer.js/core` in a folder of its own, whose node_modules/@jazzer.js/core/dist/cli.js is JAZZER. What it finds lies
// beside its corpus as crash-*, timeout-* or oom-*.

const [, , , jazzer, seconds = '600', pattern = ''] = process.argv;
if (!jazzer) throw new Error('expected the path of Jazzer.js: node_modules/@jazzer.js/core/dist/cli.js');

const fuzzed = /pth$|safetensors$|npy$|npz$|caffemodel$|binaryproto$|h5$|keras$|onnx$|\.json$|bmp$|tif$|ubyte$/;
const all = (await seeds()).filter(
  ({ name, reader }) =>
    fuzzed.test(name) && ['weights', 'spec', 'picture', 'idx'].includes(reader) && new RegExp(pattern).test(name),
);

for (const { name, files } of all) {
  const target = await bundled('fuzz-target.ts', 'cjs', { fuzzedName: JSON.stringify(name) });
  const folder = path.join(os.tmpdir(), 'zoo-fuzz', name);
  await mkdir(path.join(folder, 'corpus'), { recursive: true });
  await writeFile(path.join(folder, 'corpus', 'good'), Object.values(files)[0] ?? '');
  const limits = [
    `-max_total_time=${seconds}`,
    '-timeout=10',
    '-rss_limit_mb=1500',
    '-max_len=65536',
    `-artifact_prefix=${folder}/`,
  ];
  const code = await new Promise((resolve) => {
    const fuzzer = spawn(
      process.execPath,
      [jazzer, target, path.join(folder, 'corpus'), '-i', path.basename(target), '--', ...limits],
      {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let last = '';
    const note = (text: Buffer) => {
      last = `${last}${text}`.slice(-3000);
    };
    fuzzer.stdout.on('data', note);
    fuzzer.stderr.on('data', note);
    fuzzer.once('exit', (code) => {
      const runs = last.split('\n').findLast((line) => /^#\d/.test(line));
      process.stdout.write(`${name}: ${code === 0 ? 'nothing found' : `FOUND, see ${folder}\n${last}`} (${runs})\n`);
      resolve(code);
    });
  });
  if (code !== 0) process.exitCode = 1;
}
