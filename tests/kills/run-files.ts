import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readEventFile } from '@zoo/testing/event-file';

/** What differs between two trainings of the same run: when, how fast, by whom, and with how many commands. */
const passing: readonly string[] = [
  ...['startedAt', 'finishedAt', 'process', 'commands'],
  ...['seconds', 'waitedForData', 'imagesPerSecond'],
];

const timeless = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !passing.includes(key))
      .map(([key, one]) => [key, timeless(one)]),
  );
};

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).map(String).sort();

/** The table of the epochs, without what differs. */
function timelessTable(text: string): string[][] {
  const rows = text.split('\r\n').map((row) => row.split(','));
  const kept = rows[0]?.map((title) => !['seconds', 'images_per_second'].includes(title)) ?? [];
  return rows.map((row) => row.filter((_, index) => kept[index] === true));
}

/** TensorBoard's events, without when they were, and how fast it went. @throws Where the file is damaged or torn. */
const timelessEvents = (file: Uint8Array): unknown =>
  readEventFile(file).map(({ wallTime: _, scalars: { images_per_second: __, ...scalars }, ...event }) => ({
    ...event,
    scalars,
  }));

/** What is compared of a file. */
function comparable(name: string, content: Buffer): unknown {
  if (name === 'run.json') return timeless(JSON.parse(String(content)));
  if (name === 'history.csv') return timelessTable(String(content));
  return name.startsWith('events.out.tfevents') ? timelessEvents(content) : content;
}

/** Pages and curves show times. Numbers behind them are in the record. */
const showsTimes = (name: string): boolean => name === 'report.html' || name === 'curves.svg';

/** In what two folders of a run that has come to its end differ: names of files; nothing where they are alike to the bit. */
export async function differences(folder: string, reference: string): Promise<string[]> {
  const [here, there] = [await namesIn(folder), await namesIn(reference)];
  const found = [
    ...here.filter((name) => !there.includes(name)).map((name) => `${name} is left over`),
    ...there.filter((name) => !here.includes(name)).map((name) => `${name} is missing`),
  ];
  for (const name of here.filter((one) => there.includes(one) && path.extname(one) !== '' && !showsTimes(one))) {
    const [one, other] = [await readFile(path.join(folder, name)), await readFile(path.join(reference, name))];
    if (!isDeepStrictEqual(comparable(name, one), comparable(name, other))) found.push(`${name} is another`);
  }
  return found;
}
