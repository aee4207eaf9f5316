import type { Verdict } from './reader-process.ts';

/** Seconds of CPU time that any file may take. */
export const maxCpuSeconds = 2;
/** MiB that a file of so many bytes may take. */
const maxMemory = (bytes: number): number => 64 + (4 * bytes) / 2 ** 20;
/** Letters of a message. */
const maxMessageLength = 2000;

/**
 * What is wrong with how a file ended; undefined where it kept to its limits.
 *
 * @param cpuLimit Seconds.
 */
export function broken({ ended, message, cpu, memory }: Verdict, bytes: number, cpuLimit: number): string | undefined {
  if (ended !== 'opened' && ended !== 'refused') return `${ended}: ${message.slice(0, 300)}`;
  if (cpu > cpuLimit) return `${cpu.toFixed(1)} s of CPU time`;
  if (memory > maxMemory(bytes)) return `${memory.toFixed(0)} MiB for ${bytes} bytes`;
  if (message.length > maxMessageLength) return `a message of ${message.length} letters`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those that must not reach a terminal
  if (/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/.test(message))
    return `a message with control characters: ${JSON.stringify(message.slice(0, 200))}`;
  return undefined;
}
