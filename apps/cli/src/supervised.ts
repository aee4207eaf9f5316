import { Worker } from 'node:worker_threads';

const variable = 'ZOO_SUPERVISOR';

/** The environment that marks a child as supervised by this process. */
export const supervisedBy = (pid: number): NodeJS.ProcessEnv => ({ [variable]: String(pid) });

/** Whether the process that has started this one waits for it. A process that this one starts itself may inherit the variable. */
export const isSupervised = (): boolean => process.env[variable] === String(process.ppid);

/** In a separate thread, because it has to end the process even in the middle of a long step. */
const watch = `
  const { Socket } = require('node:net');
  const end = () => process.kill(process.pid, 'SIGKILL');
  new Socket({ fd: 3 }).on('error', end).on('close', end).resume();
`;

/** Ends this process when its supervisor has ended. */
export function endWithSupervisor(): void {
  new Worker(watch, { eval: true, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}
