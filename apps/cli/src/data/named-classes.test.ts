import { inMemory } from '@zoo/loaders';
import { describe, expect, it } from 'vitest';
import { withClassesOf } from './named-classes.ts';

const data = (...classes: string[]) =>
  inMemory({
    name: 'pets',
    classes,
    pixels: new Uint8Array(classes.length),
    labels: Uint8Array.from(classes.keys()),
    height: 1,
    width: 1,
    channels: 1,
  });
const labels = ['cat', 'dog', 'owl'];

describe('classes of a network', () => {
  it('are those of the data where both are alike, also with names that stand there twice', () => {
    const same = data('crane', 'crane');
    expect(withClassesOf('pets', same, 'net', ['crane', 'crane'])).toEqual({ data: same });
  });

  it('are found by their names where the data has some of them', async () => {
    const { data: some, note } = withClassesOf('pets', data('cat', 'owl'), 'net', labels);
    expect([some.classes, some.labelOf(1), (await some.example(1)).label, some.length]).toEqual([labels, 2, 2, 2]);
    expect(note).toBe('pets: has 2 of the 3 classes of net, cat, owl. Predictions may be any of the 3.');
  });

  it('are found by their names where the data has them in another order', () => {
    const { data: turned, note } = withClassesOf('pets', data('owl', 'cat', 'dog'), 'net', labels);
    expect([0, 1, 2].map((index) => turned.labelOf(index))).toEqual([2, 0, 1]);
    expect(note).toBe('pets: has the classes of net in another order. They are matched by their names.');
  });

  it('refuse others, and names that do not tell', () => {
    expect(() => withClassesOf('pets', data('cat', 'yak'), 'net', labels)).toThrow(
      'pets: its class yak is none of net, which tells 3 classes apart: cat, dog, owl. Choose the data it was trained for, or name folders as its classes.',
    );
    expect(() => withClassesOf('pets', data('crane'), 'net', ['crane', 'crane'])).toThrow(
      'net: has two classes named crane, so pets does not say which one it means.',
    );
  });
});
