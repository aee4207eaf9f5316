import type { Command } from 'commander';
import { allPresets, presetName } from '../families.ts';
import { wrapped } from '../rendering/wrapped.ts';

const nameWidth = 24;
/** Of help that no terminal shows, as commander has it. */
const usualWidth = 80;

/** Adds options under a heading of their own. What is added afterwards stands under the general one again. */
export function optionGroup(command: Command, heading: string, add: (command: Command) => Command): Command {
  add(command.optionsGroup(heading));
  return command.optionsGroup('Options:');
}

/** A command in lines that fit, with the shell's continuation character. */
const continued = (command: string): string =>
  wrapped(command.replaceAll(/ (?!--)/g, '\u00a0'), usualWidth - '   \\'.length - 2)
    .join(' \\\n    ')
    .replaceAll('\u00a0', ' ');

/** Commands to copy, each with what it does, at the end of a help page. */
export function examples(...lines: readonly (readonly [command: string, what: string])[]): string {
  return [
    '',
    'Examples:',
    ...lines.flatMap(([command, what]) => [
      ...wrapped(what, usualWidth - 4).map((line) => `  # ${line}`),
      `  ${continued(command)}`,
    ]),
  ].join('\n');
}

/** Where a help page names the program for somebody to type: in its first line, and in commands set in. */
const typed = /^(Usage: | {2})zoo(?= )/;

/**
 * A help page with the program as it has to be typed where the reader is: `npx zoo train ...` in a clone.
 *
 * @param name As `commandName` gives it.
 */
export function asTyped(page: string, name: string): string {
  if (name === 'zoo') return page;
  const lines = page.split('\n').flatMap((line) => {
    if (!typed.test(line)) return [line];
    const own = line.replace(typed, `$1${name}`);
    if (own.length <= usualWidth || own.startsWith('Usage')) return [own];
    const goesOn = own.endsWith(' \\');
    return `  ${continued(own.trim().replace(/ \\$/, ''))}${goesOn ? ' \\' : ''}`.split('\n');
  });
  return lines.join('\n');
}

/** Every preset's name, for help pages that ask for one, in lines that fit. */
export function presetNames(columns: number): string {
  const indent = ' '.repeat(nameWidth + 2);
  const room = (Number.isFinite(columns) ? columns : usualWidth) - indent.length;
  const lines = allPresets.map((spec) => {
    const name = `  ${presetName(spec).padEnd(nameWidth)}`;
    return name + wrapped(spec.title, Math.max(nameWidth, room)).join(`\n${indent}`);
  });
  return ['', 'Presets:', ...lines].join('\n');
}

/** What `IMAGE...` may be. */
export const pictureHelp =
  "pictures (PNG, JPEG, WebP, GIF, TIFF, AVIF, BMP), folders of them, addresses, patterns such as 'photos/*.jpg', or - for standard input";
