import ts from 'typescript';
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

/** Every statement of a declaration file that declares something, by name. Overloads come together. */
export function statementsOf(file: ts.SourceFile): Map<string, ts.Statement[]> {
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

/** A member of an interface, in a declaration file or in a source. */
export function memberOf(member: ts.Node): Member {
  const doc = ts
    .getJSDocCommentsAndTags(member)
    .map((one) => textOf(one.comment))
    .join(' ');
  const property = ts.isPropertySignature(member) ? member : undefined;
  if (!property?.type) return { name: withoutSpaces(member.getText().replace(/;$/, '')), type: '', doc };
  const optional = property.questionToken ? '?' : '';
  return { name: property.name.getText() + optional, type: withoutSpaces(property.type.getText()), doc };
}

const membersOf = (statement: ts.Statement): Member[] =>
  ts.isInterfaceDeclaration(statement) ? statement.members.map(memberOf) : [];

/** A name as its declaration tells it. */
export function itemOf(name: string, statements: readonly ts.Statement[], file: string): Item | undefined {
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
