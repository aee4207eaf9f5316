import { ZooError } from '@zoo/core';
import type { Picture } from './image.ts';
import type { ExampleSource } from './pool/example-source.ts';

/** A picture, a byte a value, and the class it belongs to. */
export interface Example extends Picture {
  /** Index into the data set's `classes`. */
  readonly label: number;
}

/** A data set with random access to its examples: a plain object, so that a new kind of data set is a new function. */
export interface Dataset {
  /** For messages and records: `cifar10/training`. */
  readonly name: string;
  /** Names of the classes, in the order of the labels. */
  readonly classes: readonly string[];
  readonly length: number;
  /** Channels of every example: 1 or 3. */
  readonly channels: number;
  /** The label alone: cheap, since nothing is decoded. */
  labelOf(index: number): number;
  /**
   * The example's own name, which stays the same when others come or go, and wherever the data set lies: `cat/1.jpg`, the path in a
   * folder of classes with `/` between its parts, in Unicode's form NFC. Missing if examples are identified by their index alone.
   */
  nameOf?(index: number): string;
  /** SHA-256 of the example's file, in hexadecimal digits. Missing if an example has no file of its own. */
  hashOf?(index: number): Promise<string>;
  /**
   * What an example is decoded from, so that a worker can do it: `example` gives what comes of it. Missing where examples are in
   * memory, or come from elsewhere.
   */
  sourceOf?(index: number): ExampleSource;
  /** One example. A promise where it has to be read or decoded first. */
  example(index: number): Example | Promise<Example>;
}

/** A data set in two parts: one for training, one only for testing. */
export interface TrainingAndTest {
  readonly training: Dataset;
  readonly test: Dataset;
}

/** The element at `index`. @throws ZooError `usage` when the data set has none. */
export function at<T>(name: string, values: ArrayLike<T>, index: number): T {
  const value = values[index];
  if (value === undefined) {
    throw new ZooError('usage', `${name}: example ${index} does not exist, expected 0 to ${values.length - 1}.`);
  }
  return value;
}
