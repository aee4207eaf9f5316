import { presets } from '@zoo/alexnet';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../run/run-record.ts';
import { endedEarly, stoppedText } from './stopped.ts';

const { recipe } = presets['cifar10-quick'];
const stretch = (epoch: number, loss: number) => ({
  epoch,
  loss,
  accuracy: 0.5,
  learningRate: 0.001,
  examples: 100,
  seconds: 1,
});
const after = (...steps: RunRecord['steps']): Pick<RunRecord, 'epochs' | 'steps' | 'options'> => ({
  epochs: [],
  steps,
  options: { recipe: { ...recipe, epochs: 1 }, seed: 0 },
});

describe('stoppedText', () => {
  it('says in 80 columns how far training came, and how it stood', () => {
    const done = after(stretch(0.4, 2), stretch(0.8, 1));
    expect(endedEarly(done)).toBe(true);
    expect(stoppedText(done, '--max-minutes 3', 80).split('\n')).toEqual([
      'stopped by --max-minutes 3 after 0.8 of 1 epoch',
      '  training: loss 1.500, accuracy 50.0 %',
    ]);
    expect(stoppedText(after(), '--max-minutes 3', 80)).toBe('stopped by --max-minutes 3 after 0 of 1 epoch');
  });
});
