import os from 'node:os';
import { type Parse, parseInteger, parseObject, parseString } from '@zoo/core';

/** The machine of a run. */
export interface Machine {
  /** `Linux 6.1.0, x64`. */
  system: string;
  /** The processor's model name. */
  processor: string;
  /** Threads that it runs at once. */
  threads: number;
  /** Bytes. */
  memory: number;
}

export const thisMachine = (): Machine => {
  const processors = os.cpus();
  return {
    system: `${os.type()} ${os.release()}, ${os.arch()}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    threads: processors.length,
    memory: os.totalmem(),
  };
};

const count = parseInteger(0, Number.MAX_SAFE_INTEGER);

export const parseMachine: Parse<Machine> = parseObject<Machine>({
  system: parseString,
  processor: parseString,
  threads: count,
  memory: count,
});
