import { firstLine } from '@zoo/core';

/** A package that is not installed where it would be needed, or does not load. */
export const missingPackage = (name: string, cause: unknown): Error =>
  new Error(`the package ${name} does not load (${firstLine(cause)})`, { cause });
