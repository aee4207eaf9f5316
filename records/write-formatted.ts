import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { writeFileAtomically } from '@zoo/core/files';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Writes a file of the repository, in its style. */
export async function writeFormatted(file: string, text: string): Promise<void> {
  await writeFileAtomically(file, text);
  execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file], { cwd: root });
}
