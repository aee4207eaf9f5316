import type { Command } from 'commander';
import { allPresets } from '../families.ts';
import { wrapped } from '../rendering/wrapped.ts';

const nameWidth = 24;
/** Of help that no terminal shows, as commander has it. */
const usualWidth = 80;

/** Adds options under a heading of their own. What is added afterwards stands under the general one again. */
export function underHeading(command: Command, heading: string, add: (command: Command) => Command): Command {
  add(command.optionsGroup(heading));
  return command.optionsGroup('Options:');
}

/** A command in lines that fit, with what a shell wants at the end of each that goes on. */
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

/** Every preset's name, for help pages that ask for one, in lines that fit. */
export function presetNames(columns: number): string {
  const indent = ' '.repeat(nameWidth + 2);
  const room = (Number.isFinite(columns) ? columns : usualWidth) - indent.length;
  const lines = allPresets.map(({ family, preset, title }) => {
    const name = `  ${`${family}/${preset}`.padEnd(nameWidth)}`;
    return name + wrapped(title, Math.max(nameWidth, room)).join(`\n${indent}`);
  });
  return ['', 'Presets:', ...lines].join('\n');
}

/** What `IMAGE...` may be. */
export const pictureHelp =
  "pictures (PNG, JPEG, WebP, GIF, TIFF, AVIF, BMP), folders of them, addresses, patterns such as 'photos/*.jpg', or - for standard input";
