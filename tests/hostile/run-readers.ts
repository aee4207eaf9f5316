import path from 'node:path';
import type { Bomb } from './bomb.ts';
import { inFolder, write } from './folders.ts';
import { broken, maxCpuSeconds } from './limits.ts';
import { mutated } from './mutations/mutated.ts';
import { readerProcess, type Verdict } from './reader-process.ts';
import { seeds } from './seeds.ts';
import type { ReadRequest } from './worker.ts';

/** How a file ended, and what is wrong with that. */
export interface ReaderResult extends Verdict {
  name: string;
  bytes: number;
  wrong?: string;
}

/** Good files, so that what is loaded once is loaded. */
async function warmUps(folder: string): Promise<ReadRequest[]> {
  const asked: ReadRequest[] = [];
  for (const { name, reader, files } of await seeds())
    asked.push({ reader, path: (await write(files, path.join(folder, `good-${name}`))).path });
  return asked;
}

/** Mutations `from` to `to` of every seed whose name matches, alternately: its name and number reproduce each. */
export async function* mutations([from, to]: readonly [number, number], pattern: RegExp): AsyncGenerator<Bomb> {
  const all = (await seeds()).filter(({ name }) => pattern.test(name));
  for (let number = from; number < to; number++)
    for (const seed of all)
      yield { name: `${seed.name}, mutation ${number}`, reader: seed.reader, files: () => mutated(seed, number) };
}

/**
 * Has bombs read one by one. One that fails gets a second chance in a fresh process: what others left behind is not its fault.
 *
 * @param cpuLimit Seconds of CPU time that each may take. Default: 2.
 */
export async function runReaders(
  bombs: Iterable<Bomb> | AsyncIterable<Bomb>,
  worker: string,
  onResult: (result: ReaderResult) => void,
  cpuLimit = maxCpuSeconds,
): Promise<void> {
  await inFolder(async (folder) => {
    const process = readerProcess(worker, await warmUps(folder));
    try {
      for await (const bomb of bombs) onResult(await inFolder((own) => one(bomb, process, own, cpuLimit)));
    } finally {
      process.renew();
    }
  });
}

async function one(
  bomb: Bomb,
  process: ReturnType<typeof readerProcess>,
  folder: string,
  cpuLimit: number,
): Promise<ReaderResult> {
  const { path, bytes } = await write(await bomb.files(), folder);
  const ask = async () => {
    const verdict = await process.ask({ reader: bomb.reader, path });
    const found = broken(verdict, bytes, cpuLimit);
    const unexpected =
      bomb.ends !== undefined && verdict.ended !== bomb.ends ? `${verdict.ended}, expected ${bomb.ends}` : undefined;
    const wrong = found ?? unexpected;
    return {
      name: bomb.name,
      bytes,
      ...verdict,
      message: verdict.message.replaceAll(folder, '').slice(0, 400),
      ...(wrong !== undefined && { wrong }),
    };
  };
  const first = await ask();
  if (first.wrong === undefined) return first;
  process.renew();
  return ask();
}
