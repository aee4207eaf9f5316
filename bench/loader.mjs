// How many JPEG files of 500 x 375 pixels are decoded and made ready for training in a second: resized to a shorter side of 256, cropped
// to 224, mirrored at random, normalised, in batches of 32. Needs a build: npm run build && node bench/loader.mjs [--images 2000]
// [--workers 2] [--rounds 5] [--folder KEPT] [--out FILE.json]. With ZOO_BENCH_PYTHON set to a Python that has torchvision, its ImageFolder and DataLoader
// do the same with the same files, by turns. The processor's time tells what the clock hides on a machine with other work.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { batches, imageFolder } from '@zoo/loaders';
import { writePhotos } from './loader/photos.mjs';
import { spread } from './times.mjs';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '2000' },
    workers: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    folder: { type: 'string' },
    out: { type: 'string' },
  },
});
const batchSize = 32;
const workers = Number(values.workers);
const { ZOO_BENCH_PYTHON: python } = process.env;
const transforms = [
  { kind: 'resizeShorterSide', size: 256 },
  { kind: 'randomCrop', height: 224, width: 224 },
  { kind: 'horizontalFlip' },
  { kind: 'normalize', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
];

const folder = values.folder ?? (await mkdtemp(path.join(os.tmpdir(), 'zoo-bench-')));
await writePhotos(folder, Number(values.images));
const dataset = await imageFolder(folder);

/** An epoch of ours: pictures a second, and the processor's milliseconds for each. */
async function ours(count, epoch) {
  const before = process.cpuUsage();
  const start = performance.now();
  let images = 0;
  const options = { batchSize, shuffle: true, epoch, transforms, workers: count, onNotice: console.error };
  for await (const { labels } of batches(dataset, options)) images += labels.length;
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { rate: images / seconds, spent: (user + system) / 1000 / images };
}

function startTorch() {
  const script = fileURLToPath(new URL('loader/torch-loader.py', import.meta.url));
  const child = spawn(python, [script, folder, String(workers), String(batchSize)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('torchvision ended');
    return value;
  };
  return {
    title: next(),
    async measure() {
      child.stdin.write('epoch\n');
      const [images, seconds, spent] = (await next()).split(' ').map(Number);
      return { rate: images / seconds, spent: (spent * 1000) / images };
    },
    end: () => child.stdin.end(),
  };
}

const torch = python ? startTorch() : undefined;
if (!torch) console.log('torchvision: left out, ZOO_BENCH_PYTHON names no Python');
const contenders = [
  { title: `zoo, ${workers} workers`, measure: (epoch) => ours(workers, epoch) },
  { title: 'zoo, no workers: sharp in its threads', measure: (epoch) => ours(0, epoch) },
  ...(torch ? [{ title: await torch.title, measure: torch.measure }] : []),
];
const results = new Map(contenders.map(({ title }) => [title, []]));
// The first round is not counted: compilers have not seen the code, files are not in memory, workers have not started.
for (let round = -1; round < Number(values.rounds); round++)
  for (const { title, measure } of contenders) {
    const result = await measure(round + 1);
    if (round >= 0) results.get(title).push(result);
  }
torch?.end();

const last = [...results.values()].at(-1);
/** Rates and times of each contender, and their ratios to the last one's of the same round. */
const summary = [...results].map(([title, rounds]) => ({
  title,
  imagesPerSecond: spread(rounds.map(({ rate }) => rate)),
  processorMilliseconds: spread(rounds.map(({ spent }) => spent)),
  ratio: spread(rounds.map(({ rate }, i) => rate / last[i].rate)),
  processorRatio: spread(rounds.map(({ spent }, i) => last[i].spent / spent)),
}));
const shown = ({ median, least, most }, digits) =>
  `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
for (const { title, imagesPerSecond, processorMilliseconds, ratio, processorRatio } of summary) {
  console.log(
    `${title}: ${shown(imagesPerSecond, 0)} images/s, ${shown(processorMilliseconds, 2)} ms of processor time`,
  );
  if (torch) console.log(`  ${shown(ratio, 2)} times torchvision, ${shown(processorRatio, 2)} by processor time`);
}
if (values.out) {
  const machine = { cpu: os.cpus()[0]?.model.trim(), cores: os.cpus().length, node: process.version };
  const report = { machine, images: Number(values.images), rounds: Number(values.rounds), results: summary };
  await writeFile(values.out, `${JSON.stringify(report, undefined, 2)}\n`);
}
if (!values.folder) await rm(folder, { recursive: true });
