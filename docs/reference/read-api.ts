import ts from 'typescript';
import { type Entry, root } from './entries.ts';
import { signatureOf } from './signature.ts';

/** In the order that a page shows them. */
export const kinds = ['function', 'class', 'constant', 'type'] as const;

export type Kind = (typeof kinds)[number];

/** A property or method of an interface. */
export interface Member {
  /** `threads?` */
  name: string;
  type: string;
  doc: string;
}

/** An exported name as a page shows it. */
export interface Item {
  name: string;
  kind: Kind;
  /** TypeScript, as a declaration file has it. */
  signature: string;
  /** Of an interface. */
  members: readonly Member[];
  /** Markdown of the docstring, without its tags. */
  doc: string;
  parameters: readonly (readonly [name: string, doc: string])[];
  returns: string;
  throws: readonly string[];
  examples: readonly string[];
  /** The file that declares it, from the root of the repository. */
  file: string;
}

export interface Api {
  entry: Entry;
  items: readonly Item[];
  /** Exported here, and shown by the entry that they come from. */
  elsewhere: readonly string[];
}

/** Every statement of a declaration file that declares something, by name. Overloads come together. */
function statementsOf(file: ts.SourceFile): Map<string, ts.Statement[]> {
  const found = new Map<string, ts.Statement[]>();
  const add = (name: string, statement: ts.Statement) => found.set(name, [...(found.get(name) ?? []), statement]);
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) add(name.getText(file), statement);
    else if (
      (ts.isFunctionDeclaration(statement) ||
        ts.isClassDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement)) &&
      statement.name
    )
      add(statement.name.text, statement);
  }
  return found;
}

function kindOf(statement: ts.Statement, signature: string): Kind {
  if (ts.isClassDeclaration(statement)) return 'class';
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return 'type';
  return signature.startsWith('function') ? 'function' : 'constant';
}

const textOf = (comment: ts.JSDoc['comment']): string => (ts.getTextOfJSDocComment(comment) ?? '').trim();

const withoutSpaces = (text: string): string => text.replace(/\s+/g, ' ');

function membersOf(statement: ts.Statement): Member[] {
  if (!ts.isInterfaceDeclaration(statement)) return [];
  return statement.members.map((member) => {
    const doc = ts
      .getJSDocCommentsAndTags(member)
      .map((one) => textOf(one.comment))
      .join(' ');
    const property = ts.isPropertySignature(member) ? member : undefined;
    if (!property?.type) return { name: withoutSpaces(member.getText().replace(/;$/, '')), type: '', doc };
    const optional = property.questionToken ? '?' : '';
    return { name: property.name.getText() + optional, type: withoutSpaces(property.type.getText()), doc };
  });
}

function itemOf(name: string, statements: readonly ts.Statement[], file: string): Item | undefined {
  const [first] = statements;
  if (!first) return undefined;
  const docs = statements
    .flatMap((statement) => ts.getJSDocCommentsAndTags(statement))
    .filter((one) => ts.isJSDoc(one));
  const tags = docs.flatMap((doc) => doc.tags ?? []);
  const tagged = (tag: string) => tags.filter((one) => one.tagName.text === tag).map((one) => textOf(one.comment));
  const signature = statements.map((statement) => signatureOf(statement, name)).join('\n');
  return {
    name,
    kind: kindOf(first, signature),
    signature,
    members: membersOf(first),
    doc: docs.map((doc) => textOf(doc.comment)).join('\n\n'),
    parameters: tags
      .filter((tag) => ts.isJSDocParameterTag(tag))
      .map((tag) => [tag.name.getText(), textOf(tag.comment).replace(/^- /, '')] as const),
    returns: tagged('returns').join(' '),
    throws: tagged('throws'),
    examples: tagged('example'),
    file,
  };
}

/** What TypeScript reads, by the rule that `@zoo/NAME/PART` is `packages/NAME/src/PART.ts`. */
function programOf(entries: readonly Entry[]): ts.Program {
  const settings = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...settings.config, include: [] }, ts.sys, root);
  return ts.createProgram(
    entries.map(({ source }) => root + source),
    {
      ...options,
      paths: Object.fromEntries(entries.map(({ name, source }) => [name, [root + source]])),
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      removeComments: false,
      stripInternal: true,
      outDir: '/declarations',
      rootDir: root,
    },
  );
}

/**
 * The public names of every entry, with signatures as declaration files have them: defaults left out, inferred types
 * written down. A name is shown once: by the package that declares it, and there by its main entry where that exports it.
 */
export function readApi(entries: readonly Entry[]): Api[] {
  const program = programOf(entries);
  const checker = program.getTypeChecker();
  const declarations = new Map<string, Map<string, ts.Statement[]>>();

  /** The statements of a source file's declaration file, which is made in memory. */
  const declared = (source: ts.SourceFile): Map<string, ts.Statement[]> => {
    const known = declarations.get(source.fileName);
    if (known) return known;
    let written = '';
    program.emit(source, (_, data) => (written = data), undefined, true);
    const found = statementsOf(ts.createSourceFile('declaration.d.ts', written, ts.ScriptTarget.Latest, true));
    declarations.set(source.fileName, found);
    return found;
  };

  const exported = (entry: Entry): { name: string; target: ts.Symbol }[] => {
    const file = program.getSourceFile(root + entry.source);
    const module = file && checker.getSymbolAtLocation(file);
    return (module ? checker.getExportsOfModule(module) : [])
      .map((symbol) => ({
        name: symbol.name,
        target: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  };
  const shown = new Set<ts.Symbol>();

  return entries.map((entry) => {
    const items: Item[] = [];
    const elsewhere: string[] = [];
    for (const { name, target } of exported(entry)) {
      const source = target.declarations?.[0]?.getSourceFile();
      const place = source?.fileName.slice(root.length) ?? '';
      const isOwn = place.startsWith(`${entry.folder}/`) && !shown.has(target);
      const item = source && isOwn ? itemOf(name, declared(source).get(target.name) ?? [], place) : undefined;
      if (item) items.push(item);
      else elsewhere.push(name);
      if (item) shown.add(target);
    }
    return { entry, items, elsewhere };
  });
}
