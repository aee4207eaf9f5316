import { ZooError } from '@zoo/core';
import type { Names } from './names.ts';

/** The values that the template is filled with. */
export interface Filling {
  names: Names;
  /** Name on the registry: `@zoo/lenet`, `my-net`. */
  packageName: string;
  /** Height, width, channels. */
  input: readonly [number, number, number];
  classes: number;
}

/** Text of the template for 32×32×3 and ten classes, so that it is a working package itself, with its replacement. */
function sizes({ input: [height, width, channels], classes }: Filling): Record<string, readonly [string, string][]> {
  const statistic = `[${Array.from({ length: channels }, () => '0.5').join(', ')}]`;
  return {
    'src/presets/__file__.ts': [
      ['input: [32, 32, 3],', `input: [${height}, ${width}, ${channels}],`],
      ['classes: 10,', `classes: ${classes},`],
      ['mean: [0.5, 0.5, 0.5]', `mean: ${statistic}`],
      ['std: [0.5, 0.5, 0.5]', `std: ${statistic}`],
    ],
    'fixtures/original.py': [
      ['channels: int = 3, num_classes: int = 10', `channels: int = ${channels}, num_classes: int = ${classes}`],
      ['(3, 32, 32), __Name__', `(${channels}, ${height}, ${width}), __Name__`],
    ],
  };
}

/** Names in the template's text and in its files' names. */
export const named = (text: string, { names, packageName }: Pick<Filling, 'names' | 'packageName'>): string =>
  text
    .replaceAll('__file__', names.file)
    .replaceAll('__Name__', names.pascal)
    .replaceAll('__name__', names.camel)
    .replaceAll('__package__', packageName);

/** A file of the template as it is for a new package. */
export function rendered(file: string, text: string, filling: Filling): string {
  const changes = sizes(filling)[file] ?? [];
  const sized = changes.reduce((current, [from, to]) => {
    if (!current.includes(from))
      throw new ZooError('corrupt-file', `${file}: has no '${from}'. Install the package anew.`);
    return current.replace(from, to);
  }, text);
  return named(sized, filling);
}
