const noted = 'ZOO_TESTS_NOT_RUN';

/** Says at once which tests are not run and why, and has it said again at the end, where it is read. */
export function noteNotRun(what: string): void {
  const line = `Not run: ${what}`;
  process.stderr.write(`${line}\n`);
  // Vitest loads its settings, their setup and its reporters apart from each other, in one process.
  process.env[noted] = [...notesNotRun(), line].join('\n');
}

export const notesNotRun = (): string[] => process.env[noted]?.split('\n') ?? [];
