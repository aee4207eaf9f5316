import { ZooError } from '@zoo/core';
import { runProgram } from './run-program.ts';

/** A program of the machine, and what each package manager calls its package. */
interface Tool {
  title: string;
  packages: Readonly<Record<string, string>>;
}

const compiler: Tool = {
  title: 'a C++ compiler',
  packages: {
    'apt-get': 'sudo apt-get install g++',
    dnf: 'sudo dnf install gcc-c++',
    apk: 'sudo apk add g++',
    pacman: 'sudo pacman -S gcc',
    zypper: 'sudo zypper install gcc-c++',
  },
};

const python: Tool = {
  title: 'Python 3 with pip',
  packages: {
    'apt-get': 'sudo apt-get install python3 python3-pip',
    dnf: 'sudo dnf install python3 python3-pip',
    apk: 'sudo apk add python3 py3-pip',
    pacman: 'sudo pacman -S python python-pip',
    zypper: 'sudo zypper install python3 python3-pip',
  },
};

/** The command that installs a tool here. */
async function howToInstall({ packages }: Tool): Promise<string> {
  if (process.platform === 'darwin') return 'xcode-select --install';
  for (const [manager, command] of Object.entries(packages))
    if ((await runProgram(manager, ['--version'])).code === 0) return command;
  return 'install it with the package manager of this machine';
}

async function firstThatRuns(tool: Tool, programs: readonly string[], args: readonly string[]): Promise<string> {
  for (const program of programs) if ((await runProgram(program, args)).code === 0) return program;
  throw new ZooError(
    'not-found',
    `setupNode: ${tool.title} is missing (looked for ${programs.join(', ')}). Run: ${await howToInstall(tool)}.`,
  );
}

/** The C++ compiler: `$CXX`, else the machine's. @throws ZooError `not-found` with the command that installs one. */
export const findCompiler = ({ CXX }: NodeJS.ProcessEnv = process.env): Promise<string> =>
  firstThatRuns(compiler, CXX ? [CXX] : ['g++', 'clang++', 'c++'], ['--version']);

/** Python with pip: `$PYTHON`, else the machine's. @throws ZooError `not-found` with the command that installs it. */
export const findPython = ({ PYTHON }: NodeJS.ProcessEnv = process.env): Promise<string> =>
  firstThatRuns(python, PYTHON ? [PYTHON] : ['python3', 'python'], ['-m', 'pip', '--version']);
