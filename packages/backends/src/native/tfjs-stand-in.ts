/** Where the stand-in below finds the tfjs-core that the program uses, while tfjs-node's kernels are loaded. */
export const tfjsCoreKey = Symbol.for('zoo.tfjs-core');

/**
 * tfjs-node requires `@tensorflow/tfjs`, of which its kernels use no more than tfjs-core. This file stands in its place
 * beside them, so that they register themselves with the program's own tfjs-core, however that was installed or bundled.
 */
export const tfjsStandIn = `'use strict';\nmodule.exports = globalThis[Symbol.for('zoo.tfjs-core')];\n`;

/** Messages for TensorBoard, which the backend loads and the zoo does not use: without them it needs no protobuf. */
export const protobufStandIn = `'use strict';\nmodule.exports = {};\n`;
