import type { TrainingAndTest } from '../dataset.ts';
import { inMemory } from '../in-memory.ts';
import { readIdx } from './idx.ts';

/** Both parts of MNIST or of a set in its form, out of the four idx files. */
export function readIdxSet(
  name: string,
  classes: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
): TrainingAndTest {
  const part = (title: string, prefix: string) => {
    const read = (file: string) => readIdx(file, files.get(file) ?? new Uint8Array());
    const images = read(`${prefix}-images-idx3-ubyte`);
    const labels = read(`${prefix}-labels-idx1-ubyte`).values;
    const [, height = 0, width = 0] = images.shape;
    return inMemory({ name: `${name}/${title}`, classes, pixels: images.values, labels, height, width, channels: 1 });
  };
  return { training: part('training', 'train'), test: part('test', 't10k') };
}
