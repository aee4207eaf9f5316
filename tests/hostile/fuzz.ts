import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type FuzzedKind, fuzzedKinds, kindOf } from './fuzzed.ts';
import { bundled } from './reader-process.ts';
import { type Seed, seeds } from './seeds.ts';

// node checks/run.mjs tests/hostile/fuzz.ts JAZZER [SECONDS] [PATTERN]
//
// A fuzzer that is led by coverage and knows no format (Jazzer.js, libFuzzer inside) on each reader in turn. It is no dependency:
// `npm install @jazzer.js/core` (4.0 needs glibc 2.38) in a folder of its own, whose node_modules/@jazzer.js/core/dist/cli.js is
// JAZZER. What it finds lies beside its corpus as crash-*, timeout-* or oom-*; a corpus is kept, and gone on with.

const [, , , jazzer, seconds = '600', pattern = ''] = process.argv;
if (!jazzer) throw new Error('expected the path of Jazzer.js: node_modules/@jazzer.js/core/dist/cli.js');

const all = await seeds();

/** The file that is opened, as its target takes it. */
function startOf({ name, files }: Seed): Uint8Array | string {
  const file = Object.values(files)[0] ?? '';
  return name.endsWith('.tgz') && typeof file !== 'string' ? new Uint8Array(gunzipSync(file)) : file;
}

/** Runs until its time is over or something is found. */
async function fuzz(kind: FuzzedKind): Promise<{ code: number | null; output: string; folder: string }> {
  const target = await bundled('fuzz-target.ts', 'cjs', { fuzzedKind: JSON.stringify(kind) });
  const folder = path.join(os.tmpdir(), 'zoo-fuzz', kind.replace(/^\./, ''));
  const corpus = path.join(folder, 'corpus');
  await mkdir(corpus, { recursive: true });
  for (const seed of all.filter(({ name }) => kindOf(name) === kind))
    await writeFile(path.join(corpus, seed.name), startOf(seed));
  const limits = [`-max_total_time=${seconds}`, '-rss_limit_mb=1500', '-max_len=65536', `-artifact_prefix=${folder}/`];
  // Code that counts its branches takes some fifty times as long: 8 million pixels of a BMP that is read in 0.1 s take 5.
  const options = ['-i', path.basename(target), '--timeout', '30000'];
  const fuzzer = spawn(process.execPath, [jazzer ?? '', target, corpus, ...options, '--', ...limits], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const note = (text: Buffer) => {
    output = `${output}${text}`.slice(-5000);
  };
  fuzzer.stdout.on('data', note);
  fuzzer.stderr.on('data', note);
  const code = await new Promise<number | null>((resolve) => fuzzer.once('exit', resolve));
  return { code, output, folder };
}

for (const kind of fuzzedKinds.filter((kind) => new RegExp(pattern).test(kind))) {
  const { code, output, folder } = await fuzz(kind);
  const runs = output.split('\n').findLast((line) => /^#\d/.test(line));
  const broken = runs === undefined ? 'DID NOT RUN' : `FOUND, see ${folder}`;
  const found = code === 0 ? 'nothing found' : `${broken}\n${output}`;
  process.stdout.write(`${kind}: ${found} (${runs ?? 'no input'})\n`);
  if (code !== 0) process.exitCode = 1;
}
