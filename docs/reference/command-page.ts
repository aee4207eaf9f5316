import type { program } from '../../apps/cli/src/program.ts';
import { htmlTable } from '../views/html.ts';
import { codeHtml, htmlOf, markdownOf } from './inline.ts';

/** Commander's own types, of the copy that the command line uses. */
type Command = ReturnType<typeof program>;
type Option = Command['options'][number];
type Argument = Command['registeredArguments'][number];

/** Everything that `--help` prints. */
function helpOf(command: Command): string {
  let text = '';
  const { writeOut } = command.configureOutput();
  command.configureOutput({ writeOut: (part) => (text += part), getOutHasColors: () => false });
  command.outputHelp();
  command.configureOutput({ ...(writeOut && { writeOut }) });
  return text;
}

/** The lines under a heading of a help page, up to the next empty line. */
function sectionOf(help: string, heading: string): string[] {
  const lines = help.split('\n');
  const start = lines.indexOf(`${heading}:`);
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.indexOf('');
  return (end < 0 ? rest : rest.slice(0, end)).map((line) => line.trim());
}

const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

/** Values and default of an option or an argument, as `--help` adds them. */
function more({ argChoices, defaultValue, defaultValueDescription }: Option | Argument): string {
  const given = defaultValueDescription ?? shown(defaultValue);
  return [
    ...(argChoices ? [`One of ${argChoices.map((one) => `\`${one}\``).join(', ')}.`] : []),
    ...(given === '' ? [] : [`Default: \`${given}\`.`]),
  ].join(' ');
}

const sentence = (text: string): string => (text === '' || /[.?!]$/.test(text) ? text : `${text}.`);

const row = (term: string, description: string, added: string): string[] => [
  codeHtml(term),
  htmlOf([sentence(description), added].filter(Boolean).join(' ')),
];

function optionsText(command: Command): string[] {
  const help = command.createHelp();
  const named = help.visibleArguments(command).map((one) => row(one.name(), one.description, more(one)));
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  return [
    ...(named.length > 0 ? ['## Arguments', htmlTable([{ title: 'Argument' }, { title: 'Meaning' }], named)] : []),
    ...(options.length > 0
      ? [
          '## Options',
          htmlTable(
            [{ title: 'Option' }, { title: 'Meaning' }],
            options.map((one) => row(one.flags, one.description, more(one))),
            { name: 'options' },
          ),
        ]
      : []),
  ];
}

/** `train [options] [preset]` */
const usageOf = (command: Command, parent: string): string => `${parent} ${command.name()} ${command.usage()}`.trim();

function partsOf(command: Command, parent: string): string[] {
  return command.commands.flatMap((part) => [
    `## ${parent} ${part.name()}`,
    markdownOf(sentence(part.description())),
    `\`\`\`sh\n${usageOf(part, parent)}\n\`\`\``,
    ...optionsText(part).filter((text) => !text.startsWith('## ')),
  ]);
}

/** The page of a command: what `--help` says, and where the program is explained. */
export function commandPage(command: Command): string {
  const examples = sectionOf(helpOf(command), 'Examples');
  return [
    `---\ntitle: zoo ${command.name()}\neditLink: false\n---`,
    `# zoo ${command.name()}`,
    markdownOf(command.description()),
    `\`\`\`sh\n${usageOf(command, 'zoo')}\n\`\`\``,
    ...(examples.length > 0
      ? ['## Examples', `\`\`\`sh\n${examples.join('\n').replace(/\n#/g, '\n\n#')}\n\`\`\``]
      : []),
    ...optionsText(command),
    ...partsOf(command, `zoo ${command.name()}`),
    '',
  ].join('\n\n');
}

/** The list of all commands, in the groups of `zoo --help`. */
export function commandIndex(zoo: Command): string {
  const groups = new Map<string, Command[]>();
  for (const command of zoo.commands) {
    const group = command.helpGroup() ?? '';
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  return [
    '---\ntitle: Commands\neditLink: false\n---',
    '# Commands',
    'The command line comes with the package `@zoo/cli`. Installed, it is called `zoo`:',
    '```sh\nnpm install --global @zoo/cli\nzoo doctor\n```',
    'Without installing it, `npx @zoo/cli doctor` does the same. Write the name in full: `npx zoo` takes another package of that name from npm, unless `@zoo/cli` is installed where you are. In a clone of the repository it is, so that `npx zoo` works there.',
    ...[...groups].flatMap(([group, commands]) => [
      `## ${group.replace(/:$/, '')}`,
      htmlTable(
        [{ title: 'Command' }, { title: 'What it does' }],
        commands.map((command) => [
          `<a href="./${command.name()}"><code>zoo ${command.name()}</code></a>`,
          htmlOf(sentence(command.summary())),
        ]),
      ),
    ]),
    'Every command takes `--help`. With `--json` a command prints one JSON object a line on standard output and nothing else there; notices and progress go to standard error.',
    '## Exit codes',
    htmlTable(
      [{ title: 'Code' }, { title: 'Meaning' }],
      [
        ['0', 'Done.'],
        ['1', 'Failed. With several pictures or weights, also where one of them could not be read.'],
        ['2', 'Wrong usage. Nothing was started.'],
        ['130', 'Stopped by Ctrl-C. A running training has saved a checkpoint.'],
        ['143', 'Stopped by a request to end (SIGTERM). A running training has saved a checkpoint.'],
        ['129', 'The terminal or connection was closed (SIGHUP). A running training has saved a checkpoint.'],
      ],
    ),
    '',
  ].join('\n\n');
}
