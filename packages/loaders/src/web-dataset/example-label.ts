import { ZooError } from '@zoo/core';

/** Files beside a picture that may say its class, in the order in which they are asked. */
export const labelEndings = ['cls', 'json', 'txt'] as const;
const jsonFields = ['cls', 'class', 'label', 'class_name', 'label_name'] as const;

/** A class as a shard names it: by its number, or its name. */
export type GivenLabel = number | string;

const ofText = (text: string): GivenLabel => (/^\d+$/.test(text) ? Number(text) : text);

function ofJson(text: string, where: string): GivenLabel {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ZooError('corrupt-file', `${where}: is not JSON; make the shard again.`, { cause });
  }
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null)
    for (const field of jsonFields) {
      const found: unknown = Reflect.get(value, field);
      if (typeof found === 'number' || typeof found === 'string') return found;
    }
  throw new ZooError('data', `${where}: names no class, expected one of the fields ${jsonFields.join(', ')}.`);
}

/** The class that a file beside a picture names. @throws ZooError `corrupt-file` and `data` where it names none. */
export function givenLabel(bytes: Uint8Array, ending: string, where: string): GivenLabel {
  const text = new TextDecoder().decode(bytes).trim();
  const label = ending === 'json' ? ofJson(text, where) : ofText(text);
  if (typeof label === 'number' ? Number.isInteger(label) && label >= 0 : label !== '') return label;
  throw new ZooError(
    'data',
    `${where}: ${JSON.stringify(label)} is no class, expected a whole number from 0, or a name.`,
  );
}
