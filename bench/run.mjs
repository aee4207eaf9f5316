// The zoo on a CPU compared with other libraries, measured alternately in one run: npm run bench -- [--contenders zoo-wasm,onnxruntime-web] [--rows
// 'torchvision forward 8'] [--rounds 5] [--threads 2] [--out FILE.json] [--picture FILE.svg]
// See README.md for what the peers need.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { presetSpec } from '@zoo/alexnet';
import { inferShapes } from '@zoo/spec';
import { contenders, startContender } from './contenders.mjs';
import { writeNetworks } from './networks.mjs';
import { picture } from './picture.mjs';
import { shown, timesOf } from './times.mjs';

const rows = [
  ...['torchvision', 'paper'].flatMap((network) => [1, 8, 32].map((batch) => ({ network, work: 'forward', batch }))),
  ...[8, 32].map((batch) => ({ network: 'torchvision', work: 'step', batch })),
  { network: 'cifar10-quick', work: 'step', batch: 100 },
];
const nameOf = ({ network, work, batch }) => `${network} ${work} ${batch}`;

const { values } = parseArgs({
  options: {
    contenders: { type: 'string', default: Object.keys(contenders).join(',') },
    rows: { type: 'string', default: rows.map(nameOf).join(',') },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: String(os.availableParallelism()) },
    out: { type: 'string' },
    picture: { type: 'string' },
  },
});
const unknown = values.rows.split(',').find((row) => !rows.some((known) => nameOf(known) === row));
if (unknown) throw new Error(`--rows: ${unknown} is none of ${rows.map(nameOf).join(', ')}.`);

const folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-bench-'));
const asked = values.contenders.split(',');
if (asked.some((name) => name.startsWith('onnxruntime'))) await writeNetworks(folder, ['torchvision', 'paper']);
const running = [];
for (const name of asked) {
  const contender = await startContender(name, { threads: values.threads, folder });
  if (contender.missing) console.log(`${name}: left out, ${contender.missing}`);
  else running.push(contender);
}

const results = [];
for (const row of rows.filter((row) => values.rows.split(',').includes(nameOf(row)))) {
  const times = await timesOf(
    running
      .filter(({ works }) => works.includes(row.work))
      .filter(({ networks }) => !networks || networks.includes(row.network)),
    ({ measure }) => measure(nameOf(row).split(' ')),
    Number(values.rounds),
  );
  const { multAdds } = inferShapes(presetSpec(`alexnet/${row.network}`));
  // Backward is two products of the forward one's size.
  const operations = 2 * multAdds * row.batch * (row.work === 'step' ? 3 : 1);
  const ours = times.get(running[0])?.median;
  console.log(`\n${row.network}, ${row.work === 'step' ? 'training step' : row.work}, batch ${row.batch}`);
  for (const [contender, { median, least }] of times) {
    const [gigaflops, ratio] = [operations / median / 1e6, ours / median];
    results.push({
      ...row,
      contender: contender.name,
      title: contender.title,
      milliseconds: median,
      least,
      gigaflops,
      ratio,
    });
    console.log(
      `  ${contender.title.padEnd(48)} ${shown(median).padStart(7)} ms (least ${shown(least).padStart(6)})  ${shown(gigaflops).padStart(5)} GFLOP/s  ${ratio.toFixed(2)}`,
    );
  }
}
console.log(`\nThe last column is the time of ${running[0]?.title} divided by the row's own.`);
for (const { end } of running) end();
await rm(folder, { recursive: true });

const machine = { cpu: os.cpus()[0]?.model.trim(), cores: os.cpus().length, node: process.version };
const report = {
  machine,
  threads: Number(values.threads),
  rounds: Number(values.rounds),
  load: os.loadavg()[0],
  results,
};
if (values.out) await writeFile(values.out, `${JSON.stringify(report, undefined, 2)}\n`);
if (values.picture) await writeFile(values.picture, picture(report));
