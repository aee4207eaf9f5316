import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { showLongWork } from './rendering/long-work.ts';
import { openTerminal, type Terminal } from './terminal.ts';

interface Recorded {
  terminal: Terminal;
  text: { out: string; err: string };
  /** Moves the clock, in seconds. */
  pass(seconds: number): void;
  now: () => number;
}

function record({ isTTY }: { isTTY: boolean }): Recorded {
  const text = { out: '', err: '' };
  let clock = 0;
  const stream = (name: 'out' | 'err') =>
    Object.assign(
      new Writable({
        write(piece, _, done) {
          text[name] += String(piece);
          done();
        },
      }),
      { isTTY, columns: 80, rows: 24 },
    );
  const now = () => clock;
  return {
    terminal: openTerminal({ out: stream('out'), err: stream('err'), env: { TERM: 'xterm', NO_COLOR: '1' }, now }),
    text,
    pass(seconds) {
      clock += 1000 * seconds;
    },
    now,
  };
}

describe('openTerminal', () => {
  it('keeps results apart from what is said on the way', () => {
    const { terminal, text } = record({ isTTY: false });
    terminal.print('result');
    terminal.note('notice');
    expect(text).toEqual({ out: 'result\n', err: 'notice\n' });
  });

  it('shows what a file wants the terminal to obey', () => {
    const { terminal, text } = record({ isTTY: true });
    terminal.print('a\u001b]0;title\u0007\u001b[31mcat\u009b2J');
    terminal.note('\u001b[2Jdog');
    terminal.live(() => '\u001b[2Jlive');
    expect(text.out).toBe('a\\u001b]0;title\\u0007\\u001b[31mcat\\u009b2J\n');
    expect(text.err).toContain('\\u001b[2Jdog\n');
    expect(text.err).toContain('\\u001b[2Jlive');
  });

  it('writes a plain line every ten seconds where nobody looks on', () => {
    const { terminal, text, pass } = record({ isTTY: false });
    for (let second = 0; second < 25; second++) {
      pass(1);
      terminal.live(({ plain }) => `${second} ${plain}`);
    }
    expect(text.err).toBe('9 true\n19 true\n');
  });

  it('redraws one line where somebody does, not too often, and takes it away', () => {
    const { terminal, text, pass } = record({ isTTY: true });
    for (let tick = 0; tick < 4; tick++) {
      terminal.live(({ columns }) => `tick ${tick} of ${columns}`);
      pass(0.05);
    }
    expect(text.err).toContain('tick 0 of 80');
    expect(text.err).not.toContain('tick 1');
    expect(text.err).toContain('tick 2 of 80');
    const before = text.err.length;
    terminal.endLive();
    expect(text.err.slice(before)).toContain('\u001b[2K');
    expect(text.out).toBe('');
  });
});

describe('showLongWork', () => {
  it('shows megabytes and speed of a download, and leaves a line when it is done', () => {
    const { terminal, text, pass, now } = record({ isTTY: false });
    const show = showLongWork(terminal, now);
    const download = { task: 'download data.tar', total: 100e6, unit: 'bytes' } as const;
    show({ ...download, done: 0 });
    pass(11);
    show({ ...download, done: 55e6 });
    pass(9);
    show({ ...download, done: 100e6 });
    expect(text.err).toBe(
      'download data.tar   55.0 MB of 100.0 MB   5.0 MB/s   9 s left\ndownload data.tar: 100.0 MB in 20 s\n',
    );
  });
});
