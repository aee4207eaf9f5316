import { type VariableMemory, variableMemory } from '@zoo/layers/model';
import { fillVariable, inOrder, makeScratch, type ReadPart, type Scratch } from './fill-variable.ts';
import { finiteTensor, requireFinite } from './finite-tensor.ts';
import type { ArrangedPair } from './mapping.ts';

/** Elements that are read at a time directly into the variable: 4 MB, and less towards the end. Every read wakes a thread. */
const maxRunElements = 2 ** 20;
const minRunElements = 2 ** 18;
/** One of Node's four threads is left for what `fillTurned` reads. */
const readers = 3;

/** A variable that several readers fill at the same time. */
interface DirectFill {
  read: ReadPart;
  /** Of the tensor. */
  name: string;
  memory: VariableMemory;
  numbers: Float32Array;
  /** Index of the next element to read. */
  next: number;
  /** Number of running reads. */
  reading: number;
  closed: boolean;
}

const isBegun = ({ next, numbers }: DirectFill): boolean => next >= numbers.length;

function close(fill: DirectFill): void {
  if (fill.closed) return;
  fill.closed = true;
  fill.memory.commit();
}

/** Reads the next run straight into place, and looks at it while other readers go on; the last one to leave a variable closes it. */
async function readRun(fill: DirectFill, file: string): Promise<void> {
  const { read, name, memory, next, numbers } = fill;
  // Shares of what is left: the readers come to its end at about the same time.
  const share = Math.ceil((numbers.length - next) / (2 * readers));
  const place = numbers.subarray(next, next + Math.min(maxRunElements, Math.max(minRunElements, share)));
  fill.next += place.length;
  fill.reading += 1;
  try {
    const values = await read(next, place.length, place);
    if (values !== place) place.set(values);
    if (!memory.hasFiniteSum?.(next, place.length)) requireFinite(place, name, file);
  } finally {
    fill.reading -= 1;
  }
  if (fill.reading === 0 && isBegun(fill)) close(fill);
}

/** Fills a variable alone, from pieces that are put in their places. */
async function fillAlone({ weight, tensor, view }: ArrangedPair, file: string, scratch: Scratch): Promise<void> {
  const memory = variableMemory(weight.variable);
  if (!memory.hasFiniteSum) return fillVariable(memory, finiteTensor(tensor, file), view, scratch);
  await fillVariable(memory, tensor, view, scratch);
  if (!memory.hasFiniteSum(0, weight.variable.size)) requireFinite(memory.elements(), tensor.name, file);
}

/** Several readers go from tensor to tensor without waiting for one another. What cannot be read straight into place, one of them fills alone. */
async function fillInOrder(pairs: readonly ArrangedPair[], file: string): Promise<void> {
  const queue = [...pairs];
  const started: DirectFill[] = [];
  const reader = async () => {
    for (;;) {
      const current = started.at(-1);
      if (current && !isBegun(current)) {
        await readRun(current, file);
        continue;
      }
      const pair = queue.shift();
      if (!pair) return;
      const { weight, tensor, view } = pair;
      const memory = variableMemory(weight.variable);
      const read = tensor.readPart?.bind(tensor);
      if (read && memory.isStable && inOrder(view))
        started.push({
          ...{ read, name: tensor.name, memory, numbers: memory.elements() },
          ...{ next: 0, reading: 0, closed: false },
        });
      else await fillAlone(pair, file, makeScratch());
    }
  };
  const giveUp = (error: unknown) => {
    queue.length = 0;
    for (const fill of started) fill.next = fill.numbers.length;
    throw error;
  };
  // All of them come to an end, also when one fails: nothing writes into the model when it is given back.
  const results = await Promise.allSettled(Array.from({ length: readers }, () => reader().catch(giveUp)));
  started.forEach(close);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** One after the other. */
async function fillTurned(pairs: readonly ArrangedPair[], file: string): Promise<void> {
  const scratch = makeScratch();
  for (const pair of pairs) await fillAlone(pair, file, scratch);
}

/**
 * Fills variables from stored tensors, in the variables' own memory where the backend lets it be reached. What lies in order is read
 * by other threads, while this one puts the rest in its places.
 *
 * @param file Its name, for messages.
 * @throws ZooError `not-finite` for NaN or infinity in a tensor.
 */
export async function fillVariables(pairs: readonly ArrangedPair[], file: string): Promise<void> {
  const work = [
    fillTurned(
      pairs.filter(({ steps }) => steps.length > 0),
      file,
    ),
    fillInOrder(
      pairs.filter(({ steps }) => steps.length === 0),
      file,
    ),
  ];
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}
