import { cp } from 'node:fs/promises';
import path from 'node:path';
import { command } from '../command.ts';
import type { Project } from '../project.ts';
import type { GeneratorRow } from '../setups.ts';
import type { Steps } from './steps.ts';

/** A package is generated, installed, built, and passes the tests that come with it. */
export function generatorSteps(_row: GeneratorRow, { folder, manager, env }: Project): Steps {
  const make = async (name: string) => {
    const args = ['--no-install', 'create-model', name, '--input', '32x32x3', '--classes', '10'];
    await command('npx', args, { cwd: folder, env });
    await cp(path.join(folder, '.npmrc'), path.join(folder, name, '.npmrc'));
    await manager.install(path.join(folder, name));
    await command('npm', ['run', 'build'], { cwd: path.join(folder, name), env });
  };
  const test = async (name: string) => {
    await command('npm', ['test'], { cwd: path.join(folder, name), env });
  };
  return {
    first: { build: () => make('first-net'), run: () => test('first-net') },
    async again() {
      await make('second-net');
      await test('second-net');
    },
  };
}
