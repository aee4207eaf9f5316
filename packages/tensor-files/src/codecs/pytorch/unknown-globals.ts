import type { MeteredBytes } from '../../meter.ts';
import type { Unknown } from './unknown.ts';

class UnknownGlobal extends Error {}

const none: Unknown = {
  unknown() {
    throw new UnknownGlobal();
  },
  plain: (value) => value,
  notes: () => [],
  passed: () => [],
};

/** Reads pickles, and once more where they name what is none of PyTorch's own: the code that puts placeholders there is loaded only then. */
export async function withUnknown<T>(
  { name, meter }: Pick<MeteredBytes, 'name' | 'meter'>,
  isBigEndian: boolean,
  read: (unknown: Unknown) => T,
): Promise<T> {
  try {
    return read(none);
  } catch (error) {
    if (!(error instanceof UnknownGlobal)) throw error;
    const { placeholders } = await import('./placeholders.ts');
    return read(placeholders(name, isBigEndian, meter));
  }
}
