import { requireWhole } from './image.ts';

/** How many batches an epoch over `length` examples has. */
export function batchCount(
  length: number,
  { batchSize, dropLast = false }: { batchSize: number; dropLast?: boolean },
): number {
  requireWhole('batches', 'batchSize', batchSize, 1);
  return dropLast ? Math.floor(length / batchSize) : Math.ceil(length / batchSize);
}
