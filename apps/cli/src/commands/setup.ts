import type { Flavour } from '@zoo/native-setup';
import type { Command } from 'commander';
import { commandName } from '../command-name.ts';
import { examples } from '../options/help.ts';
import { showLongWork } from '../rendering/long-work.ts';
import type { Terminal } from '../terminal.ts';
import { catchInterruption } from '../training/interruption.ts';

interface SetupOptions {
  libtensorflow?: string;
  remove?: true;
}

async function runRemove(flavour: Flavour, terminal: Terminal): Promise<void> {
  const { removeNode } = await import('@zoo/native-setup');
  const removed = await removeNode(flavour);
  terminal.print(removed.length > 0 ? `${flavour}: removed ${removed.join(', ')}` : `${flavour}: nothing to remove`);
}

/** `zoo setup node` */
async function runSetup(flavour: Flavour, { libtensorflow, remove }: SetupOptions, terminal: Terminal): Promise<void> {
  if (remove) return runRemove(flavour, terminal);
  const { setupNode } = await import('@zoo/native-setup');
  const { signal, release } = catchInterruption(terminal, () => 'Stopping. Completed stages are kept.');
  try {
    const { addon, version } = await setupNode({
      gpu: flavour === 'node-gpu',
      ...(libtensorflow === undefined ? {} : { libtensorflow }),
      onProgress: showLongWork(terminal),
      signal,
    });
    terminal.endLive();
    terminal.print(`${flavour}: ready, libtensorflow ${version}, addon built here: ${addon}`);
    terminal.note(
      `Use it: ${commandName()} train ... --backend ${flavour}, or let auto take it. Check it: ${commandName()} doctor.`,
    );
  } finally {
    release();
  }
}

const titles: Readonly<Record<Flavour, string>> = {
  node: "TensorFlow's C library on the CPU",
  'node-gpu': "TensorFlow's C library on NVIDIA graphics cards, or on the CPU if there is none",
};

export function addSetup(program: Command, terminal: Terminal): void {
  const setup = program
    .command('setup')
    .summary('install a faster backend')
    .description(
      'Installs a backend into your own data folder ($ZOO_HOME, else ~/.local/share/zoo); no root is needed.\n' +
        'Builds the addon of @tensorflow/tfjs-node: that needs a C++ compiler and Python with pip.',
    )
    .helpCommand(false);
  for (const flavour of ['node', 'node-gpu'] as const)
    setup
      .command(flavour)
      .description(titles[flavour])
      .option(
        '--libtensorflow <path>',
        'build against this library: the folder of a Python package tensorflow, of its virtual environment, or of the C library',
      )
      .option('--remove', 'remove what was installed')
      .action((options: SetupOptions) => runSetup(flavour, options, terminal));
  setup.addHelpText(
    'after',
    examples(
      ['zoo setup node', 'the fastest backend without a graphics card'],
      ['zoo setup node --remove', 'free its disk space'],
    ),
  );
}
