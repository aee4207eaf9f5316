import type { MappedTensor } from '@zoo/weights';
import type { Terminal } from '../terminal.ts';
import { endOf } from './columns-of.ts';
import { table } from './table.ts';

/** Names of tensors end with what tells them apart: one that is longer loses its beginning. */
const maxNameWidth = 30;

/** Which weight was filled from which tensor, of which shape, and what was done on the way. */
export const mappingRows = (
  mapping: readonly MappedTensor[],
  { colours, columns: width }: Pick<Terminal, 'colours' | 'columns'>,
): string =>
  table(
    [
      { title: 'Weight', align: 'left' },
      { title: 'From', align: 'left' },
      { title: 'Shape', align: 'left' },
      { title: 'Steps', align: 'left', wrap: true },
    ],
    mapping.map(({ name, from, shape, steps }) => [
      name,
      endOf(from, width === Number.POSITIVE_INFINITY ? width : maxNameWidth),
      shape.join(' × ') || 'one number',
      steps.join(', '),
    ]),
    { colours, width },
  );
