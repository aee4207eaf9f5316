import ts from 'typescript';

/** Columns of code that a page shows without scrolling. */
const width = 84;
/** Longer declarations are constants with all their values. */
const maxLines = 60;

/** What tf.layers asks of every layer, which says nothing about one. */
const layerProtocol = ['className', 'build', 'computeOutputShape', 'call', 'getConfig'];

/** Four spaces an indent, as TypeScript writes them, become two. */
const narrower = (text: string): string => text.replace(/^(?: {4})+/gm, (spaces) => ' '.repeat(spaces.length / 2));

/** Words in lines of at most so many columns. */
function wrapped(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

/** Comments of a line that is too long, over several. */
const wrappedComments = (text: string): string =>
  text.replace(/^( *)\/\*\* (.*) \*\/$/gm, (line, indent: string, comment: string) =>
    line.length <= width
      ? line
      : [
          `${indent}/**`,
          ...wrapped(comment, width - indent.length - 3).map((one) => `${indent} * ${one}`),
          `${indent} */`,
        ].join('\n'),
  );

/** `{ seed }?: Options` is `options?: Options` to a caller. */
const parameterText = (parameter: ts.ParameterDeclaration): string =>
  ts.isObjectBindingPattern(parameter.name)
    ? `options${parameter.getText().slice(parameter.name.getText().length)}`
    : parameter.getText();

/** A function over several lines if it is too long for one. */
function functionText(name: string, type: ts.SignatureDeclaration): string {
  const generics = type.typeParameters ? `<${type.typeParameters.map((one) => one.getText()).join(', ')}>` : '';
  const parameters = type.parameters.map(parameterText);
  const head = `function ${name}${generics}`;
  const tail = `: ${type.type?.getText() ?? 'void'}`;
  const line = `${head}(${parameters.join(', ')})${tail}`;
  if (line.length <= width || parameters.length === 0) return line;
  return `${head}(\n${parameters.map((one) => `    ${one.replaceAll('\n', '\n    ')},`).join('\n')}\n)${tail}`;
}

const isShown = (member: ts.ClassElement): boolean =>
  !(ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) &&
  !(member.name && (ts.isPrivateIdentifier(member.name) || layerProtocol.includes(member.name.getText())));

/** A class with its public members, each with its docstring. */
function classText(node: ts.ClassDeclaration): string {
  const { text } = node.getSourceFile();
  const head = text
    .slice(node.getStart(), node.members.pos)
    .replace(/^(export |declare |default )+/, '')
    .trimEnd();
  const members = node.members.filter(isShown).map((member) => {
    const comment = text.slice(member.getFullStart(), member.getStart()).trim();
    const code = ts.isConstructorDeclaration(member)
      ? `constructor(${member.parameters.map(parameterText).join(', ')});`
      : member.getText();
    return `    ${comment === '' ? '' : `${comment}\n    `}${code}`;
  });
  return members.length === 0 ? `${head} }` : [head, ...members, '}'].join('\n');
}

function textOf(statement: ts.Statement, name: string): string {
  if (ts.isFunctionDeclaration(statement)) return functionText(name, statement);
  if (ts.isClassDeclaration(statement)) return classText(statement);
  if (ts.isInterfaceDeclaration(statement)) {
    const clauses = statement.heritageClauses?.map((clause) => ` ${clause.getText()}`) ?? [];
    const generics = statement.typeParameters
      ? `<${statement.typeParameters.map((one) => one.getText()).join(', ')}>`
      : '';
    return `interface ${name}${generics}${clauses.join('')}`;
  }
  if (!ts.isVariableStatement(statement)) return statement.getText().replace(/^(export |declare )+/, '');
  const declaration = statement.declarationList.declarations.find((one) => one.name.getText() === name);
  if (declaration?.type && ts.isFunctionTypeNode(declaration.type)) return functionText(name, declaration.type);
  return `const ${declaration?.getText() ?? name}`;
}

/**
 * A statement of a declaration file as a page shows it. A constant that holds a function looks like one; of an interface
 * there is the first line, since its members stand in a table.
 */
export function signatureOf(statement: ts.Statement, name: string): string {
  const lines = wrappedComments(narrower(textOf(statement, name))).split('\n');
  return lines.length <= maxLines ? lines.join('\n') : [...lines.slice(0, maxLines), '// ...'].join('\n');
}
