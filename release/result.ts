import { parseArray, parseNumber, parseString, ZooError } from '@zoo/core';

const number = parseNumber();

/** What every program and page gives. */
export interface Result {
  backend: { name: string; threads: number };
  losses: number[];
  names: string[];
  first: number;
}

const record = (value: unknown, place: string): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) throw new ZooError('corrupt-file', `${place}: expected an object.`);
  return Object.fromEntries(Object.entries(value));
};

function parseResult(value: unknown): Result {
  const { backend, losses, names, first } = record(value, 'result');
  const { name, threads } = record(backend, 'backend');
  return {
    backend: { name: parseString(name, 'backend.name'), threads: number(threads, 'backend.threads') },
    losses: parseArray(number)(losses, 'losses'),
    names: parseArray(parseString)(names, 'names'),
    first: number(first, 'first'),
  };
}

/** What PyTorch wrote into `net.pth`. */
const written = {
  names: ['features.0.weight', 'features.0.bias', 'features.1.weight', 'features.1.bias', 'features.1.running_mean'],
  first: 0.16821987926959991,
};

/** Reads what a program printed, and fails unless it trained a step on wasm and read what PyTorch wrote. */
export function checkResult(text: string): Result {
  const line = text.split('\n').findLast((one) => one.startsWith('{'));
  if (line === undefined) throw new Error(`no result was printed: ${text.slice(-300)}`);
  const result = parseResult(JSON.parse(line));
  if (result.backend.name !== 'wasm')
    throw new Error(`it trained on ${result.backend.name}, not on wasm: ${line.slice(0, 300)}`);
  if (result.losses.length === 0 || !result.losses.every((loss) => Number.isFinite(loss) && loss > 0))
    throw new Error(`losses are [${result.losses}], not one positive number a step.`);
  const missing = written.names.filter((name) => !result.names.includes(name));
  if (missing.length > 0)
    throw new Error(`net.pth: no tensors ${missing.join(', ')}, only ${result.names.join(', ')}.`);
  if (Math.abs(result.first - written.first) > 1e-7)
    throw new Error(`net.pth: first number ${result.first}, not ${written.first}.`);
  return result;
}
