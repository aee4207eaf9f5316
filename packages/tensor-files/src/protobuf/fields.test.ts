import { expect, it } from 'vitest';
import { metered } from '../meter.ts';
import { ofBytes } from '../sources/of-bytes.ts';
import { type Field, fieldBatches } from './fields.ts';
import { concatenated, content, float, integer } from './message.ts';

const count = 20_000;
/** Fields of all kinds, of several bytes each, so that some cross the end of a window. */
const message = concatenated(
  Array.from(
    { length: count },
    (_, index) => [integer(1, index), float(2, index), content(3, `${index}`), integer(400, 2 ** 50)][index % 4],
  ).filter((bytes) => bytes !== undefined),
);

it('fields come in batches: to wait for each of millions would take seconds', async () => {
  const batches: Field[][] = [];
  for await (const batch of fieldBatches(metered(ofBytes(message, 'a')), 0, message.length)) batches.push([...batch]);
  const fields = batches.flat();
  expect(fields.map(({ number }) => number)).toEqual(
    Array.from({ length: count }, (_, index) => [1, 2, 3, 400][index % 4]),
  );
  expect(fields.filter(({ wire }) => wire === 0).map(({ value }) => value)).toEqual(
    Array.from({ length: count / 2 }, (_, index) => (index % 2 ? 2 ** 50 : 2 * index)),
  );
  expect(fields.every(({ start }, index) => index === 0 || start > (fields[index - 1]?.start ?? 0))).toBe(true);
  expect(batches.length).toBeLessThan(2 + message.length / 16_000);
});

it('one that is left goes on behind the field that was taken last', async () => {
  const numbers: number[] = [];
  for await (const batch of fieldBatches(metered(ofBytes(message, 'a')), 0, message.length))
    for (const { number } of batch) {
      numbers.push(number);
      break;
    }
  expect(numbers).toHaveLength(count);
});
