const behindField = /; \/\*\*/g;
const beforeMember = /\/\*\*(?:(?!\*\/).)*\*\/\s*\|/gs;

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(({ index }) => text.slice(index, index + 100).replaceAll(/\s+/g, ' '));

/** Comments of a declaration file that begin behind a field, on its line: for the compiler they belong to nothing. */
export const lostInDeclarations = (text: string): string[] => matches(text, behindField);

/** Comments of a source in front of a member of a union: what makes declarations file by file leaves them out. */
export const lostInSource = (text: string): string[] => matches(text, beforeMember);
