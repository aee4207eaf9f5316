/** The operating system's code for what went wrong, such as `ENOENT`; empty for errors of other kinds. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
