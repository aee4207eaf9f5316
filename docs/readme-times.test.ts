import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { LoaderMeasured } from './views/loader-table.ts';
import type { Measured } from './views/times-table.ts';

const text = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

const { results }: { results: readonly Measured[] } = JSON.parse(text('guide/performance.json'));
const loader: { results: readonly LoaderMeasured[] } = JSON.parse(text('guide/loader.json'));
const readme = text('../README.md');

const contenders = ['zoo-wasm', 'onnxruntime-web', 'pytorch'];

const time = (network: string, work: string, batch: number, contender: string): number | undefined =>
  results.find(
    (one) => one.network === network && one.work === work && one.batch === batch && one.contender === contender,
  )?.milliseconds;

it.each([
  ['torchvision', 'forward', 1],
  ['torchvision', 'forward', 32],
  ['torchvision', 'step', 8],
  ['torchvision', 'step', 32],
  ['cifar10-quick', 'step', 100],
] as const)('the README has the times of %s, %s, batch %i as they were measured', (network, work, batch) => {
  const cells = contenders.map((contender) => {
    const milliseconds = time(network, work, batch, contender);
    return milliseconds === undefined ? ' ' : ` ${Math.round(milliseconds)} ms `;
  });
  const title = `\`${network}\`, ${work === 'step' ? 'training step' : 'forward'}, batch ${batch}`;
  expect(readme).toContain(`| ${title} |${cells.join('|')}|`);
});

it('the README has the ratios to PyTorch as they were measured', () => {
  const ratio = (network: string, batch: number): number =>
    (time(network, 'step', batch, 'zoo-wasm') ?? 0) / (time(network, 'step', batch, 'pytorch') ?? 0);
  const [least, most] = [ratio('torchvision', 8), ratio('torchvision', 32)].sort();
  expect(readme).toContain(`takes ${least?.toFixed(2)} to ${most?.toFixed(2)} times as long as in PyTorch`);
  expect(readme).toContain(`takes ${ratio('cifar10-quick', 100).toFixed(1)} times as long`);
});

it('the README has the ratio of the loader to torchvision as it was measured', () => {
  const [ours] = loader.results;
  expect(readme).toContain(`Photos become batches for training ${ours?.ratio.median.toFixed(2)} times as fast`);
});
