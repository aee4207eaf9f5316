import { allPresets } from '../families.ts';
import { wrapped } from '../rendering/wrapped.ts';

const nameWidth = 24;
/** Of help that no terminal shows, as commander has it. */
const usualWidth = 80;

/** Commands to copy, each with what it does, at the end of a help page. */
export function examples(...lines: readonly (readonly [command: string, what: string])[]): string {
  return ['', 'Examples:', ...lines.flatMap(([command, what]) => [`  # ${what}`, `  ${command}`])].join('\n');
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
