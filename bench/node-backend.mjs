// Time of the node backend beside PyTorch's, in one run and by turns: node bench/node-backend.mjs [--rounds N] [--out FILE]
// PyTorch is that of the Python which ZOO_BENCH_PYTHON names. Build the packages first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { alexnet } from '@zoo/alexnet';
import { useBackend } from '@zoo/backends';
import { inMemory } from '@zoo/loaders';
import { sgd, train } from '@zoo/trainers';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' }, out: { type: 'string' } } });
const threads = 2;
const rounds = Number(values.rounds);

const backend = await useBackend('node', { threads });
const model = alexnet('torchvision');

/** One forward pass, until its numbers are there. */
async function forward(batch) {
  const images = tf.randomNormal([batch, 224, 224, 3]);
  await images.data();
  const began = performance.now();
  const logits = model.predictOnBatch(images);
  await logits.data();
  const took = performance.now() - began;
  tf.dispose([images, logits]);
  return took;
}

/**
 * Steps of the zoo's own training, from one step's event to the next: cutting and normalising the pictures included, which
 * PyTorch is given ready. They have the size from which the network's input is cut.
 */
async function* steps(batch) {
  const [height, width, channels] = [256, 256, 3];
  const pixels = Uint8Array.from({ length: batch * height * width * channels }, (_, i) => (i * 2654435761) >>> 24);
  const labels = Uint16Array.from({ length: batch }, (_, i) => i);
  const classes = Array.from({ length: 1000 }, (_, i) => String(i));
  const data = inMemory({ name: 'noise', classes, pixels, labels, height, width, channels });
  const events = train(model, data, {
    epochs: 10_000,
    batchSize: batch,
    optimizer: sgd({ learningRate: 0.001, momentum: 0.9, weightDecay: 0.0005, convention: 'pytorch' }),
    schedule: { kind: 'constant' },
    augment: { flip: false, cropPadding: 0, pcaColour: false },
  });
  for await (const event of events) if (event.type === 'step') yield;
}

/** PyTorch in a process of its own. It waits without computing while the zoo is measured. */
async function pytorch(python) {
  const script = new URL('./node-backend.py', import.meta.url).pathname;
  const child = spawn(python, [script, String(threads)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [title] = await once(lines, 'line');
  return {
    title,
    async measure(kind, batch) {
      child.stdin.write(`${kind} ${batch}\n`);
      const [line] = await once(lines, 'line');
      return Number(line);
    },
    end: () => child.stdin.end(),
  };
}

const sorted = (times) => [...times].sort((a, b) => a - b);
const round = (time) => Math.round(time * 10) / 10;
const shown = (times) => ({ median: round(sorted(times)[times.length >> 1]), least: round(sorted(times)[0]) });

const python = process.env.ZOO_BENCH_PYTHON;
const peer = python ? await pytorch(python) : undefined;
const training = steps(32);
const tasks = [
  { task: 'forward, batch 1', kind: 'forward', batch: 1, run: () => forward(1), rounds },
  { task: 'forward, batch 32', kind: 'forward', batch: 32, run: () => forward(32), rounds },
  {
    task: 'training step, batch 32',
    kind: 'step',
    batch: 32,
    run: async () => {
      const began = performance.now();
      await training.next();
      return performance.now() - began;
    },
    rounds: Math.ceil(rounds / 2),
  },
];

const results = [];
for (const { task, kind, batch, run, rounds } of tasks) {
  const [zoo, torch] = [[], []];
  for (let i = -2; i < rounds; i++) {
    const ours = await run();
    const theirs = await peer?.measure(kind, batch);
    // The first two are for warming up.
    if (i < 0) continue;
    zoo.push(ours);
    if (theirs !== undefined) torch.push(theirs);
  }
  const [a, b] = [shown(zoo), peer ? shown(torch) : undefined];
  const share = (ours, theirs) => Number((ours / theirs).toFixed(2));
  const ratio = b && { median: share(a.median, b.median), least: share(a.least, b.least) };
  results.push({ task, rounds, zoo: a, pytorch: b, ratio });
  console.log(
    `${task.padEnd(24)} zoo ${a.median} ms (least ${a.least})${b ? `, PyTorch ${b.median} (${b.least}), ratio ${ratio.median} (${ratio.least})` : ''}`,
  );
}
await training.return();
peer?.end();

const machine = {
  cpu: os.cpus()[0]?.model.trim(),
  cores: os.cpus().length,
  load: os.loadavg().map(round),
  node: process.version,
};
const report = { machine, threads, backend: backend.detail, peer: peer?.title, unit: 'ms', results };
if (values.out) writeFileSync(values.out, `${JSON.stringify(report, undefined, 2)}\n`);
process.exit(0);
