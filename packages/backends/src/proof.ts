import * as tf from '@tensorflow/tfjs-core';
import { engine, proofStore } from '#platform/proofs';
import { version } from '../package.json';
import type { Started } from './candidate.ts';
import { probe } from './probe.ts';

// A proof is remembered for a device and for the versions of all that computes on it, never for a name alone.
const proved = new Set<string>();

function keyOf(name: string, { detail, program }: Proved): string {
  const versions = [`zoo ${version}`, `tfjs ${tf.version_core}`, ...engine()];
  return [name, detail, ...(program === undefined ? [] : [program]), ...versions].join('; ');
}

/** The device, in words, and the program that computes on it. */
type Proved = Pick<Started, 'detail' | 'program'>;

/** Enough for every backend under a few versions of each. */
const maxLines = 40;

const lines = (text: string): string[] => text.split('\n').filter(Boolean);

/** A memory that cannot be read, or written, costs a second and nothing else. */
async function remembered(key: string): Promise<boolean> {
  const text = await proofStore()
    .read()
    .catch(() => '');
  return lines(text).includes(key);
}

async function remember(key: string): Promise<void> {
  try {
    const { read, write } = proofStore();
    const kept = lines(await read().catch(() => '')).filter((line) => line !== key);
    await write(`${[...kept, key].slice(-maxLines).join('\n')}\n`);
  } catch {
    // See above.
  }
}

/**
 * Has the backend in use compute the probes, unless this very device has done so under these versions.
 *
 * @throws ZooError `backend` that names the op whose result is wrong.
 */
export async function prove(name: string, device: Proved): Promise<void> {
  const key = keyOf(name, device);
  if (proved.has(key) || (await remembered(key))) return;
  await probe();
  proved.add(key);
  await remember(key);
}
