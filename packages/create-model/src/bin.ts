#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { isZooError, ZooError } from '@zoo/core';
import { createModel } from './create-model.ts';

const usage = `npm create @zoo/model NAME [-- --input 32x32x3 --classes 10 --out FOLDER]

A new model package: a table, its builder, tests, PyTorch's reference values and the script that records them, README with model card.

  --name NAME             small letters, digits, hyphens (or the first argument)
  --input HEIGHTxWIDTHxCHANNELS   of a picture (default: 32x32x3)
  --classes N             (default: 10)
  --out FOLDER            empty or new (default: NAME)`;

function whole(text: string, option: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new ZooError('usage', `--${option}: '${text}' is no whole number. Pass one such as 10.`);
}

function sizes(text: string): [number, number, number] {
  const [height, width, channels, more] = text.split('x');
  if (!height || !width || !channels || more !== undefined)
    throw new ZooError('usage', `--input: '${text}' is no size, expected height, width and channels, as in 32x32x3.`);
  return [whole(height, 'input'), whole(width, 'input'), whole(channels, 'input')];
}

/** Asks for options that are missing on the command line, if there is a terminal. */
async function asked(question: string, otherwise: string): Promise<string> {
  if (!process.stdin.isTTY) return otherwise;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question}${otherwise === '' ? '' : ` (${otherwise})`}: `);
  terminal.close();
  return answer.trim() || otherwise;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    options: { name: text, input: text, classes: text, out: text, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = values.name ?? positionals[0] ?? (await asked('Name of the model', ''));
  if (name === '') throw new ZooError('usage', `create-model: which name? Pass one, such as my-net.\n\n${usage}`);
  const input = sizes(values.input ?? (await asked('Height x width x channels of a picture', '32x32x3')));
  const classes = whole(values.classes ?? (await asked('Number of classes', '10')), 'classes');
  const out = values.out ?? name;
  const files = await createModel({ name, input, classes, out });
  console.log(`${out}: ${files.length} files. Next: cd ${out}, npm install, npm test; then the table in src/presets.`);
}

main().catch((error: unknown) => {
  const known = isZooError(error) || (error instanceof TypeError && 'code' in error);
  console.error(known && error instanceof Error ? error.message : error);
  process.exitCode = isZooError(error) && error.code !== 'usage' ? 1 : 2;
});
