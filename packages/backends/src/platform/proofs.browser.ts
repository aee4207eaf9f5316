import type { ProofStore } from '../proof-store.ts';

export const engine = (): string[] => [navigator.userAgent];

/** Stored for the site. A worker has no `localStorage`, and checks again. */
export const proofStore = (): ProofStore => ({
  read: async () => localStorage.getItem('zoo-proofs') ?? '',
  write: async (text) => localStorage.setItem('zoo-proofs', text),
});
