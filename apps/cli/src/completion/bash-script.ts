import type { CommandWords, Place } from './words.ts';

const quoted = (words: readonly string[]): string => `'${words.join(' ').replaceAll("'", "'\\''")}'`;

const assignments = ({ words, files }: Place): string =>
  [...(words.length > 0 ? [`words=${quoted(words)}`] : []), ...(files ? ['files=1'] : []), 'return'].join('; ');

const optionNames = ({ options }: CommandWords): string[] => options.flatMap(({ flags }) => flags);

/** A case for each option of a command that takes a value. */
const valueCases = (command: CommandWords): string[] =>
  command.options.flatMap(({ flags, value }) =>
    value ? [`    ${flags.map((flag) => `'${command.name} ${flag}'`).join(' | ')}) ${assignments(value)} ;;`] : [],
  );

/**
 * A completion script for bash. It needs nothing but bash: no package of completions, and as old a bash as macOS has.
 */
export const bashScript = (
  commands: readonly CommandWords[],
): string => `# Completion of zoo for bash: source <(zoo completion bash)

# Sets words and files: what may stand behind the word before the cursor.
_zoo_place() {
  case "$1 $2" in
${commands.flatMap(valueCases).join('\n')}
  esac
  case "$3" in
  -*)
    case "$1" in
${commands.map((command) => `    ${command.name}) words=${quoted(optionNames(command))} ;;`).join('\n')}
    esac
    return
    ;;
  esac
  case "$1" in
${commands.map((command) => `  ${command.name}) ${assignments(command.operands)} ;;`).join('\n')}
  esac
}

_zoo() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words='' files='' line
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted([...commands.map(({ name }) => name), '--help', '--version'])}
  else
    _zoo_place "\${COMP_WORDS[1]}" "\${COMP_WORDS[COMP_CWORD - 1]}" "$current"
  fi
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <(
    compgen -W "$words" -- "$current"
    [ -z "$files" ] || compgen -f -- "$current"
  )
  [ -z "$files" ] || compopt -o filenames 2>/dev/null
  return 0
}

complete -F _zoo zoo
`;
