import { ZooError } from '@zoo/core';
import { expect, it } from 'vitest';
import { type Dataset, findDamaged, without } from './index.ts';

/** Ten examples, of which some cannot be read. */
const dataset = (damaged: readonly number[], code: ZooError['code'] = 'corrupt-file'): Dataset => ({
  name: 'ten',
  classes: ['a', 'b'],
  length: 10,
  channels: 3,
  labelOf: (index) => index % 2,
  example: async (index) => {
    if (damaged.includes(index)) throw new ZooError(code, `${index}.png: damaged`);
    return { label: index % 2, pixels: new Uint8Array(3), height: 1, width: 1, channels: 3 };
  },
});

it('finds every damaged example, and a data set goes on without them', async () => {
  const steps: number[] = [];
  const found = await findDamaged(dataset([9, 3, 4]), { onProgress: ({ done }) => steps.push(done) });
  expect(found.map(({ index, error }) => [index, error.message])).toEqual([
    [3, '3.png: damaged'],
    [4, '4.png: damaged'],
    [9, '9.png: damaged'],
  ]);
  expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const rest = without(dataset([3, 4, 9]), [3, 4, 9]);
  expect(Array.from({ length: rest.length }, (_, index) => rest.labelOf(index))).toEqual([0, 1, 0, 1, 0, 1, 0]);
  expect(await findDamaged(rest)).toEqual([]);
});

it('takes nothing else for damage, and stops when it is told to', async () => {
  await expect(findDamaged(dataset([2], 'usage'))).rejects.toThrow('2.png: damaged');
  const stopped = new AbortController();
  const looking = findDamaged(dataset([]), { signal: stopped.signal, onProgress: () => stopped.abort() });
  await expect(looking).rejects.toThrow(/^ten: stopped after checking \d of 10 files\.$/);
});
