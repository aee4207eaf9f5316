export type { Flavour } from './native/flavour.ts';
export type { Installation } from './native/installation.ts';
export { removeNode } from './native/remove-node.ts';
export { type SetupOptions, setupNode } from './native/setup-node.ts';
