import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeFileAtomically } from '@zoo/core/files';

/** The zoo's cache folder, found as for its data sets. */
function folder({ ZOO_CACHE, XDG_CACHE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  if (ZOO_CACHE) return path.resolve(ZOO_CACHE);
  if (XDG_CACHE_HOME) return path.join(XDG_CACHE_HOME, 'zoo');
  if (process.platform === 'win32' && LOCALAPPDATA) return path.join(LOCALAPPDATA, 'zoo');
  return path.join(os.homedir(), '.cache', 'zoo');
}

/** The file of proofs, one a line. */
export const proofFile = () => {
  const file = path.join(folder(process.env), 'proved-backends.txt');
  return { read: () => readFile(file, 'utf8'), write: (text: string) => writeFileAtomically(file, text) };
};
