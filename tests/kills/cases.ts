import { pictureFolder } from '../../apps/cli/src/testing/pictures.ts';
import type { Case } from './attacked-run.ts';

const small = ['--epochs', '2', '--batch-size', '4', '--threads', '1'];

/** Everything that keeps a state of its own. */
const refinements = [
  ['--optimizer', 'adamw', '--warmup', '0.3', '--schedule', 'one-cycle'],
  ['--keep-best', '--tensorboard'],
  ['--ema', '0.9', '--accumulate', '2', '--early-stopping', '1', '--label-smoothing', '0.1', '--clip-norm', '1'],
].flat();

const networks: readonly { name: string; words: readonly string[] }[] = [
  { name: 'cifar10-quick', words: ['alexnet/cifar10-quick', '--width', '0.1'] },
  { name: 'lenet-5', words: ['lenet/lenet-5'] },
  { name: 'torchvision', words: ['alexnet/torchvision', '--width', '0.02', '--input-size', '64'] },
  { name: 'paper', words: ['alexnet/paper', '--width', '0.03', '--input-size', '67'] },
  { name: 'refined', words: ['alexnet/cifar10-quick', '--width', '0.1', ...refinements] },
  { name: 'workers', words: ['alexnet/cifar10-quick', '--width', '0.1', '--workers', '2'] },
  { name: 'zfnet', words: ['zfnet/zfnet', '--width', '0.02', '--input-size', '64'] },
];

/** Trainings of a few seconds, on pictures that are made here. */
export async function cases(folder: string, backends: readonly string[]): Promise<Case[]> {
  const data = await pictureFolder(folder, ['blue', 'red'], 6);
  return networks.flatMap(({ name, words }) =>
    backends.map((backend) => ({
      name: `${name}-${backend}`,
      words: ['train', ...words, ...small, '--data', data, '--backend', backend],
    })),
  );
}
