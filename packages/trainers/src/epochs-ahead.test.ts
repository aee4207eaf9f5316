import { describe, expect, it } from 'vitest';
import { epochsAhead } from './epochs-ahead.ts';

/** Three values an epoch, and what happens to them. */
function counted() {
  const made: string[] = [];
  const ended: string[] = [];
  const epochs = epochsAhead(async function* (epoch: number, start: number) {
    try {
      for (let step = start; step < 3; step++) {
        made.push(`${epoch}.${step}`);
        yield `${epoch}.${step}`;
      }
    } finally {
      ended.push(`${epoch} from ${start}`);
    }
  });
  return { made, ended, epochs };
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe('epochsAhead', () => {
  it('makes the first value of what is begun before it is asked for, and each value once', async () => {
    const { made, ended, epochs } = counted();
    epochs.begin(2);
    epochs.begin(2);
    expect(made).toEqual(['2.0']);
    expect(await all(epochs.from(2, 0))).toEqual(['2.0', '2.1', '2.2']);
    expect(made).toEqual(['2.0', '2.1', '2.2']);
    expect(ended).toEqual(['2 from 0']);
  });

  it('gives what was not begun, and gives up what was', async () => {
    const { made, ended, epochs } = counted();
    epochs.begin(2);
    expect(await all(epochs.from(3, 1))).toEqual(['3.1', '3.2']);
    expect(ended).toEqual(['2 from 0', '3 from 1']);
    epochs.begin(4);
    expect(await all(epochs.from(4, 2))).toEqual(['4.2']);
    epochs.begin(5);
    epochs.end();
    await new Promise((resolve) => setTimeout(resolve));
    expect(made).toEqual(['2.0', '3.1', '3.2', '4.0', '4.2', '5.0']);
    expect(ended.at(-1)).toBe('5 from 0');
  });

  it('ends the values where the loop over them is left', async () => {
    const { ended, epochs } = counted();
    epochs.begin(1);
    for await (const value of epochs.from(1, 0)) if (value === '1.1') break;
    expect(ended).toEqual(['1 from 0']);
  });

  it('leaves an error to whoever asks for the value', async () => {
    const failing = epochsAhead(async function* (): AsyncGenerator<string, void, undefined> {
      yield await Promise.reject(new Error('damaged'));
    });
    failing.begin(1);
    await new Promise((resolve) => setTimeout(resolve));
    await expect(all(failing.from(1, 0))).rejects.toThrow('damaged');
    failing.begin(2);
    failing.end();
  });
});
