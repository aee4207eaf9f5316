import type { CommandWords, OptionWords, Place } from './words.ts';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Words to choose from; without files, nothing else is offered. */
const choices = ({ words, files }: Place, withoutFiles: string): string =>
  `${files ? '' : ` ${withoutFiles}`}${words.length > 0 ? ` -a ${quoted(words.join(' '))}` : ''}`;

const flagsOf = ({ flags }: OptionWords): string =>
  flags.map((flag) => (flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`)).join('');

function commandLines({ name, description, options, operands }: CommandWords): string[] {
  const within = `complete -c zoo -n '__zoo_in ${name}'`;
  return [
    `complete -c zoo -n '__zoo_in' -f -a ${name} -d ${quoted(description)}`,
    `${within}${choices(operands, '-f')}`,
    ...options.map(
      (option) =>
        `${within}${flagsOf(option)}${option.value ? ` -r${choices(option.value, '-f')}` : ''} -d ${quoted(option.description)}`,
    ),
  ];
}

/** A completion script for fish. */
export const fishScript = (
  commands: readonly CommandWords[],
): string => `# Completion of zoo for fish: zoo completion fish > ~/.config/fish/completions/zoo.fish

# Whether the command is this one, or without an argument whether none is written yet.
function __zoo_in
    set -l before (commandline -opc)
    test "$before[2]" = "$argv[1]"
end

${commands.flatMap(commandLines).join('\n')}
`;
