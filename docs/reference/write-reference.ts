import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { program } from '../../apps/cli/src/program.ts';
import { openTerminal } from '../../apps/cli/src/terminal.ts';
import { allPresets, families, presetName } from '../families.ts';
import { presetPage } from '../views/preset-page.ts';
import { apiIndex, apiPage, nameLinks } from './api-page.ts';
import { commandIndex, commandPage } from './command-page.ts';
import { entries, root } from './entries.ts';
import { readApi } from './read-api.ts';

/** Writes what has changed, and removes pages of what is no longer there: a server that watches builds no page twice. */
function writeFolder(name: string, pages: ReadonlyMap<string, string>): void {
  const folder = `${root}docs/${name}`;
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (!pages.has(file)) rmSync(`${folder}/${file}`);
  const present = new Set(readdirSync(folder));
  for (const [file, text] of pages)
    if (!present.has(file) || readFileSync(`${folder}/${file}`, 'utf8') !== text)
      writeFileSync(`${folder}/${file}`, text);
}

/** Lists of pages. */
export interface Reference {
  api: readonly ReferencePage[];
  commands: readonly ReferencePage[];
  presets: readonly ReferencePage[];
}

/** A page in a list of links. */
export interface ReferencePage {
  text: string;
  link: string;
}

/**
 * Writes the pages that come from the sources: `api/` from docstrings, `commands/` from the command line's definitions,
 * `presets/` from the specs.
 * They are files, not dynamic routes, because VitePress searches nothing else.
 *
 * @returns Their links, in the order of a list.
 */
export function writeReference(): Reference {
  const apis = readApi(entries());
  const links = nameLinks(apis);
  writeFolder(
    'api',
    new Map([
      ['index.md', apiIndex(apis)],
      ...apis.map((api) => [`${api.entry.page}.md`, apiPage(api, links)] as const),
    ]),
  );
  const zoo = program(openTerminal());
  const { commands } = zoo;
  writeFolder(
    'commands',
    new Map([
      ['index.md', commandIndex(zoo)],
      ...commands.map((command) => [`${command.name()}.md`, commandPage(command)] as const),
    ]),
  );
  for (const { name, presets } of families)
    writeFolder(
      `presets/${name}`,
      new Map(Object.values(presets).map((spec) => [`${spec.preset}.md`, presetPage(spec)] as const)),
    );
  return {
    api: apis.map(({ entry }) => ({ text: entry.name.replace('@zoo/', ''), link: `/api/${entry.page}` })),
    commands: commands.map((command) => ({ text: `zoo ${command.name()}`, link: `/commands/${command.name()}` })),
    presets: allPresets.map((spec) => ({ text: presetName(spec), link: `/presets/${presetName(spec)}` })),
  };
}
