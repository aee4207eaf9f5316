import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { backendNames, type Diagnosis, doctor } from '@zoo/backends';
import { cacheFolder } from '@zoo/core/files';
import type { Command } from 'commander';
import { typedHere } from '../command-name.ts';
import { examples } from '../options/help.ts';
import { bytes, counted } from '../rendering/quantities.ts';
import { wrapped } from '../rendering/wrapped.ts';
import type { Terminal } from '../terminal.ts';

const signs = { works: '✓ works', missing: '– missing', broken: '✗ broken' } as const;

const json = ({ backend, state, detail, fix = '', ...measured }: Diagnosis): string =>
  JSON.stringify({ backend, state, detail, fix, ...measured });

/** Of a working backend also what it measured: the speed to two digits, which is all that a quick look is good for. */
function details({ backend, detail, fix, gigaflops, probeError }: Diagnosis, taken: boolean): string[] {
  const measured =
    gigaflops === undefined || probeError === undefined
      ? []
      : [`${Number(gigaflops.toPrecision(2))} GFLOP/s, agrees with stored results to ${probeError.toExponential(0)}`];
  // Its name stands in the row already.
  const about = detail.startsWith(`${backend}: `) ? detail.slice(backend.length + 2) : detail;
  return [
    about,
    ...measured,
    ...(taken ? ['--backend auto takes this one'] : []),
    ...(fix === undefined ? [] : [`get it by: ${typedHere(fix)}`]),
  ];
}

const factWidth = 8;
const nameWidth = Math.max(...backendNames.map((name) => name.length)) + 2;
const stateWidth = Math.max(...Object.values(signs).map((sign) => sign.length)) + 2;

/** A row of the table, its details below each other where the terminal is narrow. */
function row(diagnosis: Diagnosis, taken: boolean, { columns, colours }: Terminal): string {
  const indent = nameWidth + stateWidth;
  const room = Math.max(30, columns - indent);
  const lines =
    columns === Number.POSITIVE_INFINITY
      ? [details(diagnosis, taken).join('; ')]
      : details(diagnosis, taken).flatMap((text) => wrapped(text, room));
  const state = signs[diagnosis.state].padEnd(stateWidth);
  const [first = '', ...rest] = lines;
  return [
    `${colours.bold(diagnosis.backend.padEnd(nameWidth))}${diagnosis.state === 'works' ? state : colours.dim(state)}${first}`,
    ...rest.map((line) => ' '.repeat(indent) + line),
  ].join('\n');
}

/** The nearest existing folder: the cache is created on first use. */
const existing = (folder: string): string =>
  existsSync(folder) || path.dirname(folder) === folder ? folder : existing(path.dirname(folder));

/** The graphics card that a backend computes on, in that backend's words. */
function graphicsCard(diagnoses: readonly Diagnosis[]): string {
  const on = diagnoses.find(
    ({ backend, state, detail }) =>
      state === 'works' && (backend === 'webgpu' ? !/software adapter/.test(detail) : /on the GPU$/.test(detail)),
  );
  return on ? `${on.detail} (${on.backend})` : 'none that a working backend uses';
}

/** The machine, as far as training depends on it. */
async function machine(diagnoses: readonly Diagnosis[]): Promise<[string, string][]> {
  const cores = os.cpus();
  const cache = cacheFolder();
  const disk = await statfs(existing(cache));
  return [
    ['Node', process.versions.node],
    [
      'CPU',
      `${cores[0]?.model.trim() ?? 'unknown'}, ${counted(cores.length, 'core')}, ${counted(os.availableParallelism(), 'thread')} for this program`,
    ],
    ['GPU', graphicsCard(diagnoses)],
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
  // They come in the order in which auto tries them.
  const taken = diagnoses.find(({ state }) => state === 'works');
  for (const diagnosis of diagnoses) terminal.print(row(diagnosis, diagnosis === taken, terminal));
  terminal.print('');
  const indent = ' '.repeat(factWidth);
  for (const [name, value] of await machine(diagnoses)) {
    const lines = wrapped(value, terminal.columns - factWidth).join(`\n${indent}`);
    terminal.print(terminal.colours.bold(name.padEnd(factWidth)) + lines);
  }
}

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .summary('show which backends work here')
    .description(
      'Starts and tests every backend, and shows which work here, why the others do not, and how to install them.',
    )
    .option('--json', 'one JSON object per backend')
    .option('--software', 'try webgpu with a software adapter if there is no graphics card')
    .action(({ json, software }: { json?: true; software?: true }) =>
      runDoctor(json === true, software === true, terminal),
    )
    .addHelpText('after', examples(['zoo doctor', 'when something does not start, or is slow']));
}
