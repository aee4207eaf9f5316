import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder, writeFileAtomically } from '@zoo/core/files';
import type { ProofStore } from '../proof-store.ts';

/** Of Node and the processor that most backends compute on. */
export const engine = (): string[] => [
  `Node ${process.versions.node}`,
  `${process.platform}-${process.arch}`,
  os.cpus()[0]?.model.trim() ?? '',
];

/** The file of proofs, one a line, in the zoo's cache folder. */
export const proofStore = (): ProofStore => {
  const file = path.join(cacheFolder(), 'proved-backends.txt');
  return { read: () => readFile(file, 'utf8'), write: (text: string) => writeFileAtomically(file, text) };
};
