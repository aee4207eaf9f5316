/**
 * Key, for `Symbol.for`, of the global that holds the program's own tfjs-core while tfjs-node's kernels are loaded:
 * `@zoo/native-setup` puts a module beside them that takes it from there.
 */
export const tfjsCoreKey = 'zoo.tfjs-core';
