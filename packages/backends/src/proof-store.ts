/** Where proofs outlive the process. Without such a place, every process proves anew. */
export interface ProofStore {
  read(): Promise<string>;
  write(text: string): Promise<void>;
}
