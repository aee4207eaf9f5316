import type { MeteredBytes } from '../../meter.ts';
import { type Field, fieldBatches } from '../../protobuf/fields.ts';
import { floatOf, textOf } from '../../protobuf/scalars.ts';

/** Numbers and texts of a small message by their field numbers, as ConvolutionParameter and its like. */
export interface Parameters {
  /** The first of the numbers of a field. */
  number(field: number, otherwise: number): number;
  numbers(field: number): readonly number[];
  text(field: number): string | undefined;
}

/** A mean of a channel, a kernel's sizes: more is passed over. */
const maxValues = 64;
const maxTextLength = 1000;
/** Objects that the numbers of a field take. */
const objectsPerValue = 4;

export async function readParameters(source: MeteredBytes, { start, end }: Field): Promise<Parameters> {
  const numbers = new Map<number, number[]>();
  const texts = new Map<number, string>();
  for await (const batch of fieldBatches(source, start, end))
    for (const field of batch) {
      const list = numbers.get(field.number) ?? [];
      if (list.length === 0) source.meter.spend('objects', objectsPerValue);
      numbers.set(field.number, list);
      if (list.length >= maxValues) continue;
      if (field.wire === 5) list.push(await floatOf(source, field));
      if (field.wire === 0) list.push(field.value);
      if (field.wire !== 2 || field.end - field.start > maxTextLength) continue;
      texts.set(field.number, await textOf(source, field, 'text', maxTextLength));
    }
  return {
    number: (field, otherwise) => numbers.get(field)?.[0] ?? otherwise,
    numbers: (field) => numbers.get(field) ?? [],
    text: (field) => texts.get(field),
  };
}
