// How long it takes to open a full-width checkpoint (torchvision's layout, 244 MB) and to fill a model that is built, and how much
// memory that takes above the model. Needs a build: npm run build && node bench/load-checkpoint.mjs
// With ZOO_BENCH_PYTHON set to a Python that has torch and safetensors, PyTorch does the same with the same file, by turns: wall time on
// the same cores, the file in the page cache and the models built on both sides. It maps the file and copies every tensor into the
// model, so that nothing is left to be paged in later. The zoo reads, and checks that all elements are finite; PyTorch does not, so it
// is measured once more with the cheapest check there, a sum of each tensor.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { loadWeights, saveWeights } from '@zoo/weights';

const rounds = 9;
const { ZOO_BENCH_PYTHON: python, ZOO_BACKEND: backend = 'wasm' } = process.env;
const theirs = `
import sys, time, torch, torchvision
from safetensors.torch import load_file
model = torchvision.models.alexnet()
for line in sys.stdin:
    start = time.perf_counter()
    model.load_state_dict(load_file(sys.argv[1]))
    if line == 'check\\n':
        with torch.no_grad():
            assert all(bool(torch.isfinite(p.sum())) for p in model.parameters())
    print((time.perf_counter() - start) * 1000, flush=True)
`;

tf.enableProdMode();
await useBackend(backend);
const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-bench-'));
const file = path.join(folder, 'torchvision.safetensors');
const model = alexnet('torchvision', { seed: 1 });
await saveWeights(model, file);

/** Resident memory in MB, now and at its highest since it was last reset. Linux only. */
const resident = (field) =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
const settle = async () => {
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** A round of PyTorch's, in milliseconds. */
function startPyTorch() {
  const child = spawn(python, ['-c', theirs, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async round(what) {
      child.stdin.write(`${what}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('PyTorch ended');
      return Number(value);
    },
    end: () => child.stdin.end(),
  };
}

/** How far resident memory rises while a checkpoint is loaded, in MB. In rounds of its own: looking takes time. */
async function risen() {
  const before = resident('VmRSS');
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, resident('VmRSS'));
  }, 2);
  await loadWeights(model, file);
  clearInterval(watch);
  return Math.max(peak, resident('VmRSS')) - before;
}

const pytorch = python ? startPyTorch() : undefined;
const reference = [];
const checked = [];
const times = [];
const memory = [];
// The first round of each is not counted: compilers have not seen the code, and pages have not been touched.
for (let round = -1; round < rounds; round++) {
  await settle();
  memory.push(await risen());
  await settle();
  const start = performance.now();
  await loadWeights(model, file);
  const time = performance.now() - start;
  const other = await pytorch?.round('load');
  const withCheck = await pytorch?.round('check');
  if (round < 0) continue;
  times.push(time);
  if (other !== undefined) reference.push(other);
  if (withCheck !== undefined) checked.push(withCheck);
}
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const shown = (values) => values.map((value) => value.toFixed(0)).join(' ');
console.log(
  `zoo, ${tf.getBackend()}: ${median(times).toFixed(0)} ms (${shown(times)}), ${Math.max(...memory).toFixed(0)} MB above the model (${shown(memory)})`,
);
if (pytorch) {
  pytorch.end();
  for (const [name, others] of [
    ['PyTorch', reference],
    ['PyTorch with a check', checked],
  ]) {
    const ratios = times.map((time, round) => time / others[round]);
    console.log(`${name}: ${median(others).toFixed(0)} ms (${shown(others)})`);
    console.log(`ratio: ${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`);
  }
}
await rm(folder, { recursive: true });
process.exit(0);
