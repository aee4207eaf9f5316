import { printableName, ZooError } from '@zoo/core';

/** For messages and help. */
export const labelForms =
  'one name a line, or JSON, YAML, CSV or pbtxt of names: ["tench", ...], {"0": "tench", ...}, or rows 0,tench';

/** A file of `--labels` that is no list of names. @param what What it is, or has. @throws ZooError `data`. */
export const refuseLabels = (file: string, what: string): never => {
  throw new ZooError('data', `--labels ${file}: ${what}, expected ${labelForms}.`);
};

/** Some text of the file for a message. */
export const quoted = (text: string): string => printableName(JSON.stringify(text.slice(0, 60)));
