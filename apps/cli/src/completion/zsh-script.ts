import type { CommandWords, OptionWords, Place } from './words.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** In a specification of `_arguments`, brackets and colons end a part. */
const plain = (text: string): string => text.replace(/[[\]:\\]/g, (sign) => `\\${sign}`);

/** What completes a place: words, files, both, or nothing but a message. */
function action({ words, files }: Place): string {
  const list = `(${words.join(' ')})`;
  if (words.length === 0) return files ? '_files' : ' ';
  return files ? `{_alternative "words:word:${list}" "files:file:_files"}` : list;
}

const nameOf = ([first = '']: readonly string[]): string => first.replace(/^-+/, '');

const optionSpecs = ({ flags, description, value }: OptionWords): string[] =>
  flags.map((flag) => quoted(`${flag}[${plain(description)}]${value ? `:${nameOf(flags)}:${action(value)}` : ''}`));

const commandCase = ({ name, options, operands }: CommandWords): string =>
  [
    `    ${name})`,
    '      _arguments \\',
    ...options.flatMap(optionSpecs).map((spec) => `        ${spec} \\`),
    `        ${quoted(`*:argument:${action(operands)}`)}`,
    '      ;;',
  ].join('\n');

/** A completion script for zsh: to be sourced, or to lie as `_zoo` in a folder of `fpath`. */
export const zshScript = (commands: readonly CommandWords[]): string => `#compdef zoo
# Completion of zoo for zsh: source <(zoo completion zsh), after compinit

_zoo() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(commandCase).join('\n')}
  esac
}

if [ "\${funcstack[1]}" = _zoo ]; then
  _zoo "$@"
else
  compdef _zoo zoo
fi
`;
