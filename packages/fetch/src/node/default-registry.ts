import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ZooError } from '@zoo/core';

const run = promisify(execFile);

/** The last line that a program prints, as an address. */
async function printed(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  // On Windows npm is a script, which only a shell starts.
  const shell = process.platform === 'win32';
  const { stdout } = await run(program, args, { env, shell, cwd: os.tmpdir(), timeout: 30_000 });
  return new URL(stdout.trim().split('\n').at(-1) ?? '').href;
}

const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_config_/i.test(name)));

/**
 * npm's default registry, as npm itself reports it.
 *
 * @throws ZooError `network` without npm.
 */
export async function npmDefaultRegistry(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  // Two files that do not exist: npm refuses the same name for both.
  const nothing = ['user', 'global'].map((kind) => `--${kind}config=${path.join(os.tmpdir(), `no-npmrc-${kind}`)}`);
  try {
    return await printed('npm', ['config', 'get', 'registry', ...nothing], withoutSettings(env));
  } catch (error) {
    throw new ZooError(
      'network',
      'no npm registry is set, and npm, which knows one, cannot be run. Put a line registry=ADDRESS into .npmrc, or install npm.',
      { cause: error },
    );
  }
}

/**
 * pip's default index, as pip itself reports it.
 *
 * @throws ZooError `network` without Python and pip.
 */
export async function pipDefaultIndex(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const windows = process.platform === 'win32';
  const program = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)';
  try {
    return await printed(windows ? 'python' : 'python3', ['-c', windows ? `"${program}"` : program], env);
  } catch (error) {
    throw new ZooError(
      'network',
      'no index of Python packages is set, and pip, which knows one, cannot be run. Set PIP_INDEX_URL, or install Python with pip.',
      { cause: error },
    );
  }
}
