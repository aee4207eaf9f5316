import { Command } from 'commander';
import pc from 'picocolors';
import { addClassify } from './commands/classify.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEval } from './commands/eval.ts';
import { addPresets } from './commands/presets.ts';
import { addSummary } from './commands/summary.ts';
import { addTrain } from './commands/train.ts';
import { examples } from './options/help.ts';
import type { Terminal } from './terminal.ts';
import { zooVersion } from './version.ts';

/** One line, whatever commander makes of it: `zoo: unknown option '--epoch'. Did you mean --epochs?` */
const oneLine = (text: string): string =>
  text
    .replace(/^error: /, '')
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\((.*)\)$/, '$1'))
    .map((line) => (/[.?!]$/.test(line) ? line : `${line}.`))
    .join(' ');

/** The command line. Every command says on this terminal what it has to say. */
export function program(terminal: Terminal): Command {
  const { red, bold } = pc.createColors(process.stderr.isTTY && !process.env.NO_COLOR);
  const zoo = new Command('zoo')
    .description('Train, evaluate and classify with the AlexNet family.')
    .version(zooVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help about a command')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`${bold(red('zoo:'))} ${oneLine(text)}\n`),
    });
  addPresets(zoo, terminal);
  addSummary(zoo, terminal);
  addTrain(zoo, terminal);
  addEval(zoo, terminal);
  addClassify(zoo, terminal);
  addDoctor(zoo, terminal);
  return zoo.addHelpText(
    'after',
    examples(
      ['zoo train alexnet/cifar10-quick --data cifar10 --out runs/first', 'train a network on real pictures'],
      ['zoo classify runs/first my-cat.jpg', 'ask it what it sees'],
      ['zoo summary alexnet/paper', 'the layers of the network of 2012'],
    ),
  );
}
