import { command } from '../command.ts';
import type { Project } from '../project.ts';
import type { TypesRow } from '../setups.ts';
import type { Steps } from './steps.ts';

export function typesSteps(row: TypesRow, { folder }: Project): Steps {
  const types = async () => {
    await command(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', ...row.types], { cwd: folder });
  };
  return { first: { types }, again: types };
}
