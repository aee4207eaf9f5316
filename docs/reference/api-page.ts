import { htmlTable } from '../views/html.ts';
import { codeHtml, htmlOf, markdownOf } from './inline.ts';
import { type Item, type Kind, kinds } from './item.ts';
import { packageUrl, sourceUrl } from './links.ts';
import type { Api } from './read-api.ts';

const headings: Readonly<Record<Kind, string>> = {
  function: 'Functions',
  class: 'Classes',
  constant: 'Constants',
  type: 'Types',
};

/** Where every name is described: `[Recipe](./spec#Recipe)`. */
export type NameLinks = ReadonlyMap<string, string>;

export const nameLinks = (apis: readonly Api[]): NameLinks =>
  new Map(
    apis.flatMap(({ entry, items }) =>
      items.map(({ name }): [string, string] => [name, `[\`${name}\`](./${entry.page}#${name})`]),
    ),
  );

function linksOf({ name, signature, members }: Item, links: NameLinks): string[] {
  const code = [signature.replace(/\/\*\*.*?\*\//gs, ''), ...members.map(({ name, type }) => `${name} ${type}`)].join(
    ' ',
  );
  const named = new Set(code.match(/\b[A-Z]\w+\b/g));
  named.delete(name);
  return [...named].flatMap((one) => links.get(one) ?? []);
}

const membersTable = ({ members }: Item): string =>
  htmlTable(
    [{ title: 'Field' }, { title: 'Type' }, { title: 'Meaning' }],
    members.map(({ name, type, doc }) => [codeHtml(name), codeHtml(type), htmlOf(doc)]),
    { name: 'members' },
  );

function itemText(item: Item, links: NameLinks): string[] {
  const { name, signature, doc, parameters, returns, throws, examples, members, file } = item;
  const about = [
    ...parameters.map(([parameter, text]) => `- \`${parameter}\`: ${markdownOf(text)}`),
    ...(returns === '' ? [] : [`- Returns: ${markdownOf(returns)}`]),
    ...throws.map((text) => `- Throws: ${markdownOf(text.replace(/^ZooError\b/, 'a `ZooError`'))}`),
  ].map((line) => line.replace(/\s*\n\s*/g, ' '));
  const types = linksOf(item, links);
  return [
    `### ${name} {#${name}}`,
    `\`\`\`ts no-run\n${signature}\n\`\`\``,
    markdownOf(doc),
    ...(members.length > 0 ? [membersTable(item)] : []),
    about.join('\n'),
    ...examples.map((example) => (example.startsWith('```') ? example : `\`\`\`ts no-run\n${example}\n\`\`\``)),
    `[${file}](${sourceUrl(file)})${types.length > 0 ? ` · ${types.join(', ')}` : ''} {.origin}`,
  ].filter((part) => part !== '');
}

/** The page of an entry: every public name with its signature and docstring. */
export function apiPage({ entry, items, elsewhere }: Api, links: NameLinks): string {
  const isPackage = entry.name === entry.package;
  return [
    `---\ntitle: '${entry.name}'\npageClass: api\neditLink: false\n---`,
    `# ${entry.name}`,
    ...(isPackage
      ? [markdownOf(entry.description)]
      : [`A part of [${entry.package}](./${entry.package.replace('@zoo/', '')}).`]),
    `\`\`\`sh\nnpm install ${entry.package}\n\`\`\``,
    `[README and source](${sourceUrl(entry.folder)}) · [npm](${packageUrl(entry.package)})`,
    ...kinds.flatMap((kind) => {
      const some = items.filter((item) => item.kind === kind);
      return some.length === 0 ? [] : [`## ${headings[kind]}`, ...some.flatMap((item) => itemText(item, links))];
    }),
    ...(elsewhere.length === 0
      ? []
      : ['## From other entries', elsewhere.map((name) => links.get(name) ?? `\`${name}\``).join(', ')]),
    '',
  ].join('\n\n');
}

/** How many names a row of the list says. */
const maxNames = 4;

/** What a part of a package holds: the first of its names, its own before those of other entries. */
function partText({ entry, items, elsewhere }: Api): string {
  const names = [...items.filter(({ kind }) => kind !== 'type'), ...items.filter(({ kind }) => kind === 'type')]
    .map(({ name }) => name)
    .concat(elsewhere);
  const more = names.length - maxNames;
  const some = names.slice(0, maxNames).map((name) => `<code>${name}</code>`);
  return `part of <code>${entry.package}</code>: ${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The list of all entries. */
export const apiIndex = (apis: readonly Api[]): string =>
  [
    '---\ntitle: API\npageClass: wide\naside: false\n---',
    '# API',
    'Every public name of every package, from its docstring. Shapes are NHWC unless a page says otherwise; errors are [`ZooError`](./core#ZooError).',
    htmlTable(
      [{ title: 'Import' }, { title: 'Holds' }, { title: 'Names', numeric: true }],
      apis.map((api) => [
        `<a href="./${api.entry.page}"><code>${api.entry.name.replaceAll('/', '/<wbr>')}</code></a>`,
        api.entry.name === api.entry.package ? htmlOf(api.entry.description) : partText(api),
        `${api.items.length + api.elsewhere.length}`,
      ]),
      { name: 'prose' },
    ),
    '',
  ].join('\n\n');
