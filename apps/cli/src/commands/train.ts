import { Command } from 'commander';
import { commandName } from '../command-name.ts';
import { dataHelp } from '../data/data-source.ts';
import { addBackendOptions } from '../options/backend-options.ts';
import { examples, optionGroup, presetNames } from '../options/help.ts';
import { keyOption } from '../options/key-option.ts';
import { addNetworkOptions } from '../options/network-options.ts';
import { positiveNumber, wholeNumber } from '../options/numbers.ts';
import { addRecipeOptions } from '../options/recipe-options.ts';
import { addRefinementOptions } from '../options/refinement-options.ts';
import type { TrainOptions } from '../options/train-options.ts';
import { addWorkersOption } from '../options/workers-option.ts';
import { commandLine, typedWords } from '../run/typed-command.ts';
import { argumentsOfUnstarted } from '../run/unstarted.ts';
import type { Terminal } from '../terminal.ts';

/**
 * @param words What was typed behind the program's name.
 */
export function addTrain(program: Command, terminal: Terminal, words = typedWords()): void {
  const command = program
    .command('train')
    .summary('train a network on pictures')
    .description(
      'Trains a network on a data set, tests it after every epoch, and writes a folder with weights, record, curves and report.\n' +
        'The folder also keeps the last checkpoint, so that a run can be resumed, even after its end. Ctrl-C stops it at any time.',
    )
    .argument('[preset]', 'a name of zoo presets')
    .optionsGroup('Data:')
    .option('--data <name>', dataHelp)
    .option(
      '--train <folder>',
      'the folder or shards in --data with the training pictures (default: train, Training_Set, seg_train ..., if there is also test or val)',
    )
    .option(
      '--val <folder>',
      'the folder or shards with the test pictures, in --data or by their path (default: test, testing, valid, Validation_Set ..., else a tenth of each class is held out)',
    )
    .option(
      '--skip-damaged',
      'continue without pictures that cannot be read (default: stop before training, and name them)',
    )
    .option('--limit <n>', 'train on this many pictures, as many of each class (default: all)', wholeNumber(1))
    .optionsGroup('The run:')
    .option('--out <folder>', 'folder for the run (default: runs/PRESET-DATA-DATE-TIME)')
    .option('--overwrite', 'replace the run that is in the folder already')
    .option(
      '--resume <run>',
      'continue a run where it stopped, with its preset, data and options; RUN/best goes back to its best epoch, for one with --keep-best',
    )
    .option(
      '--keep-best',
      'also keep the checkpoint of the best epoch: highest test accuracy, of equals lowest test loss. RUN/best names it in every command',
    )
    .option('--tensorboard', 'also write the curves for TensorBoard, as an event file in the folder of the run')
    .option('--max-minutes <m>', 'stop training after this time, and test the result (default: never)', positiveNumber)
    .option('--seed <n>', "the same seed gives the same run (default: the recipe's, or 0)", wholeNumber(0))
    .optionsGroup('Weights to begin with:')
    .option(
      '--weights <weights>',
      'start with these weights: a run, a file, a URL, or published ones by name, such as torchvision; the last layer is newly initialised if the number of classes differs',
    )
    .addOption(keyOption())
    .option(
      '--partial',
      'load what the file of --weights has, and initialise layers that are missing or have another shape',
    )
    .option(
      '--freeze <path...>',
      'do not train these layers or blocks, by any name that zoo summary shows, such as features or conv1 (default: train all)',
    );
  optionGroup(command, 'Training:', (group) =>
    group.option(
      '--recipe <name>',
      "how to train: a name of zoo recipes, or preset for the preset's own however few the pictures (default: the preset's own, or for few pictures one that suits them)",
    ),
  );
  addRecipeOptions(command);
  addRefinementOptions(command);
  addNetworkOptions(command, 'those of the data');
  addBackendOptions(command);
  addWorkersOption(command)
    .option('--json', 'one JSON object per line: step, epoch, checkpoint, done')
    .action(async (preset: string | undefined, options: TrainOptions) => {
      if (options.resume === undefined) {
        const { startRun } = await import('../training/start-run.ts');
        return startRun(preset, options, terminal, words);
      }
      const again = await argumentsOfUnstarted(options.resume, words);
      if (again === undefined) {
        const { resumeRun } = await import('../training/resume-run.ts');
        return resumeRun(preset, options, terminal, words);
      }
      terminal.note(
        `${options.resume}: was stopped before it had started, so it starts now: ${commandName()} ${commandLine(again)}`,
      );
      const restarted = new Command().exitOverride();
      addTrain(restarted, terminal, again);
      await restarted.parseAsync(again, { from: 'user' });
    })
    .addHelpText('after', presetNames(terminal.columns))
    .addHelpText(
      'after',
      examples(
        ['zoo train alexnet/cifar10-quick --data cifar10', 'with the recipe of the preset'],
        ['zoo train --recipe cifar10-full --data cifar10', 'a recipe by its name, with the network that it is for'],
        ['zoo train lenet/lenet-5 --data mnist', 'digits, as in 1998'],
        ['zoo train alexnet/torchvision --data my-pictures --width 0.25 --max-minutes 30', 'your own pictures'],
        [
          'zoo train alexnet/torchvision --data my-pictures --weights torchvision --freeze features',
          'keep the features of a trained network, and train it on your own classes',
        ],
        [
          'zoo train alexnet/cifar10-quick --data pictures --train lernen --val pruefen',
          'parts of a folder under names of your own',
        ],
        [
          'zoo train alexnet/torchvision --data my-pictures --weights features.pth --partial',
          'weights of some of the layers only',
        ],
        [
          "zoo train alexnet/torchvision --data 'train-{000..009}.tar' --val val-000.tar",
          'tar shards of WebDataset; classnames.txt beside them names the classes',
        ],
        ['zoo train --resume runs/first', 'continue after Ctrl-C'],
        ['zoo train --resume runs/first --epochs 20', 'make a finished run longer'],
      ),
    );
}
