import { nearestName, ZooError } from '@zoo/core';
import { Command } from 'commander';
import pc from 'picocolors';
import { addBench } from './commands/bench.ts';
import { addClassify } from './commands/classify.ts';
import { addCompare } from './commands/compare.ts';
import { addCompletion } from './commands/completion.ts';
import { addConvert } from './commands/convert.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEval } from './commands/eval.ts';
import { addFeatures } from './commands/features.ts';
import { addFilters } from './commands/filters.ts';
import { addPresets } from './commands/presets.ts';
import { addRecipes } from './commands/recipes.ts';
import { addSetup } from './commands/setup.ts';
import { addSummary } from './commands/summary.ts';
import { addTrain } from './commands/train.ts';
import { addVerify } from './commands/verify.ts';
import { addWeights } from './commands/weights.ts';
import { asTyped, examples } from './options/help.ts';
import { unknownOption } from './options/unknown-option.ts';
import { hasColours, type Terminal } from './terminal.ts';
import { zooVersion } from './version.ts';

/** One line, whatever commander makes of it: `zoo: unknown option '--epoch'. Did you mean --epochs?` */
const oneLine = (text: string): string =>
  text
    .replace(/^error: /, '')
    .replace(/^command-argument value ('.*?') is invalid for argument '(.*?)'/, '$1 is no $2 that is known')
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\((.*)\)$/, '$1'))
    .map((line) => (/[.?!]$/.test(line) ? line : `${line}.`))
    .join(' ');

/** Every command, in the order of the help page. */
const commands: readonly [group: string, add: readonly ((zoo: Command, terminal: Terminal) => void)[]][] = [
  ['Train and evaluate:', [addTrain, addEval, addClassify, addFeatures, addFilters, addCompare, addVerify]],
  ['Inspect networks:', [addPresets, addRecipes, addWeights, addSummary, addConvert]],
  ['When something is wrong, or slow:', [addDoctor, addBench, addSetup]],
  ['In your shell:', [addCompletion]],
];

/** What scripts may go by. */
const exitCodesHelp = `

Exit codes:
  0    done
  1    failed; with several pictures, also where one could not be read
  2    wrong usage: nothing was started
  130  stopped by Ctrl-C (143: by a request to end, 129: its terminal was
       closed); a running training has saved a checkpoint`;

/** `train [preset]` */
const term = (command: Command): string => `${command.name()} ${command.usage().replace(/\[options\] ?/, '')}`.trim();

/**
 * Finds a wrong name even where help is asked for, which commander would answer with the general page.
 *
 * @throws ZooError `unknown-name` with the nearest name.
 */
export function requireCommand(zoo: Command, args: readonly string[]): void {
  const [typed] = args[0] === 'help' ? args.slice(1) : args;
  const known = zoo.commands.map((command) => command.name());
  if (typed === undefined || typed.startsWith('-') || [...known, 'help'].includes(typed)) return;
  const nearest = nearestName(typed, known);
  throw new ZooError(
    'unknown-name',
    `${typed}: there is no such command${nearest ? `; did you mean ${nearest}?` : '.'} Known: ${known.join(', ')}.`,
  );
}

/**
 * An empty name means nothing: it is what is left of a variable that is not set, and would be taken for the present folder.
 *
 * @throws ZooError `usage`.
 */
export function requireNoEmptyWord(args: readonly string[]): void {
  for (const [index, word] of args.entries()) {
    const [, option] = /^(--[\w-]+)=$/.exec(word) ?? [];
    if (word !== '' && option === undefined) continue;
    const before = args[index - 1];
    const where = option ?? (before?.startsWith('-') ? before : `argument ${index + 1}`);
    throw new ZooError(
      'usage',
      `${where}: is empty, expected a value. If it stands in a variable, this is not set; or leave it out.`,
    );
  }
}

/**
 * The command line. Every command says on this terminal what it has to say.
 *
 * @param typed What the program is called in its help pages, as it has to be typed.
 */
export function program(terminal: Terminal, typed = 'zoo'): Command {
  const { red, bold } = pc.createColors(hasColours(process.stderr));
  const zoo = new Command('zoo')
    .usage('<command> [options]')
    .description(
      'Trains, tests and uses networks of the AlexNet family.\n\n' +
        'Classify a picture with a network that comes along:\n' +
        '  zoo classify cifar10-modern my-cat.jpg\n\n' +
        'Train one on real pictures, in a few minutes:\n' +
        '  zoo train alexnet/cifar10-quick --data cifar10 --epochs 1 --out runs/first',
    )
    .version(zooVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .configureHelp({ subcommandTerm: term })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.stdout.write(asTyped(text, typed)),
      outputError: (text, write) => write(`${bold(red('zoo:'))} ${oneLine(text)}\n`),
    });
  for (const [group, add] of commands) {
    zoo.commandsGroup(group);
    for (const one of add) one(zoo, terminal);
  }
  for (const command of zoo.commands)
    command.configureOutput({
      outputError: (text, write) =>
        write(`${bold(red('zoo:'))} ${unknownOption(text, command, zoo.commands) ?? oneLine(text)}\n`),
    });
  zoo.helpCommand('help [command]', 'print help about a command');
  return zoo.addHelpText(
    'after',
    examples(
      ['zoo classify runs/first my-cat.jpg', 'classify a picture with the trained network'],
      [
        'zoo train alexnet/torchvision --data my-pictures --width 0.25',
        'your own pictures, a sub-folder for each class',
      ],
      ['zoo summary alexnet/paper', 'the layers of the network of 2012'],
    ) + exitCodesHelp,
  );
}
