import { Argument, type Command } from 'commander';
import { bashScript } from '../completion/bash-script.ts';
import { fishScript } from '../completion/fish-script.ts';
import { completionWords } from '../completion/words.ts';
import { zshScript } from '../completion/zsh-script.ts';
import { examples } from '../options/help.ts';
import type { Terminal } from '../terminal.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

type Shell = keyof typeof scripts;

const shells = Object.keys(scripts);

export function addCompletion(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .summary('complete commands with the Tab key')
    .description(
      'Prints a script that lets your shell complete commands, options, names of presets and data sets, and files. ' +
        'Print it again after an update.',
    )
    .addArgument(new Argument('<shell>', 'yours').choices(shells))
    .action((shell: Shell) => terminal.print(scripts[shell](completionWords(program)).trimEnd()))
    .addHelpText(
      'after',
      examples(
        ["echo 'source <(zoo completion bash)' >> ~/.bashrc", 'bash, from the next terminal on'],
        ["echo 'source <(zoo completion zsh)' >> ~/.zshrc", 'zsh, where compinit is run before'],
        ['zoo completion fish > ~/.config/fish/completions/zoo.fish', 'fish'],
      ),
    );
}
