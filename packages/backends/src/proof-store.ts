/** Persistent storage for passed checks. Without it, every process checks again. */
export interface ProofStore {
  read(): Promise<string>;
  write(text: string): Promise<void>;
}
