import type { ReaderName } from './readers.ts';

/** Files by their names; the first is the one that is opened. */
export type Files = Readonly<Record<string, Uint8Array | string>>;

/** A file that was made to do harm. */
export interface Bomb {
  /** What it is, and what about it is harmful: `zip: 65,535 entries`. */
  readonly name: string;
  readonly reader: ReaderName;
  readonly files: () => Files | Promise<Files>;
  /** How it ends: `refused` with a ZooError, `opened` with a right result. Default: either. */
  readonly ends?: 'refused' | 'opened';
}

/** Bombs of one reader, by their names. */
export const bombsOf = (
  reader: ReaderName,
  bombs: Readonly<Record<string, Bomb['files'] | { ends: NonNullable<Bomb['ends']>; files: Bomb['files'] }>>,
): Bomb[] =>
  Object.entries(bombs).map(([name, bomb]) => ({
    name,
    reader,
    ...(typeof bomb === 'function' ? { files: bomb } : bomb),
  }));
