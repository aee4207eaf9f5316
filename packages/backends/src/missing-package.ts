import { firstLine } from '@zoo/core';

/** The error for a package that is not installed, or does not load. */
export const missingPackage = (name: string, cause: unknown): Error =>
  new Error(`the package ${name} does not load (${firstLine(cause)})`, { cause });
