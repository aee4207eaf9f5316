import { ZooError } from '@zoo/core';

/** A text of a run's files as JSON. @throws ZooError `corrupt-file` that names the place. */
export function jsonOf(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ZooError('corrupt-file', `${place}: is no JSON. Train anew.`, { cause: error });
  }
}
