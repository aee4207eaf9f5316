import { describe, expect, it } from 'vitest';
import { program } from '../../apps/cli/src/program.ts';
import { openTerminal } from '../../apps/cli/src/terminal.ts';
import { escaped } from '../views/html.ts';
import { commandIndex, commandPage } from './command-page.ts';

const zoo = program(openTerminal());

describe.each(zoo.commands.map((command) => [command.name(), command] as const))(
  'the page of zoo %s',
  (name, command) => {
    const page = commandPage(command);

    it('is in the list of commands', () => {
      expect(commandIndex(zoo)).toContain(`href="./${name}"`);
    });

    it('has every option with its description, and the examples of --help', () => {
      for (const { flags, description } of command.options) {
        expect(page).toContain(`<code v-pre>${escaped(flags)}</code>`);
        expect(page).toContain(escaped(description).split('`')[0]);
      }
      expect(page).toContain(`## Examples\n\n\`\`\`sh\n# `);
      expect(page).toContain(`\nzoo ${name}`);
    });
  },
);
