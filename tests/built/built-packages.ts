import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { Plugin } from 'vite';

// Runs suites on what was built: where a test imports from a package's sources what is public, it gets that of `dist` instead. What is
// not public stays what it is in the sources.

const prefix = '\0built:';
const isTest = (file: string) => /\.test\.ts$|\/testing\//.test(file);

/** Names of values that a module imports from another by name, or undefined where it imports otherwise. */
export function importedValues(code: string, specifier: string): string[] | undefined {
  const source = ts.createSourceFile('module.ts', code, ts.ScriptTarget.ES2022);
  const names: string[] = [];
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    if (statement.moduleSpecifier.text !== specifier) continue;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return undefined;
    names.push(
      ...bindings.elements
        .filter((one) => !one.isTypeOnly)
        .map(({ propertyName, name }) => (propertyName ?? name).text),
    );
  }
  return names;
}

/** Where `packages/NAME/src/PART.ts` is built to, if it is an entry. */
const builtEntry = (folder: string, part: string): string | undefined => {
  const file = path.join(folder, 'dist', part.replace(/\.ts$/, '.js'));
  return existsSync(file) ? file : undefined;
};

export function builtPackages(): Plugin {
  return {
    name: 'built-packages',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!importer || !id.startsWith('.') || !isTest(importer)) return undefined;
      const file = path.resolve(path.dirname(importer), id);
      const [, folder = '', part = ''] = /^(.*[\\/]packages[\\/][^\\/]+)[\\/]src[\\/](.+)$/.exec(file) ?? [];
      if (!part || isTest(file.replaceAll('\\', '/')) || !existsSync(file)) return undefined;
      const entry = builtEntry(folder, part);
      if (entry) return entry;
      const index = builtEntry(folder, 'index.ts');
      const wanted = importedValues(readFileSync(importer, 'utf8'), id);
      if (!index || !wanted?.length) return undefined;
      const built: object = await import(pathToFileURL(index).href);
      return wanted.every((name) => Object.hasOwn(built, name)) ? `${prefix}${index}?${wanted.join()}` : undefined;
    },
    load(id) {
      if (!id.startsWith(prefix)) return undefined;
      const [file = '', names = ''] = id.slice(prefix.length).split('?');
      return `export { ${names} } from ${JSON.stringify(file)};`;
    },
  };
}
