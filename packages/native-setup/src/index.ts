export type { Flavour, Installation } from '@zoo/backends/native';
export { removeNode } from './remove-node.ts';
export { type SetupOptions, setupNode } from './setup-node.ts';
