import ts from 'typescript';
import { type Entry, root } from './entries.ts';
import { type Item, itemOf, type Member, memberOf, statementsOf } from './item.ts';

export interface Api {
  entry: Entry;
  items: readonly Item[];
  /** Exported here, and shown by the entry that they come from. */
  elsewhere: readonly string[];
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

  /** What an interface has of others, of the zoo's sources: `extends` may name what is not exported. */
  const inherited = (target: ts.Symbol, own: readonly Member[]): Member[] =>
    checker
      .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(target))
      .filter(({ name }) => !own.some((member) => member.name.replace('?', '') === name))
      .flatMap(({ declarations: [declaration] = [] }) =>
        declaration?.getSourceFile().fileName.startsWith(`${root}packages/`) ? [memberOf(declaration)] : [],
      );

  /** An inferred type, written out. */
  const workedOut = (name: string, target: ts.Symbol): string => {
    const flags = ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.NoTruncation;
    const type = checker.typeToString(checker.getDeclaredTypeOfSymbol(target), undefined, flags);
    const parts = type.length > 70 ? type.split(' | ').map((one) => `\n  | ${one}`) : [` ${type}`];
    return `type ${name} =${parts.join('')};`;
  };

  const complete = (item: Item, target: ts.Symbol): Item => {
    if (target.flags & ts.SymbolFlags.Interface)
      return { ...item, members: [...item.members, ...inherited(target, item.members)] };
    return /^type .*\btypeof\b/.test(item.signature) ? { ...item, signature: workedOut(item.name, target) } : item;
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
      if (item) items.push(complete(item, target));
      else elsewhere.push(name);
      if (item) shown.add(target);
    }
    return { entry, items, elsewhere };
  });
}
