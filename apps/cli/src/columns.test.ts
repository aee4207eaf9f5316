import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPresets } from './families.ts';
import { program } from './program.ts';
import { writtenFiles } from './rendering/written-files.ts';
import { openTerminal } from './terminal.ts';

const columns = 80;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zoo-columns-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A stream that is a terminal of 80 columns, and keeps what was written. */
function screen(): { stream: Writable & { isTTY: true; columns: number }; text: () => string } {
  let text = '';
  const stream = new Writable({
    write(piece, _, done) {
      text += String(piece);
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: true as const, columns }), text: () => text };
}

/** What a command prints at a terminal of 80 columns, results and notes. */
async function shown(...args: readonly string[]): Promise<string> {
  const [out, err] = [screen(), screen()];
  const terminal = openTerminal({ out: out.stream, err: err.stream, env: { NO_COLOR: '1', TERM: 'dumb' } });
  await program(terminal).parseAsync(args, { from: 'user' });
  return out.text() + err.text();
}

const tooLong = (text: string): string[] => text.split('\n').filter((line) => [...line].length > columns);

/** Every command with its own page, by what is typed for it. */
function pagesOf(command: Command, names: readonly string[] = []): [name: string, command: Command][] {
  const own: [string, Command][] = [[['zoo', ...names].join(' '), command]];
  return own.concat(...command.commands.map((inner) => pagesOf(inner, [...names, inner.name()])));
}

/** The page, with what stands behind the options, which `helpInformation` leaves out. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (piece) => {
      text += piece;
    },
    getOutHelpWidth: () => columns,
  });
  command.outputHelp();
  return text;
}

const terminal = openTerminal({ out: screen().stream, err: screen().stream });

describe.each(pagesOf(program(terminal)))('%s --help', (_, command) => {
  it('fits 80 columns', () => {
    const text = helpOf(command);
    expect(text).toContain('Usage: zoo');
    expect(tooLong(text)).toEqual([]);
  });
});

it('every command has a sentence, and a command to copy', () => {
  for (const command of program(terminal).commands) {
    expect([command.name(), command.summary()]).toEqual([command.name(), expect.stringMatching(/^[a-z].+[a-z)]$/)]);
    expect(helpOf(command)).toMatch(/Examples:\n {2}# .+\n {2}.*zoo /);
  }
});

describe('at 80 columns', () => {
  it('zoo presets fits', async () => {
    const text = await shown('presets');
    expect(text).toContain('lenet/modern');
    expect(tooLong(text)).toEqual([]);
  });

  it.each(allPresets.map(({ family, preset }) => `${family}/${preset}`))('zoo summary %s fits', async (name) => {
    const text = await shown('summary', name);
    expect(text).toContain('parameters (');
    expect(tooLong(text)).toEqual([]);
  });

  it('zoo doctor fits', async () => {
    const text = await shown('doctor');
    expect(text).toContain('cpu');
    expect(tooLong(text)).toEqual([]);
  });

  it('zoo bench fits', async () => {
    const options = ['--backend', 'cpu', '--width', '0.1', '--batch-sizes', '1', '--seconds', '0.01'];
    const text = await shown('bench', 'alexnet/cifar10-quick', ...options);
    expect(text).toContain('training step');
    expect(tooLong(text)).toEqual([]);
  });

  it('zoo convert fits, a guess in full as well', async () => {
    const first = path.join(folder, 'a.safetensors');
    const network = ['--model', 'alexnet/cifar10-quick', '--width', '0.1'];
    const texts = [
      await shown('convert', 'alexnet/cifar10-quick', first, '--width', '0.1', '--backend', 'cpu'),
      await shown('convert', first, path.join(folder, 'b.npz'), '--table', '--backend', 'cpu'),
      await shown('convert', path.join(folder, 'b.npz'), path.join(folder, 'c.onnx'), ...network, '--backend', 'cpu'),
    ];
    for (const text of texts) expect(tooLong(text)).toEqual([]);
    expect(texts[1]).toMatch(/^features\.0\.weight +features\.0\.weight +3 × 3 × 5 × 5/m);
  });

  it('pieces of one model are summed up', () => {
    const pieces = Array.from({ length: 55 }, (_, index) => ({ path: `m/part${index + 1}.bin`, bytes: 4_000_000 }));
    expect(writtenFiles([...pieces, { path: 'm/model.json', bytes: 9000 }])).toEqual([
      'm/part1.bin and 54 more pieces, 220.0 MB',
      'm/model.json, 9.0 kB',
    ]);
    expect(writtenFiles(pieces.slice(0, 2))).toHaveLength(2);
  });
});
