import { command } from '../command.ts';
import type { Project } from '../project.ts';
import type { CommandLineRow } from '../setups.ts';
import type { Steps } from './steps.ts';

export function commandLineSteps(_row: CommandLineRow, { folder, env }: Project): Steps {
  const zoo = async (...args: string[]) =>
    (await command('npx', ['--no-install', 'zoo', ...args, '--json'], { cwd: folder, env })).out;
  const test = async (...args: string[]) => {
    const tested = await zoo('eval', ...args, '--data', 'pictures');
    if (!tested.includes('"top1"')) throw new Error(`zoo eval printed ${tested}`);
  };
  // A checkpoint of PyTorch does not say what network it is for.
  const testCheckpoint = () => test('run.pth', '--model', 'alexnet/cifar10-quick', '--classes', '2');
  return {
    first: {
      async run() {
        await command(process.execPath, ['make-pictures.js', 'pictures'], { cwd: folder });
        await zoo('train', 'alexnet/cifar10-quick', '--data', 'pictures', '--epochs', '1', '--out', 'run');
        await zoo('convert', 'run', 'run.pth');
        await testCheckpoint();
      },
    },
    async again() {
      await test('run');
      await testCheckpoint();
      const resumed = await zoo('train', '--resume', 'run', '--epochs', '2');
      if (!resumed.includes('"done"')) throw new Error(`zoo train --resume printed ${resumed}`);
    },
  };
}
