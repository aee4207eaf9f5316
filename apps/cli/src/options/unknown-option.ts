import { existsSync } from 'node:fs';
import type { Command } from 'commander';

const hasOption = (command: Command, flag: string): boolean =>
  command.options.some(({ long, short }) => long === flag || short === flag);

/**
 * What to say of an option that a command does not have, where something better can be said than the nearest name: a file that is called so, a value of
 * another option, or the commands that do have it.
 *
 * @param text Commander's words: `error: unknown option '--report'`.
 */
export function unknownOption(text: string, command: Command, all: readonly Command[]): string | undefined {
  const [, flag] = /^error: unknown option '([^'=]+)/.exec(text) ?? [];
  if (flag === undefined) return undefined;
  if (existsSync(flag)) return `${flag}: is taken for an option. For the file of that name, write ./${flag}.`;
  const value = flag.replace(/^-+/, '');
  const choice = command.options.find(({ argChoices }) => argChoices?.includes(value));
  if (choice?.long) return `${command.name()} has no option ${flag}, it has ${choice.long} ${value}.`;
  const others = all.filter((other) => hasOption(other, flag)).map((other) => other.name());
  if (others.length === 0 || others.length > 5) return undefined;
  return `${command.name()} has no option ${flag}; ${others.join(', ')} ${others.length === 1 ? 'has' : 'have'} one.`;
}
