import type { OnProgress, Progress } from '@zoo/core';
import type { Terminal } from '../terminal.ts';
import { progressLine } from './progress-line.ts';
import { bytes, duration, rate, thousands } from './quantities.ts';

/** `download cifar-10-binary.tar.gz   62.1 of 170.5 MB   11.2 MB/s   10 s left`. */
function facts({ task, done, total, unit }: Progress, seconds: number): string[] {
  const perSecond = done / seconds;
  const amount = unit === 'bytes' ? bytes : thousands;
  const speed = unit === 'bytes' ? `${bytes(perSecond)}/s` : `${rate(perSecond)} ${unit}/s`;
  return [
    task,
    total === undefined ? amount(done) : `${amount(done)} of ${amount(total)}`,
    ...(seconds > 0.5 && done > 0 ? [speed] : []),
    ...(total !== undefined && seconds > 1 && done > 0 ? [`${duration((total - done) / perSecond)} left`] : []),
  ];
}

/** Shows any long work of the packages, and leaves a line about every download that came to its end. */
export function showLongWork(terminal: Terminal, now: () => number = () => performance.now()): OnProgress {
  let current = '';
  let began = 0;
  return (progress) => {
    const { task, done, total, unit } = progress;
    if (task !== current) {
      current = task;
      began = now();
    }
    const seconds = (now() - began) / 1000;
    const share = total ? done / total : 0;
    if (unit === 'bytes' && done === total) {
      terminal.endLive();
      terminal.note(`${task}: ${bytes(done)} in ${duration(seconds)}`);
      current = '';
    } else terminal.live((line) => progressLine(share, facts(progress, seconds), line));
  };
}
