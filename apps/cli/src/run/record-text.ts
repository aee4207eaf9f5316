/**
 * A value as JSON for people to read: a line a field, and a line for each list of numbers. A confusion matrix of thousands of classes with a
 * line for each number would become longer than a text may be, at the end of a long training.
 */
export function recordText(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  const nested = (parts: readonly string[], [open, close]: readonly [string, string]): string =>
    parts.length === 0 ? open + close : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  if (Array.isArray(value) && !value.every((one) => typeof one === 'number'))
    return nested(
      value.map((one: unknown) => recordText(one, inner)),
      ['[', ']'],
    );
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return nested(
      Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
        one === undefined ? [] : [`${JSON.stringify(key)}: ${recordText(one, inner)}`],
      ),
      ['{', '}'],
    );
  return JSON.stringify(value) ?? 'null';
}
