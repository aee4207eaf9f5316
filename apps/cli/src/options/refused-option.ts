import type { ZooError } from '@zoo/core';
import { InvalidArgumentError } from 'commander';

/** What the library says of a value that an option took as JSON, and the form that is expected. What a file would need is left out. */
export const refusedOption = ({ what }: ZooError, form: string): InvalidArgumentError =>
  new InvalidArgumentError(`${what} ${form}`);
