import path from 'node:path';
import ts from 'typescript';
import { type Entry, entriesOf, type Package } from '../workspace.ts';

// The public signatures of a package as text: what TypeScript finds in the built declarations of each entry, without
// comments, in the order of names. Types that are not exported, but that a signature needs, follow those that are.

const printer = ts.createPrinter({ removeComments: true });

const isPrivate = (member: ts.ClassElement): boolean =>
  (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
  (ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword));

/** A class without its private members. */
const withoutPrivates: ts.TransformerFactory<ts.Node> = (context) => (node) =>
  ts.isClassDeclaration(node)
    ? context.factory.updateClassDeclaration(
        node,
        node.modifiers,
        node.name,
        node.typeParameters,
        node.heritageClauses,
        node.members.filter((member) => !isPrivate(member)),
      )
    : node;

/** The statement that a declaration stands in: `declare const a: number` of `a`. */
function statementOf(declaration: ts.Declaration): ts.Node {
  let node: ts.Node = declaration;
  while (node.parent && !ts.isSourceFile(node.parent)) node = node.parent;
  return node;
}

function print(statement: ts.Node): string {
  const { transformed } = ts.transform(statement, [withoutPrivates]);
  const text = printer.printNode(ts.EmitHint.Unspecified, transformed[0] ?? statement, statement.getSourceFile());
  return text.replace(/^(?:export )?(?:declare )?/, '');
}

/** Symbols that a declaration mentions, private members aside. */
function mentioned(node: ts.Node, checker: ts.TypeChecker): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (one: ts.Node): void => {
    if (ts.isClassElement(one) && isPrivate(one)) return;
    if (ts.isIdentifier(one)) {
      const symbol = checker.getSymbolAtLocation(one);
      if (symbol) found.push(symbol);
    }
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function signaturesOf(file: string, folder: string, program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file}: no declarations are there. Run \`npm run build\`.`);
  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const own = (symbol: ts.Symbol) =>
    (symbol.declarations ?? []).filter((one) => one.getSourceFile().fileName.startsWith(`${folder}/dist/`));
  // Members and parameters belong to a statement that is printed anyway.
  const topLevel = (one: ts.Declaration) => {
    const statement = statementOf(one);
    return statement === one || (ts.isVariableStatement(statement) && ts.isVariableDeclaration(one));
  };

  const exported = checker
    .getExportsOfModule(module)
    .map((symbol) => ({ symbol: resolved(symbol), name: symbol.name }));
  const lines = new Map<string, string>();
  const seen = new Set<ts.Symbol>();
  const follow: ts.Symbol[] = [];
  for (const { symbol, name } of exported) {
    const declarations = own(symbol);
    seen.add(symbol);
    if (declarations.length === 0) {
      lines.set(name, `export { ${name} } of another package`);
      continue;
    }
    const text = declarations.map((one) => `export ${print(statementOf(one))}`).join('\n');
    lines.set(name, symbol.name === name ? text : `export { ${symbol.name} as ${name} }\n${text}`);
    for (const one of declarations) follow.push(...mentioned(statementOf(one), checker));
  }
  const hidden = new Map<string, string>();
  for (let next = follow.pop(); next; next = follow.pop()) {
    const symbol = resolved(next);
    if (seen.has(symbol)) continue;
    seen.add(symbol);
    const declarations = own(symbol).filter(topLevel);
    if (declarations.length === 0) continue;
    hidden.set(symbol.name, declarations.map((one) => print(statementOf(one))).join('\n'));
    for (const one of declarations) follow.push(...mentioned(statementOf(one), checker));
  }
  const sorted = (map: Map<string, string>) => [...map].sort(([a], [b]) => byName(a, b)).map(([, text]) => text);
  return [...sorted(lines), ...sorted(hidden)];
}

/** `api.md` of a package; it has to be built. */
export function apiReport(pack: Package): string {
  const entries = entriesOf(pack);
  const file = ({ types }: Entry) => path.posix.join(pack.folder.split(path.sep).join('/'), types);
  const program = ts.createProgram(entries.map(file), {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const folder = pack.folder.split(path.sep).join('/');
  const sections = entries.map(
    (entry) => `## ${entry.name}\n\n\`\`\`ts\n${signaturesOf(file(entry), folder, program).join('\n\n')}\n\`\`\`\n`,
  );
  return `# Public signatures of ${pack.name}\n\nWritten by \`npm run api\`. A change of this file needs a changeset.\n\n${sections.join('\n')}`;
}
