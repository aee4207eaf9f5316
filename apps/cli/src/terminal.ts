import { printable } from '@zoo/core';
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import { wrapped } from './rendering/wrapped.ts';

export type Colours = ReturnType<typeof pc.createColors>;

/** The room that a live line has. */
export interface LiveLine {
  columns: number;
  /** A line that is printed once instead of redrawn: no bar, no colours. */
  plain: boolean;
  colours: Colours;
}

/** The output of the program: results on standard output, notices and progress on standard error. */
export interface Terminal {
  /** Colours of results. */
  readonly colours: Colours;
  /** Width of standard output. A file is as wide as it takes. */
  readonly columns: number;
  /** A result. */
  print(text: string): void;
  /** A notice. */
  note(text: string): void;
  /** Shows progress: on a terminal one line that is redrawn, elsewhere a plain line every ten seconds. */
  live(render: (line: LiveLine) => string): void;
  /** Removes the redrawn line. */
  endLive(): void;
}

interface Stream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): boolean;
}

const redrawEvery = 80;
const plainEvery = 10_000;

/** Whether what is written to a stream may have colours: of terminals alone, in CI too, where picocolors itself would say yes. */
export const hasColours = (
  { isTTY = false }: Pick<Stream, 'isTTY'>,
  { NO_COLOR, TERM }: NodeJS.ProcessEnv = process.env,
): boolean => isTTY && !NO_COLOR && TERM !== 'dumb';

export interface TerminalOptions {
  out?: Stream & NodeJS.WritableStream;
  err?: Stream & NodeJS.WritableStream;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds. */
  now?: () => number;
}

/** Colours, as picocolors writes them. */
const colourCode = /(\p{Cc}\[\d{1,2}m)/u;

/** Removes control sequences other than colours, and colours if the terminal has none. */
const shown = (text: string, coloured: boolean): string =>
  coloured
    ? text
        .split(colourCode)
        .map((piece, i) => (i % 2 === 1 ? piece : printable(piece)))
        .join('')
    : printable(text);

/** A terminal on these streams. By default the process's own. */
export function openTerminal(options: TerminalOptions = {}): Terminal {
  const { out = process.stdout, err = process.stderr, env = process.env, now = () => performance.now() } = options;
  const redraws = err.isTTY === true && env.TERM !== 'dumb';
  // A hidden cursor would stay hidden when a second Ctrl-C ends the process at once.
  const drawing = redraws ? createLogUpdate(err, { showCursor: true }) : undefined;
  const noteColours = pc.createColors(hasColours(err, env));
  const results = (text: string) => shown(text, hasColours(out, env));
  const notes = (text: string) => shown(text, hasColours(err, env));
  let last = redraws ? Number.NEGATIVE_INFINITY : now();

  const endLive = () => {
    drawing?.clear();
    drawing?.done();
  };
  return {
    colours: pc.createColors(hasColours(out, env)),
    columns: out.isTTY ? (out.columns ?? 80) : Number.POSITIVE_INFINITY,
    print(text) {
      drawing?.clear();
      out.write(`${results(text)}\n`);
    },
    note(text) {
      drawing?.clear();
      const width = err.isTTY ? (err.columns ?? 80) : Number.POSITIVE_INFINITY;
      for (const line of text.split('\n'))
        for (const part of wrapped(notes(line), width)) err.write(`${noteColours.dim(part)}\n`);
    },
    live(render) {
      if (now() - last < (drawing ? redrawEvery : plainEvery)) return;
      last = now();
      if (drawing) drawing(notes(render({ columns: err.columns ?? 80, plain: false, colours: noteColours })));
      else err.write(`${notes(render({ columns: Number.POSITIVE_INFINITY, plain: true, colours: noteColours }))}\n`);
    },
    endLive,
  };
}
