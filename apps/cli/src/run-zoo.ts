import { enableProdMode } from '@tensorflow/tfjs-core';
import { commandName } from './command-name.ts';
import { program, requireCommand, requireNoEmptyWord } from './program.ts';
import { exitCodes, isBrokenPipe, reportError } from './report-error.ts';
import { openTerminal } from './terminal.ts';
import { isRunning, stopWork } from './training/output-failure.ts';

/**
 * Exits quietly when the reader closes the pipe: `zoo presets | head -1`. Work that writes files continues without a reader, and saves them if
 * the output fails for another reason.
 */
function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (!isRunning()) process.exit(reportError(error));
      if (!isBrokenPipe(error)) stopWork(error);
    });
}

/** Runs one command line. @returns The exit code. */
export async function runZoo(args: readonly string[]): Promise<number> {
  endWithReader();
  // Keeps tfjs from advertising other backends on its first tensor: zoo doctor is where those are recommended.
  enableProdMode();
  const terminal = openTerminal();
  try {
    requireNoEmptyWord(args);
    const zoo = program(terminal, commandName());
    requireCommand(zoo, args);
    await zoo.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    terminal.endLive();
    return reportError(error);
  }
}
