import { answerPing } from './ping.ts';

/**
 * The whole program of a thread of tfjs's wasm backend, from the text of two files of its package: the module for threads,
 * and what its workers run.
 *
 * tfjs makes the first of these in the page, out of the text of a function of the bundle. A minifier has shortened names in
 * that text, apart from what they refer to (tfjs issue 4253): all threads fail. Here the text is a string from the start,
 * which minifiers leave alone, and it is the worker's own script, so that a worker loads nothing else. It answers when it is asked whether it runs.
 */
export function threadProgram(module: string, worker: string): string {
  // The file has its program between backticks.
  const [, program] = /^module\.exports\.wasmWorkerContents = `([^`]*)`/.exec(worker) ?? [];
  if (program === undefined) throw new Error('tfjs-backend-wasm: its worker is not where it was in 4.22');
  return `${module}
self.importScripts = () => {};
${program}
${answerPing}`;
}
