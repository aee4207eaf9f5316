import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { noteNotRun } from '@zoo/testing/not-run';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../program.ts';
import { openTerminal } from '../terminal.ts';
import { zoo } from '../testing/zoo.ts';
import { bashScript } from './bash-script.ts';
import { fishScript } from './fish-script.ts';
import { completionWords } from './words.ts';
import { zshScript } from './zsh-script.ts';

const run = promisify(execFile);
const commands = completionWords(program(openTerminal()));
let folder = '';

const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;
function ifInstalled(shell: string): typeof it | typeof it.skip {
  if (isInstalled(shell)) return it;
  noteNotRun(`completion in ${shell}. It is not installed here.`);
  return it.skip;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-completion-'));
  await mkdir(path.join(folder, 'my runs'));
  await writeFile(path.join(folder, 'weights.pth'), '');
  await writeFile(path.join(folder, 'zoo.bash'), bashScript(commands));
  await writeFile(path.join(folder, 'zoo.zsh'), zshScript(commands));
  await writeFile(path.join(folder, 'zoo.fish'), fishScript(commands));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What each shell is to offer for a line, among other things or alone. */
const lines: readonly [line: string, offered: readonly string[], not: readonly string[]][] = [
  ['zoo tr', ['train'], ['eval']],
  ['zoo train alexnet/paper --back', ['--backend'], ['--batch-size']],
  ['zoo train --backend w', ['webgpu', 'wasm', 'webgl'], ['cpu']],
  ['zoo summary lenet/', ['lenet/lenet-5', 'lenet/modern'], ['alexnet/paper']],
  ['zoo classify --model alexnet/c', ['alexnet/caffenet', 'alexnet/cifar10-quick'], ['alexnet/paper']],
  ['zoo classify ', ['torchvision', 'weights.pth'], ['alexnet/paper']],
  ['zoo train --data ', ['cifar10', 'mnist'], ['torchvision']],
  ['zoo train --schedule ', ['cosine', 'one-cycle', 'polynomial'], []],
  ['zoo train --recipe cifar', ['cifar10-quick', 'cifar10-full'], ['paper']],
  ['zoo recipes ', ['paper', 'seed-004'], ['alexnet/paper', 'weights.pth']],
  ['zoo setup node-', ['node-gpu'], ['node']],
  ['zoo completion ', ['bash', 'zsh', 'fish'], []],
  ['zoo help pre', ['presets'], ['train']],
];

/** The completion function, called as bash calls it. */
async function inBash(line: string): Promise<string[]> {
  const words = line.split(' ');
  const script = `source zoo.bash; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _zoo; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run('bash', ['-c', script], { cwd: folder });
  return stdout.trimEnd().split('\n');
}

async function inFish(line: string): Promise<string[]> {
  const { stdout } = await run('fish', ['--no-config', '-c', `source zoo.fish; complete -C '${line}'`], {
    cwd: folder,
    env: { ...process.env, HOME: folder },
  });
  return stdout.split('\n').map((row) => row.split('\t')[0] ?? '');
}

/** What the script hands to zsh's own functions, an argument a line. */
async function inZsh(line: string): Promise<string[]> {
  const words = line.split(' ');
  const script = `compdef() {}; _arguments() { print -rl -- "$@" }; _describe() { print -rl -- \${(P)2} }
source ./zoo.zsh; words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; _zoo`;
  const { stdout } = await run('zsh', ['-f', '-c', script], { cwd: folder });
  return stdout.trimEnd().split('\n');
}

describe('completion', () => {
  it('knows every command and option, and the names that go with them', () => {
    const names = commands.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['train', 'summary', 'completion', 'setup', 'help']));
    const train = commands.find(({ name }) => name === 'train');
    expect(train?.options.flatMap(({ flags }) => flags)).toEqual(
      expect.arrayContaining(['--lrn', '--class-weights', '--help', '-h']),
    );
    expect(train?.operands).toMatchObject({ files: false, words: expect.arrayContaining(['alexnet/paper']) });
  });

  it('is printed by the command, alone on standard output', async () => {
    const [bash, unknown] = await Promise.all([zoo('completion', 'bash'), zoo('completion', 'tcsh')]);
    expect(bash).toEqual({ code: 0, out: bashScript(commands), err: '' });
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('Allowed choices are bash, zsh, fish.');
  });

  describe.each(lines)('of "%s"', (line, offered, not) => {
    ifInstalled('bash')('works in bash', async () => {
      const words = await inBash(line);
      expect(words).toEqual(expect.arrayContaining([...offered]));
      for (const word of not) expect(words).not.toContain(word);
    });

    ifInstalled('fish')('works in fish', async () => {
      const words = await inFish(line);
      expect(words).toEqual(expect.arrayContaining([...offered]));
      for (const word of not) expect(words).not.toContain(word);
    });
  });

  ifInstalled('bash')('keeps names with spaces whole', async () => {
    expect(await inBash('zoo eval my')).toEqual(['my runs']);
  });

  ifInstalled('zsh')('works in zsh', async () => {
    const [commandLines, train, summary, setup] = await Promise.all(
      ['zoo ', 'zoo train --ba', 'zoo summary ', 'zoo setup '].map(inZsh),
    );
    expect(commandLines).toContain('train:train a network on pictures');
    expect(train).toContain(
      '--backend[where to compute, see zoo doctor]:backend:(auto node-gpu node webgpu wasm cpu webgl)',
    );
    expect(train?.at(-1)).toMatch(/^\*:argument:\(alexnet\/paper /);
    expect(train).toContain('--overwrite[replace the run that is in the folder already]');
    expect(summary?.at(-1)).toMatch(
      /^\*:argument:\{_alternative "words:word:\(alexnet\/paper .+ torchvision .+\)" "files:file:_files"\}$/,
    );
    expect(setup?.at(-1)).toBe('*:argument:(node node-gpu)');
  });
});
