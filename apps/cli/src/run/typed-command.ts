/** A word for a shell, quoted if necessary. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A command line to type. */
export const commandLine = (words: readonly string[]): string => words.map(shellWord).join(' ');

/** What was typed behind the program's name. */
export const typedWords = (): string[] => process.argv.slice(2);
