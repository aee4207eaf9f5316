import { type Dataset, subset } from '@zoo/loaders';
import { showLongWork } from '../rendering/long-work.ts';
import type { CheckedWeights } from '../run/open-weights.ts';
import type { Terminal } from '../terminal.ts';
import type { DataSource } from './data-source.ts';
import { openEvaluated } from './evaluated-data.ts';
import { testWithChannels } from './fit-channels.ts';
import { withClassesOf } from './named-classes.ts';
import { requireClasses } from './require-classes.ts';

/** What is tested, and on what. */
export interface TestOptions {
  /** The run or weights, as the user named them. */
  given: string;
  source: DataSource;
  /** Names of the network's classes; empty if unknown. */
  labels: readonly string[];
  skipDamaged?: true;
  withNew?: true;
  limit?: number;
}

/**
 * The test pictures of a data set as a network takes them: with its classes and its channels. Notices say where they had others.
 *
 * @param tell Hears the notices. Default: the terminal.
 *
 * @throws ZooError `data` where its classes are not the network's, otherwise as `openEvaluated`.
 */
export async function openTest(
  { spec, record, name }: CheckedWeights,
  { given, source, labels, limit, ...options }: TestOptions,
  terminal: Terminal,
  tell: (note: string) => void = terminal.note,
): Promise<Dataset> {
  requireClasses(source, { name, classes: spec.classes, labels });
  const told = { onProgress: showLongWork(terminal), onNotice: tell };
  const opened = await openEvaluated(given, { ...options, source, record, labels }, told);
  terminal.endLive();
  const { data: whole, note: classesNote } =
    labels.length > 0 ? withClassesOf(source.name, opened, name, labels) : { data: opened };
  if (classesNote !== undefined) tell(classesNote);
  const some = limit === undefined ? whole : subset(whole, limit, record?.options.seed ?? 0);
  const { test, note } = testWithChannels(source.name, some, spec);
  if (note !== undefined && record === undefined) tell(note);
  return test;
}
