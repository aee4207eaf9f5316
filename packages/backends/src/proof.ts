import * as tf from '@tensorflow/tfjs-core';
import { engine, proofStore } from '#platform/proofs';
import { version } from '../package.json';
import type { Started } from './candidate.ts';
import { probe } from './probe.ts';

// A successful check is remembered for a device and the versions of all software involved, never for a name alone.
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

/** If the store cannot be read or written, the check runs again, which costs a second. */
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
 * Runs the probes on the active backend, unless this device has passed them with these versions.
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
