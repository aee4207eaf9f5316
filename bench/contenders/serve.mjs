// What every contender speaks: a line with its title, then for each line `WORK NETWORK BATCH` the milliseconds of one go.
// Numbers go to standard output; nothing else may.
import { createInterface } from 'node:readline';

/** Answers for as long as it is asked. `works` has a function for each kind of work that this contender can do. */
export async function serve(title, works) {
  console.log(JSON.stringify({ title, works: Object.keys(works) }));
  for await (const line of createInterface({ input: process.stdin })) {
    const [work, network, batch] = line.split(' ');
    console.log(await works[work](network, Number(batch)));
  }
  process.exit(0);
}

/** Milliseconds until what a function gives is there. */
export async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Remembers what was made for a key: models and sessions are built once. */
export function once(make) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
}
