import { tfjsCoreKey } from '@zoo/backends/native';

/**
 * tfjs-node requires `@tensorflow/tfjs`, of which its kernels use no more than tfjs-core. This file stands in its place
 * beside them, so that they register themselves with the program's own tfjs-core, however that was installed or bundled.
 */
export const tfjsStub = `'use strict';\nmodule.exports = globalThis[Symbol.for('${tfjsCoreKey}')];\n`;

/** Messages for TensorBoard, which the backend loads and the zoo does not use: without them it needs no protobuf. */
export const protobufStub = `'use strict';\nmodule.exports = {};\n`;
