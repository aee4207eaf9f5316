import type { Column } from '../setups.ts';

/** What is done in a row, in the order of the columns. `again` follows a new version: what was made with the first one is read. */
export interface Steps {
  first: Partial<Record<Column, () => Promise<void>>>;
  again(): Promise<void>;
}
