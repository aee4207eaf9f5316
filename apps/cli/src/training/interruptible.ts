import { isZooError } from '@zoo/core';
import type { Terminal } from '../terminal.ts';
import { catchInterruption, type Interruption } from './interruption.ts';

const saving = 'Finishing the step, saving a checkpoint ...';
const stopping = 'Stopping ...';

/**
 * Hands work a Ctrl-C that it can bring to a good end.
 *
 * @param work Calls `trainingBegins` when from then on a checkpoint is saved before it stops.
 */
export async function interruptible(
  terminal: Terminal,
  work: (interruption: Interruption, trainingBegins: () => void) => Promise<void>,
): Promise<void> {
  let isTraining = false;
  const interruption = catchInterruption(terminal, () => (isTraining ? saving : stopping));
  try {
    await work(interruption, () => {
      isTraining = true;
    });
  } catch (error) {
    throw (isZooError(error) && error.code === 'interrupted' && interruption.outputFailure()) || error;
  } finally {
    interruption.release();
    terminal.endLive();
  }
}
