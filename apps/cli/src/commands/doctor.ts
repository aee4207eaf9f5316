import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Diagnosis, doctor } from '@zoo/backends';
import { cacheFolder } from '@zoo/loaders';
import type { Command } from 'commander';
import { examples } from '../options/help.ts';
import { bytes, counted } from '../rendering/quantities.ts';
import { table } from '../rendering/table.ts';
import type { Terminal } from '../terminal.ts';

const signs = { works: '✓ works', missing: '– missing', broken: '✗ broken' } as const;

const json = ({ backend, state, detail, fix = '', ...measured }: Diagnosis): string =>
  JSON.stringify({ backend, state, detail, fix, ...measured });

/** With what it measured: the speed to two digits, which is all that a quick look is good for. */
const details = ({ detail, gigaflops, probeError }: Diagnosis): string =>
  gigaflops === undefined || probeError === undefined
    ? detail
    : `${detail}; ${Number(gigaflops.toPrecision(2))} GFLOP/s, error ${probeError.toExponential(0)}`;

/** The nearest folder that is there: the cache is made when it is first needed. */
const existing = (folder: string): string =>
  existsSync(folder) || path.dirname(folder) === folder ? folder : existing(path.dirname(folder));

/** The machine, as far as training depends on it. */
async function machine(): Promise<[string, string][]> {
  const cores = os.cpus();
  const cache = await cacheFolder();
  const disk = await statfs(existing(cache));
  return [
    ['Node', process.versions.node],
    [
      'CPU',
      `${cores[0]?.model.trim() ?? 'unknown'}, ${counted(cores.length, 'core')}, ${counted(os.availableParallelism(), 'thread')} for this program`,
    ],
    ['Memory', `${bytes(os.freemem())} free of ${bytes(os.totalmem())}`],
    ['Data', `${cache}, ${bytes(disk.bavail * disk.bsize)} free`],
  ];
}

/** `zoo doctor` */
async function runDoctor(asJson: boolean, software: boolean, terminal: Terminal): Promise<void> {
  const diagnoses = await doctor({ software });
  if (asJson) {
    for (const diagnosis of diagnoses) terminal.print(json(diagnosis));
    return;
  }
  const options = { colours: terminal.colours, width: terminal.columns };
  const rows = diagnoses.map((one) => [one.backend, signs[one.state], details(one), one.fix ?? '']);
  terminal.print(
    table(
      [
        { title: 'Backend', align: 'left' },
        { title: 'State', align: 'left' },
        { title: 'Detail', align: 'left' },
        { title: 'How to get it', align: 'left' },
      ],
      rows,
      options,
    ),
  );
  terminal.print('');
  for (const [name, value] of await machine()) terminal.print(`${terminal.colours.bold(name.padEnd(8))}${value}`);
}

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .summary('say which backends work here')
    .description(
      'Starts every backend, has it compute, and says which work here, why the others do not, and how to get them.',
    )
    .option('--json', 'one JSON object a backend')
    .option('--software', 'try webgpu on the processor where there is no graphics card')
    .action(({ json, software }: { json?: true; software?: true }) =>
      runDoctor(json === true, software === true, terminal),
    )
    .addHelpText('after', examples(['zoo doctor', 'when something does not start, or is slow']));
}
