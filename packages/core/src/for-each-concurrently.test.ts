import { describe, expect, it } from 'vitest';
import { forEachConcurrently } from './for-each-concurrently.ts';

const someTime = () => new Promise<void>((resolve) => setTimeout(resolve, 2));

describe('forEachConcurrently', () => {
  it('does each piece of work once, so many at a time', async () => {
    const done: number[] = [];
    let [underWay, most] = [0, 0];
    await forEachConcurrently(10, 3, async (index) => {
      most = Math.max(most, ++underWay);
      await someTime();
      underWay--;
      done.push(index);
    });
    expect(done.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(3);
  });

  it('begins nothing more once a piece has failed', async () => {
    const begun: number[] = [];
    const failing = forEachConcurrently(100, 2, async (index) => {
      begun.push(index);
      await someTime();
      if (index === 1) throw new Error('no more');
    });
    await expect(failing).rejects.toThrow('no more');
    await someTime();
    expect(begun.length).toBeLessThan(6);
  });

  it('has nothing to do for nothing', async () => {
    await forEachConcurrently(0, 4, async () => expect.unreachable());
  });
});
