import { datasets } from '@zoo/loaders';
import type { Command, Option } from 'commander';
import { allPresets, allRecipes, families, presetName } from '../families.ts';
import { augmentWords } from '../options/augment-option.ts';
import { scheduleWords } from '../options/schedule-option.ts';

/** What may be typed at a position of a command line. */
export interface Place {
  /** Words to choose from. */
  words: readonly string[];
  /** Whether it may be a file or a folder. */
  files: boolean;
}

/** An option, as a shell completes it. */
export interface OptionWords {
  /** `--backend`, and `-h` where there is a short form. */
  flags: readonly string[];
  description: string;
  /** What follows it; none for a flag alone. */
  value?: Place;
}

/** A command, as a shell completes it. */
export interface CommandWords {
  name: string;
  description: string;
  options: readonly OptionWords[];
  /** Everything that is no option. */
  operands: Place;
}

const presetNames = allPresets.map(presetName);
const recipeNames = allRecipes.map(({ name }) => name);
const publishedNames = families.flatMap(({ knownWeights }) => Object.keys(knownWeights));

/** Values of options that commander does not know of: what is literal of them. */
const optionValues: Readonly<Record<string, Place>> = {
  '--data': { words: Object.keys(datasets), files: true },
  '--model': { words: presetNames, files: false },
  '--weights': { words: publishedNames, files: true },
  '--recipe': { words: [...recipeNames, 'preset'], files: false },
  '--schedule': { words: scheduleWords, files: false },
  '--augment': { words: augmentWords, files: false },
  '--class-weights': { words: ['balanced'], files: false },
  '--lrn': { words: ['none'], files: false },
};

/** What an argument of this name may be, on the help page: `run|weights`. */
function operandsNamed(name: string): Place {
  const kinds = name.split('|');
  return {
    words: [
      ...(kinds.includes('recipe') ? recipeNames : []),
      ...(kinds.some((kind) => kind === 'preset' || kind === 'in') ? presetNames : []),
      ...(kinds.some((kind) => kind === 'weights' || kind === 'in') ? publishedNames : []),
    ],
    files: kinds.some((kind) => !['preset', 'recipe'].includes(kind)),
  };
}

const joined = (places: readonly Place[]): Place => ({
  words: [...new Set(places.flatMap(({ words }) => words))],
  files: places.some(({ files }) => files),
});

/** A value in angle brackets that names a file or a folder: `<folder>`. */
const namesFile = ({ flags }: Option): boolean => /<(file|folder|path|run)>/.test(flags);

function optionWords(option: Option): OptionWords {
  const flags = [option.long, option.short].flatMap((flag) => (flag ? [flag] : []));
  const { description, required, optional, argChoices } = option;
  if (!required && !optional) return { flags, description };
  const [long = ''] = flags;
  const known = Object.hasOwn(optionValues, long) ? optionValues[long] : undefined;
  return { flags, description, value: known ?? { words: argChoices ?? [], files: namesFile(option) } };
}

const sentence = (command: Command): string => command.summary() || command.description();

function commandWords(command: Command): CommandWords {
  const inner = command.commands.filter((one) => one.name() !== 'help');
  const options = [command, ...inner].flatMap((one) => one.createHelp().visibleOptions(one));
  const byFlag = new Map(options.map((option) => [option.long ?? option.flags, optionWords(option)]));
  return {
    name: command.name(),
    description: sentence(command),
    options: [...byFlag.values()],
    operands: joined([
      { words: inner.map((one) => one.name()), files: false },
      ...command.registeredArguments.map((argument) =>
        argument.argChoices ? { words: argument.argChoices, files: false } : operandsNamed(argument.name()),
      ),
    ]),
  };
}

/** Every command of the program, as a shell completes it. */
export function completionWords(program: Command): CommandWords[] {
  const commands = program.commands.map(commandWords);
  const names = commands.map(({ name }) => name);
  return [
    ...commands,
    { name: 'help', description: 'print help about a command', options: [], operands: { words: names, files: false } },
  ];
}
