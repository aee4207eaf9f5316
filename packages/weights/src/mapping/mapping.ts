import type { StoredTensor } from '@zoo/tensor-files';
import type { LaidOutVariable, LaidOutWeight } from '../model-tensors.ts';
import type { Arrangement, LayoutFamily, LayoutStep } from './layout-step.ts';

/**
 * How a tensor's place was found: by the name that the original's checkpoints give it (`spec`), by Caffe's (`conv1`), by that of
 * tf.layers and Keras (`features.0/kernel`), or, where names say nothing, by order and shape (`structure`).
 */
export type MappingRule = 'spec' | 'caffe' | 'keras' | 'structure';

/** Which tensor of the file is which weight of the model. */
export interface Pair {
  weight: LaidOutWeight;
  tensor: StoredTensor;
}

/** A way to read the names or the order of a file's tensors. */
export interface Match {
  rule: MappingRule;
  family: LayoutFamily;
  pairs: readonly Pair[];
}

/** A tensor and the variable that it fills, with its way from one layout to the other. */
export interface ArrangedPair extends Arrangement {
  weight: LaidOutVariable;
  tensor: StoredTensor;
}

/** Where a weight came from. */
export interface MappedTensor {
  /** Name in the model: `features.0.weight`. */
  name: string;
  /** Name in the file. */
  from: string;
  /** Shape in the file. */
  shape: readonly number[];
  steps: readonly LayoutStep[];
}

const columns = ['Weight', 'From', 'Shape', 'Steps'] as const;

/** Rows for people: which weight was filled from which tensor, of which shape, and what was done on the way. */
export function mappingTable(mapping: readonly MappedTensor[]): string {
  const rows = mapping.map(({ name, from, shape, steps }) => [
    name,
    from,
    shape.join(' × ') || 'one number',
    steps.join(', '),
  ]);
  const all = [[...columns], ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => row[index]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
