import { existsSync } from 'node:fs';
import { ZooError } from '@zoo/core';

/**
 * Finds out before a backend starts whether the pictures that somebody named are there.
 *
 * @throws ZooError `not-found` for the first that is not.
 */
export function requirePictures(given: readonly string[]): void {
  const missing = given.find((one) => !existsSync(one));
  if (missing !== undefined)
    throw new ZooError('not-found', `${missing}: no such file or folder, expected a picture, or a folder of pictures.`);
}
