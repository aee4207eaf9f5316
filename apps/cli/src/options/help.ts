import { allPresets } from '../families.ts';

/** Commands to copy, each with what it does, at the end of a help page. */
export function examples(...lines: readonly (readonly [command: string, what: string])[]): string {
  return ['', 'Examples:', ...lines.flatMap(([command, what]) => [`  # ${what}`, `  ${command}`])].join('\n');
}

/** Every preset's name, for help pages that ask for one. */
export const presetNames = (): string =>
  [
    '',
    'Presets:',
    ...allPresets.map(({ family, preset, title }) => `  ${`${family}/${preset}`.padEnd(24)}${title}`),
  ].join('\n');

/** What `IMAGE...` may be. */
export const pictureHelp = 'pictures (PNG, JPEG, WebP, GIF, TIFF, AVIF, BMP), or folders of them';
