import * as tf from '@tensorflow/tfjs-core';
import { version } from '../package.json';
import type { Started } from './candidate.ts';
import { probe } from './probe.ts';

// A proof is remembered for a device and for the versions of all that computes on it, never for a name alone.
const proved = new Set<string>();

/** What runs JavaScript, and the processor that most backends compute on. */
async function engine(): Promise<string[]> {
  if (!tf.env().getBool('IS_NODE')) return [navigator.userAgent];
  const { default: os } = await import('node:os');
  return [`Node ${process.versions.node}`, `${process.platform}-${process.arch}`, os.cpus()[0]?.model.trim() ?? ''];
}

async function keyOf(name: string, { detail, program }: Proved): Promise<string> {
  const versions = [`zoo ${version}`, `tfjs ${tf.version_core}`, ...(await engine())];
  return [name, detail, ...(program === undefined ? [] : [program]), ...versions].join('; ');
}

/** The device, in words, and the program that computes on it. */
type Proved = Pick<Started, 'detail' | 'program'>;

/** Where proofs outlive the process. Without such a place, every process proves anew. */
interface Shelf {
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

async function shelf(): Promise<Shelf> {
  if (tf.env().getBool('IS_NODE')) return (await import('./proof-file.ts')).proofFile();
  return {
    read: async () => localStorage.getItem('zoo-proofs') ?? '',
    write: async (text) => localStorage.setItem('zoo-proofs', text),
  };
}

/** Enough for every backend under a few versions of each. */
const most = 40;

const lines = (text: string): string[] => text.split('\n').filter(Boolean);

/** A memory that cannot be read, or written, costs a second and nothing else. */
async function remembered(key: string): Promise<boolean> {
  const text = await shelf()
    .then(({ read }) => read())
    .catch(() => '');
  return lines(text).includes(key);
}

async function remember(key: string): Promise<void> {
  try {
    const { read, write } = await shelf();
    const kept = lines(await read().catch(() => '')).filter((line) => line !== key);
    await write(`${[...kept, key].slice(-most).join('\n')}\n`);
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
  const key = await keyOf(name, device);
  if (proved.has(key) || (await remembered(key))) return;
  await probe();
  proved.add(key);
  await remember(key);
}
